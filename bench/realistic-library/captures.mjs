/**
 * When, where and with what each picture was taken. Gives every picture its name, its number and its place in the dated folders.
 */
import { CAMERAS, FIRST_NUMBER } from "./cameras.mjs";

/** @typedef {import("./cameras.mjs").Camera} Camera */

/**
 * @typedef {object} Capture
 * @property {Camera} camera
 * @property {string} stem
 * @property {Date} wallTime the clock on the wall, read as if it stood at UTC
 * @property {Date} utcTime
 * @property {string | null} fraction digits behind the second, as EXIF has them
 * @property {string | null} offset such as "+02:00", as EXIF has it
 * @property {{ readonly latitude: number, readonly longitude: number } | null} place as EXIF has it
 * @property {number | null} imageNumber frame counter
 * @property {string | null} uniqueId
 * @property {{ readonly speed: number, readonly aperture: number, readonly iso: number, readonly focalLength: number }} settings
 */

const HOMES = [
  { latitude: 52.4912, longitude: 13.3894 },
  { latitude: 48.1371, longitude: 11.5754 },
  { latitude: 59.3251, longitude: 18.0711 },
  { latitude: -33.8688, longitude: 151.2093 },
];

/**
 * How the frames of one scene follow each other.
 * @typedef {object} Shot
 * @property {number} frames
 * @property {(camera: Camera) => boolean} [fits] cameras that take such pictures
 * @property {(frame: number, capture: Capture, random: () => number) => Partial<Capture> & { readonly secondsLater?: number }} [frame]
 *   what differs from the first frame; without it every frame is the first
 */

/**
 * @template {Shot} AnyShot
 * @param {readonly AnyShot[]} shots
 * @param {() => number} random
 * @returns {readonly { readonly shot: AnyShot, readonly captures: readonly Capture[] }[]} in the order of their times
 */
export function takePictures(shots, random) {
  const taken = shots.map((shot) => ({ shot, first: firstFrame(shot, random) }));
  taken.sort((one, other) => one.first.utcTime.getTime() - other.first.utcTime.getTime());
  const numbers = new Map();
  const stems = new Set();
  return taken.map(({ shot, first }) => ({
    shot,
    captures: Array.from({ length: shot.frames }, (_, frame) => {
      const { secondsLater = 0, ...differences } = shot.frame?.(frame, first, random) ?? {};
      const number = numbers.get(first.camera) ?? FIRST_NUMBER.get(first.camera.model) ?? 1;
      numbers.set(first.camera, number + 1);
      return named({ ...later(first, secondsLater), imageNumber: null, uniqueId: null, ...differences }, number);
    }),
  }));

  /** Names that are made of the time get a number behind it when two frames share one, as such cameras do. */
  function named(capture, number) {
    const stem = capture.camera.stem(number, capture.wallTime, capture.utcTime, capture.fraction ?? "000");
    let free = stem;
    for (let again = 1; stems.has(`${capture.camera.model} ${free}`); again++) free = `${stem}_${String(again).padStart(3, "0")}`;
    stems.add(`${capture.camera.model} ${free}`);
    return { ...capture, stem: free };
  }
}

function firstFrame(shot, random) {
  const camera = drawByShare(
    CAMERAS.filter((one) => shot.fits?.(one) ?? true),
    random,
  );
  const [from, to] = camera.years.map((year) => Date.UTC(year, 0, 1));
  const wallTime = new Date(from + Math.floor((random() * (to - from)) / 1000) * 1000);
  const home = HOMES[Math.floor(random() * HOMES.length)];
  const where = { latitude: home.latitude + (random() - 0.5) / 5, longitude: home.longitude + (random() - 0.5) / 5 };
  const offsetMinutes = home.longitude > 90 ? 600 : isSummer(wallTime) ? 120 : 60;
  const fraction = String(Math.floor(random() * 10_000))
    .padStart(4, "0")
    .slice(0, camera.fractionDigits);
  return {
    camera,
    stem: "",
    wallTime,
    utcTime: new Date(wallTime.getTime() - offsetMinutes * 60_000),
    fraction: camera.fractionDigits > 0 ? fraction : null,
    offset: camera.zone ? `+${String(offsetMinutes / 60).padStart(2, "0")}:00` : null,
    place: camera.place && random() < 0.9 ? where : null,
    imageNumber: null,
    uniqueId: null,
    settings: {
      speed: 30 + Math.floor(random() * 1000),
      aperture: 18 + Math.floor(random() * 60),
      iso: 100 * (1 + Math.floor(random() * 16)),
      focalLength: 4 + Math.floor(random() * 80),
    },
  };
}

function later(capture, seconds) {
  const shift = (time) => new Date(time.getTime() + seconds * 1000);
  return { ...capture, wallTime: shift(capture.wallTime), utcTime: shift(capture.utcTime) };
}

/** @param {Capture} capture */
export function datedFolder({ wallTime }) {
  const month = wallTime.toISOString().slice(0, 7);
  return `Pictures/${month.slice(0, 4)}/${month}`;
}

/**
 * @template {{ readonly share: number }} Item
 * @param {readonly Item[]} items
 * @param {() => number} random
 * @returns {Item} each as likely as its share says
 */
export function drawByShare(items, random) {
  let left = random() * items.reduce((sum, { share }) => sum + share, 0);
  for (const item of items) {
    left -= item.share;
    if (left < 0) return item;
  }
  return items[items.length - 1];
}

function isSummer(time) {
  return time.getUTCMonth() >= 3 && time.getUTCMonth() <= 9;
}
