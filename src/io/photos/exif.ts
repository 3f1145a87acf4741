/**
 * Reads what the camera wrote: capture time, camera, frame, whether it names a place and an editor, and how many fields there are; and what
 * people wrote of the photo into it. Only user of exifreader.
 */
import ExifReader from "exifreader";
import { type Metadata, NOTHING_TOLD, type Place } from "../../core/metadata/metadata.ts";
import { isEditor } from "../../core/photos/editors.ts";
import { type CaptureTime, type Exposure, type FrameMarks, parseCaptureTime } from "../../core/photos/exposure.ts";
import { xmpDates } from "./xmp-dates.ts";

export interface ExifFacts {
  readonly exposure: Exposure;
  readonly exifFields: number;
  readonly hasPlace: boolean;
  readonly editor: boolean;
}

/** JPEG has room for 64 kB. A field becomes an array of its values: in a block of 30 MB, twenty fields take 25 s and 2 GB. */
const BLOCK_BYTES_AT_MOST = 256 * 1024;
/** Some writers put this before the TIFF structure that EXIF is. */
const PREFIX = "Exif\0\0";

type Fields = Readonly<Record<string, { readonly value: unknown; readonly description?: unknown } | undefined>>;

/**
 * @param block the EXIF block as it stands in the image file; undefined where there is none
 * @param xmp the XMP packet of the image file
 * @returns empty facts for a block that cannot be read or is no camera's by its size: a photo with broken EXIF is still a photo
 */
export function readExif(block: Buffer | undefined, xmp?: Buffer): ExifFacts {
  const fields = readFields(block);
  const text = (name: string) => textOf(fields[name]?.value);
  const takenAt = captureTime(text, xmp);
  return {
    exposure: {
      takenAt,
      camera: [text("Make"), text("Model")].filter((part) => part !== "").join(" ") || null,
      frame: frameMarks(fields),
      saved: takenAt === null ? savedTime(text, xmp) : null,
    },
    exifFields: Object.keys(fields).length,
    hasPlace: isDegrees(fields["GPSLatitude"]?.value) && isDegrees(fields["GPSLongitude"]?.value),
    editor: isEditor(text("Software")),
  };
}

function readFields(block: Buffer | undefined): Fields {
  if (block === undefined || block.length > BLOCK_BYTES_AT_MOST) return {};
  const tiff = block.toString("latin1", 0, PREFIX.length) === PREFIX ? block.subarray(PREFIX.length) : block;
  try {
    return ExifReader.load(tiff) as Fields;
  } catch {
    return {};
  }
}

/** What IPTC tells is small, and stands before the picture. */
const IPTC = { iptc: ["Keywords", "Caption/Abstract", "Coded Character Set"] };

/**
 * What people and cameras wrote of the photo into its file, but for XMP.
 * @param block as for `readExif`
 * @param head beginning of a JPEG, in which IPTC may stand; undefined for other formats
 */
export function readWrittenMetadata(block: Buffer | undefined, head: Buffer | undefined): Metadata {
  const fields = readFields(block);
  const iptc = readIptc(head);
  const text = (name: string) => textOf(fields[name]?.value);
  const words = (of: Fields, name: string) => [of[name] ?? []].flat().map(({ description }) => String(description ?? ""));
  return {
    ...NOTHING_TOLD,
    takenAt: captureTime(text, undefined),
    place: placeIn(fields),
    rating: Number([fields["Rating"]?.value].flat()[0] ?? 0) || null,
    caption: words(iptc, "Caption/Abstract")[0] || words(fields, "ImageDescription")[0] || null,
    keywords: [...words(iptc, "Keywords"), ...words(fields, "XPKeywords").flatMap((all) => all.split(";"))],
  };
}

function readIptc(head: Buffer | undefined): Fields {
  if (head === undefined) return {};
  try {
    return (ExifReader.load(head, { expanded: true, includeTags: IPTC }).iptc ?? {}) as Fields;
  } catch {
    return {};
  }
}

function placeIn(fields: Fields): Place | null {
  const degrees = (name: string, below: string) => {
    const value = Number(fields[name]?.description ?? Number.NaN);
    return textOf(fields[`${name}Ref`]?.value).toUpperCase() === below ? -value : value;
  };
  const [latitude, longitude] = [degrees("GPSLatitude", "S"), degrees("GPSLongitude", "W")];
  return Number.isNaN(latitude) || Number.isNaN(longitude) ? null : { latitude, longitude };
}

/** The first that is there of when it was taken and when it became digital, which for a digital camera is the same. */
function captureTime(text: (name: string) => string, xmp: Buffer | undefined): CaptureTime | null {
  const digitized = text("DateTimeDigitized");
  const taken = text("DateTimeOriginal");
  const fallback = (name: string) => (taken === digitized ? text(`${name}Digitized`) : "");
  const fraction = text("SubSecTimeOriginal") || fallback("SubSecTime");
  const offset = text("OffsetTimeOriginal") || fallback("OffsetTime");
  const dates = xmpDates(xmp);
  return (
    parseCaptureTime(taken, fraction, offset) ??
    parseCaptureTime(dates.taken) ??
    parseCaptureTime(digitized, text("SubSecTimeDigitized"), text("OffsetTimeDigitized")) ??
    parseCaptureTime(dates.created)
  );
}

function savedTime(text: (name: string) => string, xmp: Buffer | undefined): Exposure["saved"] {
  const { modified, program } = xmpDates(xmp);
  const at = parseCaptureTime(text("DateTime"), text("SubSecTime"), text("OffsetTime")) ?? parseCaptureTime(modified);
  return at === null ? null : { at, program: text("Software") || program || null };
}

function frameMarks({ ImageNumber, ImageUniqueID }: Fields): FrameMarks {
  const number = Array.isArray(ImageNumber?.value) ? ImageNumber.value[0] : ImageNumber?.value;
  return {
    number: typeof number === "number" && Number.isSafeInteger(number) ? number : null,
    id: textOf(ImageUniqueID?.value) || null,
  };
}

/** Degrees, minutes and seconds as fractions; a phone that does not know where it is writes 0/0. */
function isDegrees(value: unknown): boolean {
  const [degrees] = Array.isArray(value) ? value : [];
  return Array.isArray(degrees) && degrees[1] !== 0;
}

/** EXIF text is an array with one string, padded with spaces or NUL by some cameras. */
function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value[0] : value;
  return typeof text === "string" ? text.replaceAll("\0", "").trim() : "";
}
