/**
 * Photoshop's PSD and PSB, by the picture that they keep for other programs.
 */
import { fault, type PictureFault } from "../picture-fault.ts";
import type { Codec, PictureHeader, PictureSource } from "./codec.ts";
import { openHandingOn } from "./handing-on.ts";
import { type PsdLayout, readPsdLayout } from "./psd-layout.ts";
import { colourChannels, unsupportedInPsd } from "./psd-picture.ts";
import { withBytesOf } from "./source-bytes.ts";

export const psd: Codec = {
  header: readHeader,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole: null,
  exif: null,
  pixelParts: null,
  open: async (threads) => openHandingOn(threads, new URL("./psd-worker.js", import.meta.url), "dupfind's own decoder"),
};

/** @returns null for what is no Photoshop file */
async function readHeader(source: PictureSource, head: Buffer): Promise<PictureHeader | PictureFault | null> {
  if (head.toString("latin1", 0, 4) !== "8BPS") return null;
  const layout = await withBytesOf(source, readPsdLayout).catch((error: Error) => fault("damaged", error.message));
  if (layout === null) return null;
  return "ok" in layout ? layout : headerOf(layout);
}

function headerOf(layout: PsdLayout): PictureHeader | PictureFault {
  const unsupported = unsupportedInPsd(layout);
  if (unsupported !== null) return fault("unsupported-format", `${unsupported} are not decoded`);
  const { width, height, bits, exif, xmp } = layout;
  if (width === 0 || height === 0) return fault("damaged", "its header cannot be read");
  const sampleBytes = Math.ceil(bits / 8);
  return {
    shape: { format: "psd", width, height, channels: colourChannels(layout), sampleBytes, interlaced: false },
    upright: { width, height },
    orientation: 1, // Photoshop turns what it opens
    pictures: 1,
    bits: Math.max(8, bits),
    exif,
    xmp,
    icc: undefined, // what is handed on carries it
  };
}
