/**
 * When, where and with what each picture was taken: the cameras that one household had in fifteen years, and what each of them
 * writes. Gives every picture its name, its number and its place in the dated folders.
 */

/**
 * @typedef {object} Camera
 * @property {string} make
 * @property {string} model
 * @property {readonly [from: number, to: number]} years
 * @property {"apple" | "pixel" | "samsung" | "camera"} kind
 * @property {number} share of the pictures, against the others of its years
 * @property {(number: number, wall: Date, utc: Date, fraction: string | null) => string} stem name without extension
 * @property {string} extension
 * @property {number} fractionDigits of the capture time; 0 for none
 * @property {boolean} zone
 * @property {boolean} place
 * @property {boolean} bigEndian
 * @property {string} [raw] extension of its RAW files
 * @property {string} [lens]
 * @property {string} [software]
 */

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

const numbered = (prefix, digits) => (number) => `${prefix}${String(number).padStart(digits, "0")}`;
const stamp = (time) => time.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
const plain = { fractionDigits: 0, zone: false, place: false, bigEndian: false, share: 2 };
const phone = { fractionDigits: 3, zone: true, place: true, bigEndian: true, share: 4 };

/** Numbers of the cameras that share the name IMG_ begin far apart, so that no two pictures of a month share a name. */
const FIRST_NUMBER = new Map([
  ["iPhone 6s", 2500],
  ["iPhone 12", 5000],
]);

/** @type {readonly Camera[]} */
export const CAMERAS = [
  { ...plain, make: "Canon", model: "Canon PowerShot G12", years: [2010, 2014], kind: "camera", stem: numbered("IMG_", 4), extension: "JPG", raw: "cr2" },
  { ...plain, make: "NIKON CORPORATION", model: "NIKON D7000", years: [2012, 2018], kind: "camera", stem: numbered("DSC_", 4), extension: "JPG", fractionDigits: 2, bigEndian: true, raw: "nef", lens: "18.0-105.0 mm f/3.5-5.6" }, // biome-ignore format: one line a camera
  { ...plain, make: "FUJIFILM", model: "X-T3", years: [2018, 2022], kind: "camera", stem: numbered("DSCF", 4), extension: "JPG", raw: "raf", lens: "XF35mmF1.4 R" },
  { ...plain, make: "SONY", model: "ILCE-7M3", years: [2019, 2024], kind: "camera", stem: numbered("DSC", 5), extension: "JPG", fractionDigits: 3, zone: true, raw: "arw", lens: "FE 24-105mm F4 G OSS" }, // biome-ignore format: one line a camera
  { ...phone, make: "Apple", model: "iPhone 6s", years: [2015, 2019], kind: "apple", stem: numbered("IMG_", 4), extension: "JPG", zone: false, software: "12.4", lens: "iPhone 6s back camera 4.15mm f/2.2" }, // biome-ignore format: one line a camera
  { ...phone, make: "Apple", model: "iPhone 12", years: [2020, 2024], kind: "apple", stem: numbered("IMG_", 4), extension: "JPG", software: "15.2", lens: "iPhone 12 back dual wide camera 4.2mm f/1.6" }, // biome-ignore format: one line a camera
  { ...phone, make: "samsung", model: "SM-G960F", years: [2018, 2021], kind: "samsung", stem: (_, wall) => stamp(wall), extension: "jpg", fractionDigits: 4, zone: false, bigEndian: false, share: 2 }, // biome-ignore format: one line a camera
  { ...phone, make: "Google", model: "Pixel 6", years: [2021, 2024], kind: "pixel", stem: (_, __, utc, fraction) => `PXL_${stamp(utc)}${fraction}`, extension: "jpg", bigEndian: false, share: 3 }, // biome-ignore format: one line a camera
];

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
  const fraction = String(Math.floor(random() * 10_000)).padStart(4, "0").slice(0, camera.fractionDigits);
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
    settings: { speed: 30 + Math.floor(random() * 1000), aperture: 18 + Math.floor(random() * 60), iso: 100 * (1 + Math.floor(random() * 16)), focalLength: 4 + Math.floor(random() * 80) }, // biome-ignore format: a row of numbers
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
