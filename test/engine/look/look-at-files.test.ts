/**
 * The look on real files, in its worker threads.
 */
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openLook } from "../../../src/engine/look/look-at-files.ts";
import { drawForm } from "../../drawn-form.ts";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const copy = (name: string) => join(EXAMPLES, "copies", name);

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
    const [one, other] = await Promise.all([1, 2].map((seed) => drawForm(join(folder, `form-${seed}.png`), seed)));
    const again = join(folder, "again.jpg");
    await sharp(one).resize(700).jpeg({ quality: 70 }).toFile(again);
    const looks = openLook(1);
    const verdicts = [await looks.look(one as string, other as string), await looks.look(one as string, again)].map(
      (look) => look?.verdict,
    );
    await looks.close();
    expect(verdicts).toEqual(["different", "same"]);
  });

  test("calls no picture the same whose lowest rows are covered by a caption, however small it is", async () => {
    const folder = temporaryFolder();
    const captioned = join(folder, "captioned.jpg");
    const small = join(EXAMPLES, "originals", "thompson-springs.jpg");
    const letters = Array.from(
      { length: 14 },
      (_, i) => `<path d="M${50 + i * 5} 11.5v-${3 + ((i * 5) % 4)}h3v${(i * 3) % 5}" fill="none" stroke="#333" stroke-width="0.8"/>`,
    );
    const bar = `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="16"><rect width="150" height="16" fill="#fff"/>${letters.join("")}</svg>`;
    const extended = await sharp(small).extend({ top: 16, background: "#fff" }).png().toBuffer();
    await sharp(extended)
      .composite([{ input: Buffer.from(bar), top: 103, left: 0 }])
      .jpeg({ quality: 85 })
      .toFile(captioned);
    const looks = openLook(1);
    const look = await looks.look(small, captioned);
    await looks.close();
    expect(look?.verdict).toBe("altered");
  });

  test("says nothing of a file that is not there", async () => {
    const looks = openLook(1);
    expect(await looks.look(PHOTOS.falcon, "/nowhere/at/all.jpg")).toBeNull();
    await looks.close();
  });
});
