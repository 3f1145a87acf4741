/**
 * Reads what the camera wrote: capture time, camera, whether it names a place and an editor, and how many fields there are. Only user of exifreader.
 */
import ExifReader from "exifreader";
import { isEditor } from "../../core/photos/editors.ts";
import { type Exposure, parseCaptureTime } from "../../core/photos/exposure.ts";

export interface ExifFacts {
  readonly exposure: Exposure;
  readonly exifFields: number;
  readonly hasPlace: boolean;
  readonly editor: boolean;
}

const NOTHING: ExifFacts = { exposure: { takenAt: null, camera: null }, exifFields: 0, hasPlace: false, editor: false };
/** JPEG has room for 64 kB. A field becomes an array of its values: in a block of 30 MB, twenty fields take 25 s and 2 GB. */
const BLOCK_BYTES_AT_MOST = 256 * 1024;
/** Some writers put this before the TIFF structure that EXIF is. */
const PREFIX = "Exif\0\0";

/**
 * @param block the EXIF block as it stands in the image file; undefined where there is none
 * @returns empty facts for a block that cannot be read or is no camera's by its size: a photo with broken EXIF is still a photo
 */
export function readExif(block: Buffer | undefined): ExifFacts {
  if (block === undefined || block.length > BLOCK_BYTES_AT_MOST) return NOTHING;
  const tiff = block.toString("latin1", 0, PREFIX.length) === PREFIX ? block.subarray(PREFIX.length) : block;
  try {
    const tags = ExifReader.load(tiff) as Record<string, { value: unknown } | undefined>;
    const text = (name: string) => textOf(tags[name]?.value);
    return {
      exposure: {
        takenAt: parseCaptureTime(text("DateTimeOriginal"), text("SubSecTimeOriginal"), text("OffsetTimeOriginal")),
        camera: [text("Make"), text("Model")].filter((part) => part !== "").join(" ") || null,
      },
      exifFields: Object.keys(tags).length,
      editor: isEditor(text("Software")),
      hasPlace: tags["GPSLatitude"] !== undefined && tags["GPSLongitude"] !== undefined,
    };
  } catch {
    return NOTHING;
  }
}

/** EXIF text is an array with one string, padded with spaces or NUL by some cameras. */
function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value[0] : value;
  return typeof text === "string" ? text.replaceAll("\0", "").trim() : "";
}
