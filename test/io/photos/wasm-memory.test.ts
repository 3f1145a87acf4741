import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withMemoryLimit } from "../../../src/io/photos/codecs/wasm-memory.ts";

const PAGE = 65_536;
const at = (module: string) => readFileSync(createRequire(import.meta.url).resolve(module));

/** A module that does nothing but have a memory, and let it be grown from outside. */
const BARE: Buffer<ArrayBuffer> = Buffer.from([
  0,
  0x61,
  0x73,
  0x6d,
  1,
  0,
  0,
  0,
  5,
  3,
  1,
  0,
  1,
  7,
  10,
  1,
  6,
  ...Buffer.from("memory"),
  2,
  0,
]);

interface GrowingMemory {
  /** @returns how many pages there were before */
  readonly grow: (pages: number) => number;
}

function memoryOf(module: Buffer<ArrayBuffer>): GrowingMemory {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), {});
  return (exports as { readonly memory: GrowingMemory }).memory;
}

test("a module gets no more memory than its limit, whether it names one or not", () => {
  const limited = withMemoryLimit(BARE, 10 * PAGE);
  expect(memoryOf(BARE).grow(100)).toBe(1);
  expect(memoryOf(limited).grow(9)).toBe(1);
  expect(() => memoryOf(limited).grow(10)).toThrow(RangeError);
  expect(() => memoryOf(withMemoryLimit(limited, 5 * PAGE)).grow(5)).toThrow(RangeError);
});

test("the decoders' modules stay valid", () => {
  const jxl = readFileSync(fileURLToPath(import.meta.resolve("jxl-oxide-wasm/module.wasm")));
  for (const module of [jxl, at("libheif-js/libheif-wasm/libheif.wasm")]) {
    expect(() => new WebAssembly.Module(withMemoryLimit(module))).not.toThrow();
    expect(withMemoryLimit(module)).not.toEqual(module);
  }
  expect(() => withMemoryLimit(Buffer.from("\0asm\x01\0\0\0", "latin1"))).toThrow("a memory of its own");
});
