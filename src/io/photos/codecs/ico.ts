/**
 * Icons and cursors of Windows, by the largest picture in them: a PNG, or a small bitmap that is read here at once.
 */
import { HEAD_BYTES } from "../../../core/photos/content-kind.ts";
import { fault, type PictureFault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import { openSharp } from "./by-sharp.ts";
import type { Codec, OpenCodec, PictureHeader, PictureSource } from "./codec.ts";
import { dibPixels, type IconPicture, largestEntry, pictureOf } from "./ico-entries.ts";
import { withBytesOf } from "./source-bytes.ts";

/** What is read of a picture before it is decoded. */
const START_BYTES = 40;
/** Of one picture in an icon, far more than any takes. */
const ENTRY_BYTES_AT_MOST = 64 * 1024 * 1024;

export const ico: Codec = {
  header: readHeader,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: null,
  open: async () => openIcon,
};

const openIcon: OpenCodec = {
  async draw(source, picture, drawing) {
    const found = await withBytesOf(source, async (read, size) => {
      const icon = largestEntry(await read(0, HEAD_BYTES));
      if (icon === null || icon.entry.at + icon.entry.bytes > size) return null;
      return read(icon.entry.at, icon.entry.bytes);
    });
    if (found === null) return fault("damaged", "the file ends before the image does");
    if (pictureOf(found)?.kind === "png") return openSharp.draw(found, picture, drawing);
    return pictureTurns.run(picture.bytes, async () => {
      const { data, width, height } = dibPixels(found);
      const image = sharp(data, { raw: { width, height, channels: 4 } });
      return { ok: true, value: await drawing.finish(drawing.shrink(image, { width, height })) };
    });
  },
  close: async () => {},
};

/** @returns null for what is no icon */
async function readHeader(source: PictureSource, head: Buffer): Promise<PictureHeader | PictureFault | null> {
  const icon = largestEntry(head);
  if (icon === null) return null;
  return withBytesOf(source, async (read, size) => {
    const { entry, count } = icon;
    if (entry.at + entry.bytes > size) return fault("damaged", "the file ends before the image does");
    const picture = entry.bytes > ENTRY_BYTES_AT_MOST ? null : pictureOf(await read(entry.at, START_BYTES));
    return picture === null ? fault("damaged", "its largest picture cannot be read") : headerOf(picture, count);
  });
}

function headerOf({ width, height }: IconPicture, pictures: number): PictureHeader {
  const nothing = { exif: undefined, xmp: undefined, icc: undefined };
  const shape = { format: "ico", width, height, channels: 4, sampleBytes: 1, interlaced: true } as const;
  return { shape, upright: { width, height }, orientation: 1, pictures, bits: 8, ...nothing };
}
