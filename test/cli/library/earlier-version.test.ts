/**
 * A library that an earlier version filled: the next scan reads of its photos what was not looked for then, and makes vectors anew only
 * where another picture of the file was taken.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfindJson, type ReportJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { withTiffFields } from "../../tiff.ts";

test("photos that were read before tell what they were not asked then, without being embedded again", async () => {
  const folder = temporaryFolder();
  const [photos, library] = [join(folder, "photos"), join(folder, "library.db")];
  mkdirSync(photos);
  const frame = (shift: number) => sharp(PHOTOS.landscape).extract({ left: shift, top: 0, width: 780, height: 534 });
  for (const [i, time] of ["2024:05:01 10:00:00", "2024:05:01 10:00:01"].entries()) {
    const tiff = withTiffFields(
      await frame(4 * i)
        .tiff()
        .toBuffer(),
      { 271: "ACME", 272: "Cam 1" },
      { 36867: time },
    );
    writeFileSync(join(photos, `frame-${i}.tif`), tiff);
  }
  writeFileSync(join(photos, "whole.heic"), readFileSync(PHOTOS.heic));
  writeFileSync(join(photos, "several.heic"), ofTwoPictures(readFileSync(PHOTOS.heic)));
  await dupfindJson(["scan", photos, "--db", library]);

  const change = (sql: string) => {
    const db = new Database(library);
    db.exec(sql);
    db.close();
  };
  const vectors = () => {
    const db = new Database(library);
    const rows = db.prepare<[], { path: string; seq: number }>("SELECT path, seq FROM photo JOIN embedding USING (content_id)").all();
    db.close();
    return new Map(rows.map(({ path, seq }) => [path.replace(/.*\//, ""), seq]));
  };
  change("UPDATE content SET facts_version = 0, taken_at = NULL, camera = NULL, pixels_hash = NULL");
  const before = vectors();
  expect(await dupfindJson<ReportJson>(["report", "--db", library])).toMatchObject({ bursts: 0 });

  expect(await dupfindJson(["scan", photos, "--db", library])).toMatchObject({ embedded: 1, unchanged: 4 });
  expect(await dupfindJson<ReportJson>(["report", "--db", library])).toMatchObject({ bursts: 1 });
  const after = vectors();
  expect([...after].filter(([name, seq]) => before.get(name) !== seq).map(([name]) => name)).toEqual(["several.heic"]);
  expect(await dupfindJson(["scan", photos, "--db", library])).toMatchObject({ embedded: 0, unchanged: 4 });
});

/** Its first tile becomes a picture of its own. */
function ofTwoPictures(heic: Buffer): Buffer {
  heic.writeUInt8(0, heic.indexOf("infe") + 7);
  return heic;
}
