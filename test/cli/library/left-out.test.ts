/**
 * What is not compared is told by every answer that could be taken for one about all photos, and listed where that is asked for.
 */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface LeftOutJson {
  readonly leftOut: { readonly heldBack: number; readonly passedBy: Readonly<Record<string, number>> };
  readonly leftOutFiles?: readonly { readonly path: string; readonly reason: string }[];
}

async function scanned() {
  const folder = temporaryFolder();
  const photos = join(folder, "photos");
  const at = (name: string) => join(photos, name);
  mkdirSync(at(".drafts"), { recursive: true });
  mkdirSync(at("@eaDir"));
  mkdirSync(join(folder, "elsewhere"));
  for (const name of ["photo.jpg", "draft.jpg", ".drafts/a.jpg", "@eaDir/a.jpg"]) copyFileSync(PHOTOS.landscape, at(name));
  await sharp({ create: { width: 300, height: 200, channels: 3, background: "black" } })
    .jpeg()
    .toFile(at("lens-cap.jpg"));
  for (const name of ["notes.txt", "photo.JPG.bak", "photo.jif~", "noextension"]) writeFileSync(at(name), "text");
  writeFileSync(at("cut.jpg"), "");
  symlinkSync(join(folder, "elsewhere"), at("linked"));
  const db = ["--db", join(folder, "library.db")];
  return { photos, at, db, scan: await dupfind(["scan", photos, "--exclude", "draft*", ...db]) };
}

test("what is held back, passed by or skipped is counted by scan, report and status, and listed with its reason", async () => {
  const { photos, at, db, scan } = await scanned();
  const lines = [
    "1 photo nearly empty: only copies byte for byte are found.",
    "6 files or folders passed by that may hold pictures (3 under another name, 1 by --exclude or .dupfindignore, 1 hidden, 1 behind links).",
    "dupfind status --left-out lists what was not compared.",
  ].join("\n");
  expect(scan.stdout).toContain(lines);
  expect(scan.stdout).toContain(
    "Excluded: 1 other file, 3 files with other names than photos, 1 file or folder by --exclude or .dupfindignore",
  );
  expect((await dupfind(["report", ...db])).stdout).toContain(lines);
  const status = await dupfind(["status", ...db]);
  expect(status.stdout).toContain(lines);
  expect(status.stdout).not.toContain("All photos are compared");

  const { leftOut, leftOutFiles } = await dupfindJson<LeftOutJson>(["status", "--left-out", ...db]);
  expect(leftOut).toEqual({ heldBack: 1, passedBy: { "other-name": 3, "by-choice": 1, "by-filter": 0, hidden: 1, link: 1 } });
  expect(leftOutFiles?.map(({ path, reason }) => [path, reason])).toEqual([
    [at("cut.jpg"), "empty"],
    [at("lens-cap.jpg"), "held-back"],
    [at(".drafts"), "hidden"],
    [at("draft.jpg"), "by-choice"],
    [at("linked"), "link"],
    [at("noextension"), "other-name"],
    [at("photo.JPG.bak"), "other-name"],
    [at("photo.jif~"), "other-name"],
  ]);
  expect((await dupfindJson<LeftOutJson>(["report", join(photos, ".."), ...db])).leftOut).toEqual(leftOut);
});

test("what another scan takes in is left out no more", async () => {
  const { photos, db } = await scanned();
  await dupfind(["scan", photos, "--follow-links", ...db]);
  await dupfind(["scan", join(photos, ".drafts"), ...db]);
  const { leftOut } = await dupfindJson<LeftOutJson>(["status", ...db]);
  expect(leftOut.passedBy).toEqual({ "other-name": 3, "by-choice": 0, "by-filter": 0, hidden: 0, link: 0 });
});
