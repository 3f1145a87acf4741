/**
 * A checksum that every single fault changes, and that stays what it is from version to version: files carry it.
 */
import { describe, expect, test } from "vitest";
import { checksumOf } from "../../../src/core/library/checksum.ts";

const words = Int32Array.from({ length: 1003 }, (_, at) => Math.imul(at + 1, 0x9e3779b1));

describe("a checksum", () => {
  test("is what it was when the first files were written", () => {
    expect([checksumOf(new Int32Array(0)), checksumOf(words)]).toMatchInlineSnapshot(`
      [
        20,
        2920282160,
      ]
    `);
  });

  test("changes with any bit of any word", () => {
    const whole = checksumOf(words);
    for (let at = 0; at < words.length; at += 7) {
      for (let bit = 0; bit < 32; bit += 5) {
        const turned = words.slice();
        turned[at] = (turned[at] as number) ^ (1 << bit);
        expect(checksumOf(turned)).not.toBe(whole);
      }
    }
  });

  test("tells words in another order apart, and a zeroed part from the words that stood there", () => {
    const swapped = words.slice();
    swapped.set([words[5] as number, words[4] as number], 4);
    expect(checksumOf(swapped)).not.toBe(checksumOf(words));
    expect(checksumOf(words.slice().fill(0, 100, 200))).not.toBe(checksumOf(words));
  });
});
