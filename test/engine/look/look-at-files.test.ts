/**
 * The look on real files, in its worker threads.
 */
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openLook } from "../../../src/engine/look/look-at-files.ts";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const copy = (name: string) => join(EXAMPLES, "copies", name);

/** A form with a table of figures: bars of seeded lengths stand for words, so that no font is asked for. */
async function form(path: string, seed: number): Promise<string> {
  const words = Array.from({ length: 18 * 5 }, (_, i) => {
    const [row, column] = [Math.floor(i / 5), i % 5];
    const letters = Array.from({ length: 6 }, (_unused, k) => {
      const value = column === 0 ? (i * 31 + k * 17) % 5 : (i * 37 + k * 13 + seed * (11 + k)) % 5;
      const [x, y] = [60 + column * 150 + k * 14, 120 + row * 42];
      return `<rect x="${x}" y="${y - value * 3}" width="${4 + value}" height="${8 + value * 3}"/>`;
    });
    return letters.join("");
  });
  const lines = Array.from({ length: 19 }, (_, i) => `<rect x="40" y="${134 + i * 42}" width="760" height="2"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="840" height="960"><rect width="840" height="960" fill="#fff"/>${words.join("")}${lines.join("")}</svg>`;
  await sharp(Buffer.from(svg)).png().toFile(path);
  return path;
}

describe("a look at two files", () => {
  test("is the same bit for bit, whatever the threads and the order in which pairs come", async () => {
    const pairs = [
      [PHOTOS.landscape, copy("tanners_ridge-recompressed.jpg")],
      [PHOTOS.falcon, copy("prairie_falcon-cropped.jpg")],
      [PHOTOS.falcon, PHOTOS.landscape],
      [PHOTOS.heic, PHOTOS.heicExport],
    ] as const;
    const lookAtAll = async (threads: number, order: readonly (readonly [string, string])[]) => {
      const looks = openLook(threads);
      const seen = await Promise.all(order.map(async ([one, other]) => [one + other, await looks.look(one, other)] as const));
      await looks.close();
      return Object.fromEntries(seen);
    };
    const [alone, together] = [await lookAtAll(1, pairs), await lookAtAll(3, [...pairs].reverse())];
    expect(together).toEqual(alone);
    expect(pairs.map(([one, other]) => alone[one + other]?.verdict)).toEqual(["same", "same", "different", "same"]);
  });

  test("tells two forms with other figures apart, and a form that was saved again from none", async () => {
    const folder = temporaryFolder();
    const [one, other] = await Promise.all([1, 2].map((seed) => form(join(folder, `form-${seed}.png`), seed)));
    const again = join(folder, "again.jpg");
    await sharp(one).resize(700).jpeg({ quality: 70 }).toFile(again);
    const looks = openLook(1);
    const verdicts = [await looks.look(one as string, other as string), await looks.look(one as string, again)].map(
      (look) => look?.verdict,
    );
    await looks.close();
    expect(verdicts).toEqual(["different", "same"]);
  });

  test("says nothing of a file that is not there", async () => {
    const looks = openLook(1);
    expect(await looks.look(PHOTOS.falcon, "/nowhere/at/all.jpg")).toBeNull();
    await looks.close();
  });
});
