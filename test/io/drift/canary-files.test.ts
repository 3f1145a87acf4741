import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { traceCanary } from "../../../src/io/drift/canary-files.ts";

const EDGE = 16;
const noDecoder = () => Promise.reject(new Error("Expected no picture to decode"));
const encoder = { encode: async () => new Float32Array([1, 0]) };
const trace = (bytes: Uint8Array) => traceCanary({ name: "blocks", format: "pixels", bytes }, EDGE, noDecoder, encoder);

describe("an encoder's input that a library keeps", () => {
  test("is followed where it is whole", async () => {
    expect(await trace(deflateSync(Buffer.alloc(EDGE * EDGE * 3)))).toMatchObject({ vector: new Float32Array([1, 0]) });
  });

  test.each<readonly [string, Uint8Array]>([
    ["more than the input: it is not inflated any further", deflateSync(Buffer.alloc(200_000_000))],
    ["less than the input", deflateSync(Buffer.alloc(100))],
    ["damaged", deflateSync(Buffer.alloc(EDGE * EDGE * 3)).subarray(0, 10)],
    ["empty", new Uint8Array()],
  ])("cannot be followed where it is %s", async (_why, bytes) => {
    expect(await trace(bytes)).toBeNull();
  });
});
