/**
 * Decodes JPEG 2000 in a thread of its own: the WebAssembly decoder blocks for a third of a second per megapixel. Only user of OpenJPEG.
 *
 * Each picture gets a fresh instance of the decoder, for the reasons that `libheif.ts` gives.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import createOpenJpeg, { type FrameInfo } from "@cornerstonejs/codec-openjpeg/decodewasmjs";
import { serve } from "../../workers/worker-service.ts";
import type { Bitmap } from "./bitmap.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";

const compiled = new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve("@cornerstonejs/codec-openjpeg/decodewasm")));

serve<DecoderRequest, DecoderReply<Bitmap>>(async ({ source }) => {
  const file = typeof source === "string" ? await readFile(source) : source;
  const reply = await decode(file);
  return { response: reply, transfer: reply.ok ? [reply.pixels.data.buffer] : [] };
});

async function decode(file: Uint8Array): Promise<DecoderReply<Bitmap>> {
  const words: string[] = [];
  const openJpeg = await createOpenJpeg({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(compiled, imports);
      receive(instance);
      return instance.exports;
    },
    // Standard output belongs to dupfind; what went wrong is told here alone.
    print: (line) => words.push(line),
    printErr: (line) => words.push(line),
  });
  try {
    const decoder = new openJpeg.J2KDecoder();
    decoder.getEncodedBuffer(file.length).set(file);
    decoder.decode();
    const frame = decoder.getFrameInfo();
    const samples = decoder.getDecodedBuffer();
    if (frame.width === 0 || samples.length === 0) return damaged(words);
    return { ok: true, pixels: toBitmap(frame, samples) };
  } catch (error) {
    // It throws the address of an exception in its own memory for two, four and more components.
    if (typeof error === "number")
      return {
        ok: false,
        reason: "unsupported-format",
        detail: "JPEG 2000 images with other channels than grey or three colours are not decoded",
      };
    return damaged(words);
  }
}

/** The first of the decoder's complaints names the cause. */
function damaged(words: readonly string[]): DecoderReply<Bitmap> {
  const complaint = words
    .find((line) => line.startsWith("[ERROR]"))
    ?.slice("[ERROR]".length)
    .trim();
  const detail =
    complaint === undefined || /inconsistent with stream length|stream too short/i.test(complaint)
      ? "the file ends before the image does"
      : complaint;
  return { ok: false, reason: "damaged", detail };
}

/** @throws {Error} where the samples are not those of the frame */
function toBitmap({ width, height, bitsPerSample, componentCount }: FrameInfo, samples: Uint8Array): Bitmap {
  const channels = componentCount === 1 ? 1 : 3;
  const count = width * height * channels;
  const sampleBytes = bitsPerSample > 8 ? 2 : 1;
  if (componentCount !== channels || samples.length !== count * sampleBytes) throw new Error("other samples than pixels");
  const data = new Uint8Array(count);
  const most = 2 ** bitsPerSample - 1;
  const low = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  for (let i = 0; i < count; i++) {
    const value = sampleBytes === 1 ? (low[i] as number) : low.readUInt16LE(2 * i);
    data[i] = most === 255 ? value : Math.round((value * 255) / most);
  }
  return { data, width, height, channels };
}
