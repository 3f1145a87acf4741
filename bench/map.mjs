/**
 * How long a map takes to draw, how large its page is, and how smoothly a browser moves it.
 *
 *     node bench/map.mjs [count=50000] [page]
 *
 * A library of `count` contents in clusters, a tenth of them in pairs of duplicates; their files are links to the example
 * photos, so that thumbnails are made. With a second argument the page is kept there. The browser is Chromium without a graphics
 * card (`CHROMIUM_PATH`, else /usr/bin/chromium): each frame is timed from one animation frame to the next while the map is
 * dragged or zoomed once a frame. A display that shows 60 frames a second bounds them at 0.0167 s from below.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { NO_EXPOSURE, parseCaptureTime } from "../dist/core/photos/exposure.js";
import { ModelStore } from "../dist/io/encoders/model-store.js";
import { embeddedPhoto, fillLibrary, markCompared } from "./made-library.mjs";
import { atMost, figure, median, numberArgument, printRatios, printRaw, runDupfind, secondsOf } from "./measure.mjs";
import { dot, neighbourOf, randomUnitVector, seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const TARGET_FRAME = 1 / 30;
const FRAMES = 120;
const IN_A_CLUSTER = 120;
const DUPLICATE = 0.9;
/** Large photos would make this a benchmark of decoding. */
const SMALL_BYTES = 200_000;

const count = numberArgument(0, 50_000, 1000);
const folder = makeTemporaryFolder();
const page = process.argv[3] ?? join(folder, "map.html");
const library = join(folder, "library.db");
const encoder = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
const examples = fileURLToPath(new URL("../examples/photos/originals", import.meta.url));
const photos = readdirSync(examples).filter((name) => name.endsWith(".jpg") && statSync(join(examples, name)).size < SMALL_BYTES);
const pairs = /** @type {[number, number, number][]} */ ([]);
await fillLibrary(library, encoder, folder, { embedded: makePhotos() });
await markCompared(library, encoder, pairs);

const { seconds, processorSeconds } = runDupfind(["map", "--db", library, "-o", page, "--json"]);
const bytes = statSync(page).size;
const { open, drag, zoom } = await timeFrames();

const per = processorSeconds === null ? "" : `, ${secondsOf(processorSeconds)} of the processors`;
printRaw(`${count} photos, ${pairs.length} pairs: drawn in ${secondsOf(seconds)}${per}; page ${Math.round(bytes / 1e6)} MB`);
printRaw(`opened in ${secondsOf(open)}; frames in milliseconds, median and the slowest twentieth:`);
printRaw(
  `dragged ${milliseconds(median(drag))} ${milliseconds(late(drag))}, zoomed ${milliseconds(median(zoom))} ${milliseconds(late(zoom))}`,
);
printRatios("map", [
  atMost("dragged frame · 30", median(drag) / TARGET_FRAME, 1),
  atMost("zoomed frame · 30", median(zoom) / TARGET_FRAME, 1),
  figure("page bytes / photo / 1000", bytes / count / 1000),
]);

function* makePhotos() {
  const random = seededRandom(6);
  const { dimensions } = encoder.spec.image;
  const centers = Array.from({ length: Math.ceil(count / IN_A_CLUSTER) }, () => randomUnitVector(random, dimensions));
  let before = /** @type {Float32Array | null} */ (null);
  for (let row = 0; row < count; row++) {
    const isDuplicate = before !== null && row % 10 === 0;
    const cluster = Math.floor(row / IN_A_CLUSTER);
    const vector = isDuplicate ? neighbourOf(before, DUPLICATE, random) : neighbourOf(centers[cluster], 0.3 + 0.5 * random(), random);
    if (isDuplicate) pairs.push([row - 1, row, dot(before, vector)]);
    before = vector;
    const year = 2005 + (cluster % 20);
    const takenAt = parseCaptureTime(`${year}:05:17 12:00:00`);
    yield embeddedPhoto(photoOf(row, join(folder, `${year}`, `album ${cluster % 3}`)), vector, { exposure: { ...NO_EXPOSURE, takenAt } });
  }
}

/**
 * @param {number} row
 * @param {string} album
 */
function photoOf(row, album) {
  mkdirSync(album, { recursive: true });
  const path = join(album, `IMG_${String(row).padStart(6, "0")}.jpg`);
  symlinkSync(join(examples, photos[row % photos.length]), path);
  return {
    file: { path, bytes: 2_000_000, modifiedMs: 1.5e12, changedMs: null, fileId: `1:${row}` },
    hash: createHash("sha256").update(`${row}`).digest("hex"),
  };
}

async function timeFrames() {
  const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1360, height: 850 } });
    const begun = performance.now();
    await tab.goto(pathToFileURL(page).href, { timeout: 120_000 });
    await tab.waitForSelector("#map[data-camera]");
    const open = (performance.now() - begun) / 1000;
    return { open, drag: await tab.evaluate(moveMap, ["drag", FRAMES]), zoom: await tab.evaluate(moveMap, ["zoom", FRAMES]) };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. @returns seconds of each frame */
function moveMap([kind, frames]) {
  const map = document.getElementById("map");
  const at = (i) => ({ clientX: 680 + 200 * Math.sin(i / 9), clientY: 425 + 120 * Math.cos(i / 7) });
  const pointer = (type, i) => map.dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true, ...at(i) }));
  // A pointer that does not exist cannot be captured.
  map.setPointerCapture = () => {};
  return new Promise((resolve) => {
    const seconds = [];
    let before = null;
    let frame = 0;
    if (kind === "drag") pointer("pointerdown", 0);
    const step = (now) => {
      if (before !== null) seconds.push((now - before) / 1000);
      before = now;
      if (frame++ === frames) {
        if (kind === "drag") pointer("pointerup", frame);
        resolve(seconds);
        return;
      }
      if (kind === "drag") pointer("pointermove", frame);
      else map.dispatchEvent(new WheelEvent("wheel", { deltaY: frame < frames / 2 ? -60 : 60, bubbles: true, cancelable: true, ...at(0) }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** @param {readonly number[]} frames */
function late(frames) {
  return [...frames].sort((one, other) => one - other)[Math.floor(frames.length * 0.95)];
}

/** @param {number} seconds */
function milliseconds(seconds) {
  return (seconds * 1000).toFixed(0);
}
