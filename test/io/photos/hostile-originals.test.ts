/**
 * Cameras' originals that were damaged: each is compared or listed with a reason, whatever its directories, boxes and lengths say.
 */
import sharp from "sharp";
import { expect, test } from "vitest";
import { decoding } from "../../decoding.ts";
import { ORIGINALS, type OriginalKind, originalWith } from "../../originals.ts";
import { PHOTOS } from "../../photos.ts";
import { seededRandom } from "../../seeded-random.ts";

const { decode } = decoding();
/** Of each kind. */
const FILES = 150;
/** Of a head, in which the directories and boxes stand. */
const HEAD = 4096;
const KINDS = Object.keys(ORIGINALS) as readonly OriginalKind[];

test.each(KINDS)("%s, damaged in a hundred and fifty ways, is compared or listed", async (kind) => {
  const jpeg = await sharp(PHOTOS.landscape).resize(384, 256, { fit: "fill" }).jpeg().toBuffer();
  const good = originalWith(kind, jpeg);
  expect(await decode(`one.${kind}`, good)).toMatchObject({ ok: true, value: { facts: { format: "raw" } } });
  const random = seededRandom(37);
  const met = new Set<string>();
  for (let i = 0; i < FILES; i++) {
    const outcome = await decode(`one.${kind}`, ACCIDENTS[i % ACCIDENTS.length]?.(Buffer.from(good), random) as Buffer);
    met.add(outcome.ok ? "compared" : outcome.skipped.reason);
    // A bug of a reader's own would be told in these words.
    if (!outcome.ok) expect(outcome.skipped.detail).not.toMatch(/undefined|\[object|Cannot read|is not a function|ERR_|out of range/);
  }
  const known = ["compared", "damaged", "unsupported-format", "not-an-image", "too-large"];
  expect([...met].filter((reason) => !known.includes(reason))).toEqual([]);
  expect(met).toContain("compared");
  expect(met.size).toBeGreaterThan(1);
});

type Accident = (bytes: Buffer, random: () => number) => Buffer;
const within = (length: number, random: () => number) => Math.floor(random() * length);

const ACCIDENTS: readonly Accident[] = [
  // Lengths, counts and places that lie.
  (bytes, random) => {
    for (let i = 0; i < 1 + random() * 6; i++)
      bytes.writeUInt32LE(random() < 0.5 ? 0xffffffff : within(2 ** 32, random), within(Math.min(HEAD, bytes.length) - 4, random));
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, 1 + within(bytes.length - 1, random)),
  (bytes, random) => bytes.fill(0, within(bytes.length, random)),
  (bytes, random) => {
    for (let i = 0; i < 20; i++) {
      const at = within(bytes.length, random);
      bytes[at] = (bytes[at] as number) ^ (1 << within(8, random));
    }
    return bytes;
  },
  (bytes, random) => {
    for (let i = 0, at = within(HEAD, random); i < 64 && at + i < bytes.length; i++) bytes[at + i] = within(256, random);
    return bytes;
  },
];
