import { expect, test } from "vitest";
import { fromBase64, numbersToBase64, toBase64 } from "../../../src/core/text/base64.ts";
import { seededRandom } from "../../seeded-random.ts";

test("bytes of any length read as base64 as Node has it, and come back", () => {
  const random = seededRandom(1);
  for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 200_000]) {
    const bytes = Uint8Array.from({ length }, () => random() * 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(Buffer.from(fromBase64(toBase64(bytes))).equals(Buffer.from(bytes))).toBe(true);
  }
});

test("of numbers only the part of the memory that is theirs is kept", () => {
  const numbers = Float32Array.of(1, -2.5, Number.POSITIVE_INFINITY, 4).subarray(1, 3);
  expect([...new Float32Array(fromBase64(numbersToBase64(numbers)).buffer)]).toEqual([-2.5, Number.POSITIVE_INFINITY]);
});
