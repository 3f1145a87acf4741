/**
 * Reads what the camera wrote: capture time, camera, frame, whether it names a place and an editor, and how many fields there are; and what
 * people wrote of the photo into it. Only user of exifreader.
 */
import ExifReader from "exifreader";
import { type Metadata, NOTHING_TOLD } from "../../core/metadata/metadata.ts";
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
    hasPlace: fields["GPSLatitude"] !== undefined && fields["GPSLongitude"] !== undefined,
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

/** What the file of a photo tells beside its picture. */
export interface EmbeddedMetadata extends Metadata {
  /** The packet as it stands there; null for none. */
  readonly xmp: string | null;
}

/** Values of others are not read: see `BLOCK_BYTES_AT_MOST`. */
const TOLD = {
  exif: [
    ...["DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal"],
    ...["DateTimeDigitized", "SubSecTimeDigitized", "OffsetTimeDigitized", "SubSecTime", "OffsetTime"],
    ...["ImageDescription", "Rating", "XPKeywords", "GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef"],
  ],
  gps: ["Latitude", "Longitude"],
  iptc: ["Keywords", "Caption/Abstract", "Coded Character Set"],
  xmp: ["_raw"],
};

/** Nothing for a file that holds no metadata, or whose metadata cannot be read. @param file whole */
export function readEmbedded(file: Buffer): EmbeddedMetadata {
  const { exif = {}, iptc = {}, gps, xmp } = loadTold(file);
  const packet = xmp?._raw ?? null;
  const text = (name: string) => textOf((exif as Fields)[name]?.value);
  const words = (fields: Fields, name: string) => [fields[name] ?? []].flat().map(({ description }) => String(description ?? ""));
  const rating = ((exif as Fields)["Rating"]?.value as readonly unknown[] | undefined) ?? [];
  return {
    ...NOTHING_TOLD,
    takenAt: captureTime(text, packet === null ? undefined : Buffer.from(packet)),
    place: gps?.Latitude === undefined || gps.Longitude === undefined ? null : { latitude: gps.Latitude, longitude: gps.Longitude },
    rating: Number([rating].flat()[0] ?? 0) || null,
    caption: words(iptc as Fields, "Caption/Abstract")[0] || words(exif as Fields, "ImageDescription")[0] || null,
    keywords: [...words(iptc as Fields, "Keywords"), ...words(exif as Fields, "XPKeywords").flatMap((all) => all.split(";"))],
    xmp: packet,
  };
}

function loadTold(file: Buffer): ReturnType<typeof loadExpanded> {
  try {
    return loadExpanded(file);
  } catch {
    return {};
  }
}

function loadExpanded(file: Buffer) {
  return ExifReader.load(file, { expanded: true, includeTags: TOLD });
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

/** EXIF text is an array with one string, padded with spaces or NUL by some cameras. */
function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value[0] : value;
  return typeof text === "string" ? text.replaceAll("\0", "").trim() : "";
}
