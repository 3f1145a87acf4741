/**
 * What a stat comes to, at the edges of what numbers can hold.
 */
import { type BigIntStats, lstatSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { deviceOf, fileIdOf, photoFile } from "../../../src/io/photos/photo-file.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("a file's id", () => {
  test("keeps inode numbers apart that no plain number can", () => {
    const base = 1n << 63n;
    const ids = [1n, 2n, 3n].map((index) => fileIdOf({ dev: 40n, ino: base | index }));
    expect(ids).toEqual(["40:9223372036854775809", "40:9223372036854775810", "40:9223372036854775811"]);
    expect(ids.map(deviceOf)).toEqual(["40", "40", "40"]);
  });
});

describe("a file's times", () => {
  test.for([0, 1.25, 1_700_000_000.123_456, 4_000_000_000.000_001, -1, -1.5, -86_400.25])(
    "are to the last bit what a library of plain numbers holds: %d seconds",
    (seconds) => {
      const path = join(temporaryFolder(), "photo.jpg");
      writeFileSync(path, "bytes");
      utimesSync(path, seconds, seconds);
      const { size, mtimeMs, ctimeMs, dev, ino } = lstatSync(path);
      const file = photoFile(path, lstatSync(path, { bigint: true }));
      expect(file).toEqual({ path, bytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs, fileId: `${dev}:${ino}` });
    },
  );

  test("say so where the system keeps no time of change", () => {
    const path = join(temporaryFolder(), "photo.jpg");
    writeFileSync(path, "");
    const stats = lstatSync(path, { bigint: true });
    const without = { ...stats, mtimeNs: stats.mtimeNs, ctimeNs: 0n } as BigIntStats;
    expect(photoFile(path, without).changedMs).toBeNull();
  });
});
