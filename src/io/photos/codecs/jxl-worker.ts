/**
 * Decodes JPEG XL in a thread of its own: the WebAssembly decoder blocks for about a second per megapixel. Only user of jxl-oxide-wasm.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { initSync, JxlImage } from "jxl-oxide-wasm";
import { serve } from "../../workers/worker-service.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";

const compiled = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve("jxl-oxide-wasm/module.wasm"))));
initSync({ module: compiled });

serve<DecoderRequest, DecoderReply<Uint8Array<ArrayBuffer>>>(async ({ source }) => {
  const file = typeof source === "string" ? await readFile(source) : source;
  try {
    const pixels = decode(file);
    return { response: { ok: true, pixels }, transfer: [pixels.buffer] };
  } catch (error) {
    if (error instanceof Error && error.name === "RuntimeError") return endThread(error);
    const detail = error instanceof Error ? error.message : String(error);
    return { response: { ok: false, reason: "damaged", detail: detail.split("\n")[0] as string }, transfer: [] };
  }
});

/** A decoder that gave up in the middle is fit for no other file: its thread ends with this one's fault, and another is started. */
function endThread(error: Error): Promise<never> {
  return new Promise(() => {
    setImmediate(() => {
      throw error;
    });
  });
}

/** @returns a PNG, upright and in sRGB, of the first frame */
function decode(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const image = new JxlImage();
  try {
    image.forceSrgb = true;
    image.feedBytes(file);
    // What is missing would be drawn blurred or black.
    if (!image.tryInit() || (!image.loaded && image.numLoadedKeyframes === 0)) throw new Error("the file ends before the image does");
    const rendered = image.render();
    return new Uint8Array(rendered.encodeToPng());
  } finally {
    image.free();
  }
}
