import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fields, wholeFrom } from "../../src/core/text/json-form.ts";
import { appendJsonLines, readJsonLines } from "../../src/io/json-lines.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const parse = (json: unknown) => fields<{ readonly a: number }>({ a: wholeFrom(0, 9) })(json, "");

describe("a file of lines", () => {
  test("has what was added, in order, and is empty where there is none", async () => {
    const path = join(temporaryFolder(), "x.jsonl");
    expect(await readJsonLines(path, parse)).toEqual({ values: [], unreadable: 0 });
    appendJsonLines(path, [{ a: 1 }, { a: 2 }]);
    appendJsonLines(path, [{ a: 3 }]);
    expect(await readJsonLines(path, parse)).toEqual({ values: [{ a: 1 }, { a: 2 }, { a: 3 }], unreadable: 0 });
  });

  test("passes by a line that was cut off, and goes on behind it", async () => {
    const path = join(temporaryFolder(), "x.jsonl");
    writeFileSync(path, '{"a":1}\n{"a":');
    appendJsonLines(path, [{ a: 2 }]);
    appendFileSync(path, '{"b":1}\n{"a":3');
    expect(readFileSync(path, "utf8").split("\n").length).toBe(5);
    expect(await readJsonLines(path, parse)).toEqual({ values: [{ a: 1 }, { a: 2 }], unreadable: 3 });
  });
});
