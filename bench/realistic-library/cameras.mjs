/**
 * The cameras and phones that one household had in fifteen years, and what each of them writes.
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

const numbered = (prefix, digits) => (number) => `${prefix}${String(number).padStart(digits, "0")}`;
const stamp = (time) => time.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
const plain = { fractionDigits: 0, zone: false, place: false, bigEndian: false, share: 2 };
const phone = { fractionDigits: 3, zone: true, place: true, bigEndian: true, share: 4 };

/** Numbers of the cameras that share the name IMG_ begin far apart, so that no two pictures of a month share a name. */
export const FIRST_NUMBER = new Map([
  ["iPhone 6s", 2500],
  ["iPhone 12", 5000],
]);

/** @type {readonly Camera[]} */
export const CAMERAS = [
  {
    ...plain,
    make: "Canon",
    model: "Canon PowerShot G12",
    years: [2010, 2014],
    kind: "camera",
    stem: numbered("IMG_", 4),
    extension: "JPG",
    raw: "cr2",
  },
  {
    ...plain,
    make: "NIKON CORPORATION",
    model: "NIKON D7000",
    years: [2012, 2018],
    kind: "camera",
    stem: numbered("DSC_", 4),
    extension: "JPG",
    fractionDigits: 2,
    bigEndian: true,
    raw: "nef",
    lens: "18.0-105.0 mm f/3.5-5.6",
  },
  {
    ...plain,
    make: "FUJIFILM",
    model: "X-T3",
    years: [2018, 2022],
    kind: "camera",
    stem: numbered("DSCF", 4),
    extension: "JPG",
    raw: "raf",
    lens: "XF35mmF1.4 R",
  },
  {
    ...plain,
    make: "SONY",
    model: "ILCE-7M3",
    years: [2019, 2024],
    kind: "camera",
    stem: numbered("DSC", 5),
    extension: "JPG",
    fractionDigits: 3,
    zone: true,
    raw: "arw",
    lens: "FE 24-105mm F4 G OSS",
  },
  {
    ...phone,
    make: "Apple",
    model: "iPhone 6s",
    years: [2015, 2019],
    kind: "apple",
    stem: numbered("IMG_", 4),
    extension: "JPG",
    zone: false,
    software: "12.4",
    lens: "iPhone 6s back camera 4.15mm f/2.2",
  },
  {
    ...phone,
    make: "Apple",
    model: "iPhone 12",
    years: [2020, 2024],
    kind: "apple",
    stem: numbered("IMG_", 4),
    extension: "JPG",
    software: "15.2",
    lens: "iPhone 12 back dual wide camera 4.2mm f/1.6",
  },
  {
    ...phone,
    make: "samsung",
    model: "SM-G960F",
    years: [2018, 2021],
    kind: "samsung",
    stem: (_, wall) => stamp(wall),
    extension: "jpg",
    fractionDigits: 4,
    zone: false,
    bigEndian: false,
    share: 2,
  },
  {
    ...phone,
    make: "Google",
    model: "Pixel 6",
    years: [2021, 2024],
    kind: "pixel",
    stem: (_, __, utc, fraction) => `PXL_${stamp(utc)}${fraction}`,
    extension: "jpg",
    bigEndian: false,
    share: 3,
  },
];
