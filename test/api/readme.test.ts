/**
 * The example of the README, run as it stands there on the example photos.
 */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWithDupfind, ROOT } from "./installed.ts";

test("finds the example photos' duplicates, and what is most like one of them", () => {
  const [, example] = /```js\n(import [\s\S]*? from "dupfind";[\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8")) ?? [];
  const folder = folderWithDupfind();
  cpSync(join(ROOT, "examples/photos"), join(folder, "examples/photos"), { recursive: true });
  writeFileSync(join(folder, "example.mjs"), example as string);

  const { status, stdout, stderr } = spawnSync(process.execPath, ["example.mjs"], { cwd: folder, encoding: "utf8", timeout: 100_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const lines = stdout.trim().split("\n");
  expect(lines.filter((line) => line.startsWith("keep "))).toHaveLength(17);
  expect(lines.at(-1)).toMatch(/denali-(grey|recompressed)\.jpg$/);
});
