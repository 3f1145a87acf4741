/**
 * An answer that is written piece by piece: whole or not at all.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findPlace } from "../../src/io/output-place.ts";
import { writePiecesTo } from "../../src/io/write-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const NEVER = new AbortController().signal;

async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}

function standing(): { readonly folder: string; readonly file: string; readonly left: () => readonly string[] } {
  const folder = temporaryFolder();
  const file = join(folder, "page.html");
  writeFileSync(file, "before", { mode: 0o640 });
  return { folder, file, left: () => [...readdirSync(folder), readFileSync(file, "utf8")] };
}

describe("pieces", () => {
  test("are joined to a file, which keeps the rights of the one it replaces", async () => {
    const { file, left } = standing();
    await writePiecesTo(findPlace(file), pieces("one ", "two ", "thrée"), NEVER);
    expect(left()).toEqual(["page.html", "one two thrée"]);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test("that end in an error leave what stood there, and nothing beside it; the error is told as it is", async () => {
    const { file, left } = standing();
    const bug = new Error("a bug");
    await expect(writePiecesTo(findPlace(file), pieces("one ", bug), NEVER)).rejects.toBe(bug);
    expect(left()).toEqual(["page.html", "before"]);
  });

  test("that are stopped on the way leave what stood there, be it behind the last one", async () => {
    for (const at of [1, 2]) {
      const { file, left } = standing();
      const stop = new AbortController();
      async function* stopped() {
        yield "one ";
        if (at === 1) stop.abort();
        yield "two";
        stop.abort();
      }
      await writePiecesTo(findPlace(file), stopped(), stop.signal);
      expect(left()).toEqual(["page.html", "before"]);
    }
  });

  test("that no disk has room for are a fault of the place", async () => {
    await expect(writePiecesTo(findPlace("/dev/full"), pieces("one"), NEVER)).rejects.toMatchObject({ code: "output-unwritable" });
  });
});
