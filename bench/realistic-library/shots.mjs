/**
 * What one press of the button gives: a single picture, the frames of a burst, another picture of the same place and people, or
 * the screens of one app.
 */
import sharp from "sharp";
import { picture, rgb, withGrain } from "./base-pictures.mjs";
import { drawScreen, drawSubjects } from "./drawn-scene.mjs";

/** @typedef {import("./base-pictures.mjs").Pixels} Pixels */
/**
 * @typedef {object} SceneShot
 * @property {import("./truth.mjs").Series["kind"] | "single"} kind
 * @property {string} told what tells the frames apart, or in what they differ
 * @property {number} share of the shots
 * @property {readonly [least: number, most: number]} length frames
 * @property {import("./captures.mjs").Shot["fits"]} [fits]
 * @property {import("./captures.mjs").Shot["frame"]} [frame]
 * @property {"camera JPEG" | "camera TIFF" | "no camera" | "received" | "screen"} [origin] in place of one drawn
 */

const isKind = (wanted) => (camera) => camera.kind === wanted;
const hasFraction = ({ fractionDigits }) => fractionDigits > 0;

/** @type {readonly SceneShot[]} */
export const SHOTS = [
  { kind: "single", told: "", share: 100, length: [1, 1] },
  { kind: "burst", told: "seconds", share: 1, length: [3, 6], frame: (frame) => ({ secondsLater: frame }) },
  {
    kind: "burst",
    told: "fractions",
    share: 1,
    length: [3, 6],
    fits: hasFraction,
    frame: (frame, { fraction }) => ({ fraction: String(11 + 13 * frame).padEnd(fraction.length, "3") }),
  },
  {
    kind: "burst",
    told: "frame counter",
    share: 0.7,
    length: [3, 5],
    fits: (camera) => isKind("camera")(camera) && !hasFraction(camera),
    frame: (frame, first) => ({ imageNumber: first.settings.speed * 100 + frame }),
  },
  {
    kind: "burst",
    told: "image id",
    share: 0.7,
    length: [3, 5],
    fits: isKind("samsung"),
    frame: (frame, first) => ({ fraction: null, uniqueId: `${first.settings.speed}`.padStart(30, "A") + String(frame).padStart(2, "0") }),
  },
  {
    kind: "burst",
    told: "seconds, in TIFF",
    share: 0.5,
    length: [2, 4],
    fits: isKind("camera"),
    frame: (frame) => ({ secondsLater: frame }),
    origin: "camera TIFF",
  },
  {
    kind: "burst",
    told: "seconds, no camera named",
    share: 0.7,
    length: [2, 4],
    fits: isKind("camera"),
    frame: (frame) => ({ secondsLater: 2 * frame }),
    origin: "no camera",
  },
  {
    kind: "alike",
    told: "same place and people, EXIF",
    share: 4,
    length: [2, 3],
    frame: (frame, _, random) => ({ secondsLater: Math.floor(frame * (40 + random() * 1800)) }),
  },
  {
    kind: "alike",
    told: "same place and people, no EXIF",
    share: 1.5,
    length: [2, 2],
    fits: (camera) => camera.kind !== "camera",
    frame: (frame) => ({ secondsLater: frame * 90 }),
    origin: "received",
  },
  ...["chat", "settings", "article"].map((app) => ({
    kind: "screens",
    told: app,
    share: 0.5,
    length: [2, 4],
    fits: (camera) => camera.kind !== "camera",
    frame: (frame) => ({ secondsLater: 3600 * frame }),
    origin: "screen",
  })),
];

/**
 * @param {SceneShot} shot
 * @param {Pixels} base
 * @param {number} frame
 * @param {() => number} sceneRandom the same for every frame of a shot
 * @param {() => number} random of this frame
 * @returns {Promise<Pixels>}
 */
export async function seen(shot, base, frame, sceneRandom, random) {
  if (shot.kind === "single") return base;
  if (shot.kind === "burst") return burstFrame(base, frame, sceneRandom, random);
  if (shot.kind === "alike") return sameSceneAgain(base, frame, random);
  return rgb(sharp(Buffer.from(drawScreen(random, shot.told, 828, 1400))).flatten());
}

/** The hand trembles, the light flickers, and somebody walks through the picture. */
function burstFrame(base, frame, sceneRandom, random) {
  const window = windowOf(base, 0.95, 0.025 + (random() - 0.5) * 0.02, 0.025 + (random() - 0.5) * 0.02);
  const walker = drawSubjects(sceneRandom, base.width, base.height, 0.03 * frame);
  return compose(base, window, walker, { brightness: 0.98 + random() * 0.04 }, random);
}

/** Another view of the place, with people who stand otherwise, in another light. */
function sameSceneAgain(base, frame, random) {
  const [left, top] = frame % 2 === 0 ? [0.02, 0.03] : [0.2, 0.15];
  const window = windowOf(base, 0.76, left + random() * 0.04, top + random() * 0.06);
  const people = drawSubjects(random, base.width, base.height);
  return compose(base, window, people, { brightness: frame === 0 ? 1 : 0.85 + random() * 0.3 }, random);
}

function windowOf({ width, height }, share, left, top) {
  const size = { width: Math.floor(width * share), height: Math.floor(height * share) };
  return {
    left: Math.min(width - size.width, Math.max(0, Math.round(width * left))),
    top: Math.min(height - size.height, Math.max(0, Math.round(height * top))),
    ...size,
  };
}

async function compose(base, window, overlay, light, random) {
  const { width, height } = base;
  const ground = await picture(base).extract(window).resize(width, height, { fit: "fill" }).modulate(light).png().toBuffer();
  const figures = await sharp(Buffer.from(overlay)).resize(width, height, { fit: "fill" }).png().toBuffer();
  // Grain is laid over in a pass of its own: of two layers that are asked for one after the other sharp keeps the last.
  const scene = await rgb(
    sharp(ground)
      .composite([{ input: figures }])
      .flatten(),
  );
  return withGrain(scene, random);
}
