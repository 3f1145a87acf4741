/**
 * The programs of docs/api.md, run as they stand there on the example photos.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { PHOTOS } from "../photos.ts";
import { folderWithDupfind, ROOT } from "./installed.ts";

const page = readFileSync(join(ROOT, "docs/api.md"), "utf8");
const programs = [...page.matchAll(/\*\*([^*]+)\*\*[^`]*```js\n(import [\s\S]*?)```/g)].map(
  ([, title, text]) => [title as string, text as string] as const,
);

/** @param photo of the examples that stands for the upload */
function run(title: string, photo = "copies/denali-grey.jpg"): readonly string[] {
  const [, text] = programs.find(([one]) => one.startsWith(title)) ?? [];
  if (text === undefined) throw new Error(`docs/api.md has no program ${title}`);
  const folder = folderWithDupfind();
  cpSync(join(ROOT, "examples/photos"), join(folder, "examples/photos"), { recursive: true });
  copyFileSync(resolve(ROOT, "examples/photos", photo), join(folder, "upload.jpg"));
  writeFileSync(join(folder, "program.mjs"), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["program.mjs"], { cwd: folder, encoding: "utf8", timeout: 100_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.trim().split("\n");
}

describe("the program for", () => {
  test("the duplicates of a folder lists each extra with its class and keeper", () => {
    const lines = run("The duplicates");
    expect(lines.at(-1)).toMatch(/^\d+ extras$/);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines[0]).toMatch(
      /^(?:same-bytes|same-pixels|same-picture|altered|undecided): .*examples\/photos\/.* \(keep .*examples\/photos\//,
    );
  });

  test("an upload tells a copy from a new picture", () => {
    expect(run("Is this upload")).toEqual([expect.stringMatching(/^is here: .*originals\/denali\.webp$/)]);
    expect(run("Is this upload", PHOTOS.jpegXl)).toEqual(["is new"]);
  });

  test("the nearest photos lists them, the most similar first", () => {
    const lines = run("The nearest");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^0\.\d{3} .*originals\/denali\.webp$/);
  });
});
