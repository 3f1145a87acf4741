/**
 * Builds a photo library as households have them, and tells the truth about it. The same seed, size and base photos give the
 * same library byte for byte, as far as the same sharp writes it.
 */
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inParallel } from "../../dist/pipeline/in-parallel.js";
import { seededRandom } from "../random.mjs";
import { chooseBases } from "./base-pictures.mjs";
import { drawByShare, takePictures } from "./captures.mjs";
import { COPIES } from "./copies.mjs";
import { heicCuts } from "./heic.mjs";
import { addOddlyNamed, odditiesOf } from "./oddities.mjs";
import { cameraTiff, jpegWithoutCamera, ORIGINS, screenShown } from "./origins.mjs";
import { PictureFiles } from "./picture-files.mjs";
import { SHARED_COPIES } from "./shared-copies.mjs";
import { SHOTS, seen } from "./shots.mjs";
import { HIDDEN_FOLDER, PROTECTED_FOLDER } from "./truth.mjs";

/** @typedef {import("./truth.mjs").Truth} Truth */

export const EXAMPLE_PHOTOS = fileURLToPath(new URL("../../examples/photos/originals/", import.meta.url));
const WAYS = [...COPIES, ...SHARED_COPIES];
/** How many ways of copying a picture meets; most that are kept at all are kept more than once. */
const COPIES_OF_ONE = [
  { count: 0, share: 35 },
  { count: 1, share: 30 },
  { count: 2, share: 22 },
  { count: 3, share: 13 },
];
const COPIES_OF_A_FRAME = [
  { count: 0, share: 75 },
  { count: 1, share: 25 },
];
/** One odd file for so many pictures. */
const ODDITY_EVERY = 25;
const AT_ONCE = 3;

/**
 * @param {string} folder to build in; made where it is missing, else empty
 * @param {object} [options]
 * @param {number} [options.groups] different pictures in it
 * @param {number} [options.seed]
 * @param {number} [options.edge] longest edge of a camera's pictures, in pixels: a third of a real one's, so that a library of
 *   thousands is built and scanned in minutes
 * @param {string} [options.photos] folder of base photos; HEIC of phones among them are cut into Live Photos
 * @returns {Promise<Truth>} also written as `truth.json` in the folder
 * @throws {RangeError} when `groups` or `seed` is no whole number
 * @throws {Error} when the folder holds anything
 */
export async function buildLibrary(folder, { groups = 1500, seed = 1, edge = 1200, photos = EXAMPLE_PHOTOS } = {}) {
  for (const [name, value] of Object.entries({ groups, seed }))
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`Expected a whole number from 1 for ${name}, got ${value}`);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`Expected an empty folder to build in, found files in ${folder}`);
  const plans = await planPictures({ groups, seed, edge, photos });
  const done = [];
  for await (const one of inParallel(plans, AT_ONCE, (plan) => buildPicture(folder, plan, seed))) done.push(one);
  done.sort((one, other) => one.number - other.number);
  const truth = {
    schemaVersion: 1,
    seed,
    folders: [".", HIDDEN_FOLDER],
    protectedFolders: [PROTECTED_FOLDER],
    pictures: done.map(({ picture }) => picture),
    series: seriesOf(plans),
    damaged: done.flatMap(({ damaged }) => damaged),
    passedOver: done.flatMap(({ passedOver }) => passedOver),
  };
  // Roots and protected folders exist in the smallest library too.
  for (const needed of [HIDDEN_FOLDER, PROTECTED_FOLDER]) await mkdir(join(folder, needed), { recursive: true });
  await writeFile(join(folder, "truth.json"), `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}

async function planPictures({ groups, seed, edge, photos }) {
  const random = seededRandom(seed);
  const shots = [];
  for (let left = groups; left > 0; ) {
    const shot = drawByShare(SHOTS, random);
    const [least, most] = shot.length;
    const frames = Math.min(least + Math.floor(random() * (most - least + 1)), left);
    // What is left at the end may be too short for a series.
    shots.push(frames >= least ? { ...shot, frames } : { ...SHOTS[0], frames: 1 });
    left -= shots[shots.length - 1].frames;
  }
  const taken = takePictures(shots, random);
  const bases = await chooseBases(photos, taken.length, seed, edge);
  const cuts = await cutsIn(photos);
  let number = 0;
  return taken.flatMap(({ shot, captures }, index) => {
    const heic = shot.kind === "single" && captures[0].camera.model === "iPhone 12" ? (cuts.pop() ?? null) : null;
    return captures.map((capture, frame) => ({ number: number++, shot, series: index, frame, capture, base: bases[index], heic }));
  });
}

async function cutsIn(photos) {
  const names = (await readdir(photos, { recursive: true })).filter((name) => /\.(heic|heif|hif)$/i.test(name)).sort();
  const cuts = [];
  for (const name of names) {
    const bytes = await readFile(join(photos, name));
    for (const place of heicCuts(bytes)) cuts.push({ bytes, place, source: name });
  }
  return cuts;
}

async function buildPicture(folder, plan, seed) {
  const { number, shot, series, frame, capture, base, heic } = plan;
  const random = seededRandom(seed * 1_000_003 + number);
  const pixels = await seen(shot, await base.load(), frame, seededRandom(seed * 2_000_003 + series), random);
  const files = new PictureFiles({ id: idOf(number), number, capture, pixels, heic });
  const origin = await addOriginal(files, shot, random);
  const counts = shot.kind === "single" ? COPIES_OF_ONE : COPIES_OF_A_FRAME;
  let ways = WAYS.filter(({ fits }) => fits(files));
  for (let left = drawByShare(counts, random).count; left > 0 && ways.length > 0; left--) {
    const way = drawByShare(ways, random);
    ways = ways.filter((other) => other !== way && !(way.name.startsWith("Takeout") && other.name.startsWith("Takeout")));
    await way.make(files, random);
  }
  const turn = number % ODDITY_EVERY === 0 ? number / ODDITY_EVERY : null;
  if (turn !== null) addOddlyNamed(files, turn);
  const { damaged, passedOver } = turn === null ? { damaged: [], passedOver: [] } : odditiesOf(files, turn);
  const written = new Map();
  for (const file of files.files) for (const { path, bytes } of [file, ...file.companions]) written.set(path, bytes);
  for (const { path, bytes } of [...damaged, ...passedOver]) written.set(path, bytes);
  await writeAll(folder, written, capture.utcTime);
  const told = ({ path, what }) => ({ path, what });
  const source = files.heic === null ? base.source : `${heic.source} at ${heic.place.column}, ${heic.place.row}`;
  const { make, model } = capture.camera;
  const facts = { id: files.id, origin, taken: capture.utcTime.toISOString(), camera: `${make} ${model}`, source };
  const picture = { ...facts, ...files.truth() };
  return { number, picture, damaged: damaged.map(told), passedOver: passedOver.map(told) };
}

async function addOriginal(files, shot, random) {
  const named = (name) => ORIGINS.find((origin) => origin.name === name);
  if (shot.origin === "camera TIFF") await cameraTiff(files, 8);
  else if (shot.origin === "no camera") await jpegWithoutCamera(files);
  else if (shot.origin === "screen") await screenShown(files);
  else {
    const fitting = ORIGINS.filter(({ fits }) => fits(files.capture.camera));
    const wanted = shot.origin === "received" ? "received without EXIF" : shot.kind === "burst" ? "camera JPEG" : null;
    const origin = wanted === null ? drawByShare(fitting, random) : named(wanted);
    await origin.make(files, random);
    return origin.name;
  }
  return shot.origin;
}

/** The original is as old as the picture, and every copy younger than what was there before it. */
async function writeAll(folder, written, takenAt) {
  let age = 0;
  for (const [path, bytes] of written) {
    const whole = join(folder, path);
    await mkdir(dirname(whole), { recursive: true });
    await writeFile(whole, bytes, { flag: "wx" }); // two pictures with one name would be a fault of the plan
    const time = new Date(takenAt.getTime() + 86_400_000 * 30 * age++);
    await utimes(whole, time, time);
  }
}

/**
 * Screens of one app are one series, whenever they were taken.
 * @returns {Truth["series"]}
 */
function seriesOf(plans) {
  const groups = new Map();
  for (const { shot, series, number } of plans.filter((plan) => plan.shot.kind !== "single")) {
    const key = shot.kind === "screens" ? shot.told : series;
    const known = groups.get(key)?.pictures ?? [];
    groups.set(key, { kind: shot.kind, told: shot.told, pictures: [...known, idOf(number)] });
  }
  return [...groups.values()];
}

const idOf = (number) => `p${String(number).padStart(5, "0")}`;
