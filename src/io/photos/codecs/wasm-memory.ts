/**
 * A limit to the memory of a WebAssembly decoder, which a few bytes of a hostile file may let it ask for. Its own limit, where it has
 * one, is the four gigabytes that it can address.
 */
import { DECODE_MEMORY_BYTES } from "../../../core/photos/decode-memory.ts";
import type { DecoderReply } from "./decoder-pool.ts";

const PAGE_BYTES = 65_536;
/** Of WebAssembly's binary format: what stands before the sections, and the number of the section of memories. */
const [HEAD_BYTES, MEMORY_SECTION] = [8, 5];
/** Whether a memory names its most. */
const HAS_MOST = 1;

/** As much as all pictures may take that are decoded at once, in whole pages. */
const WASM_MEMORY_BYTES = Math.floor(DECODE_MEMORY_BYTES / PAGE_BYTES) * PAGE_BYTES;

/**
 * @param module of which the one memory is its own, not given to it
 * @returns the module with a memory of at most so many bytes
 */
export function withMemoryLimit(module: Buffer, bytes = WASM_MEMORY_BYTES): Buffer<ArrayBuffer> {
  for (let at = HEAD_BYTES; at < module.length; ) {
    const section = readNumber(module, at + 1);
    const end = section.end + section.value;
    if (module[at] === MEMORY_SECTION) {
      const count = readNumber(module, section.end);
      if (count.value !== 1) break;
      const flags = module[count.end] as number;
      const least = readNumber(module, count.end + 1);
      const memory = Buffer.from([1, flags | HAS_MOST, ...number(least.value), ...number(Math.floor(bytes / PAGE_BYTES))]);
      return Buffer.concat([module.subarray(0, at), Buffer.from([MEMORY_SECTION, ...number(memory.length)]), memory, module.subarray(end)]);
    }
    at = end;
  }
  throw new Error("Expected a WebAssembly module with a memory of its own");
}

/**
 * What a decoder that gave up in the middle leaves to say. It tells no reason; where it asked for memory that it was not given, what it has
 * ends well below the limit.
 */
export function gaveUp({ buffer }: { readonly buffer: ArrayBuffer }): DecoderReply<never> {
  return buffer.byteLength > WASM_MEMORY_BYTES / 2
    ? { ok: false, reason: "too-large", detail: "the decoder asked for more than the 2 GB that it may have" }
    : { ok: false, reason: "damaged", detail: "the decoder gave up" };
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow (LEB128). */
function readNumber(module: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = module[at + i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  throw new Error("Expected a number of WebAssembly's binary format");
}

function number(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(Math.floor(value / 0x80))];
}
