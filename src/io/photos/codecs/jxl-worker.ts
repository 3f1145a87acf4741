/**
 * Decodes JPEG XL in a thread of its own: the WebAssembly decoder blocks for about a second per megapixel. Only user of jxl-oxide-wasm.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { initSync, JxlImage } from "jxl-oxide-wasm";
import { serve } from "../../workers/worker-service.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";
import { gaveUp, withMemoryLimit } from "./wasm-memory.ts";

const module = new WebAssembly.Module(withMemoryLimit(readFileSync(new URL(import.meta.resolve("jxl-oxide-wasm/module.wasm")))));
const { memory } = initSync({ module });

serve<DecoderRequest, DecoderReply<Uint8Array<ArrayBuffer>>>(async ({ source }) => {
  const file = typeof source === "string" ? await readFile(source) : source;
  try {
    const pixels = decode(file);
    return { response: { ok: true, pixels }, transfer: [pixels.buffer] };
  } catch (error) {
    // A decoder that gave up in the middle is fit for no other file.
    if (error instanceof Error && error.name === "RuntimeError") return { response: gaveUp(memory), transfer: [], isLast: true };
    const detail = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] as string;
    return { response: { ok: false, reason: "damaged", detail }, transfer: [] };
  }
});

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
