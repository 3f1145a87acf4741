import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/io/csv.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function rowsOf(text: string | Uint8Array) {
  const path = join(temporaryFolder(), "pairs.csv");
  writeFileSync(path, text);
  return readCsv(path);
}

describe("a CSV file", () => {
  test("is read with its byte order mark, either line end, quotes and empty lines, each row with its line", () => {
    expect(rowsOf('\uFEFFa,b\r\n"x, ""y"".jpg",z\r\n\r\nlast ,one')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ['x, "y".jpg', "z"] },
      { line: 4, fields: ["last", "one"] },
    ]);
  });

  test.each([";", "\t"])("may be separated by %j, and then keeps the commas in its names", (delimiter) => {
    expect(rowsOf([`a${delimiter}b`, `x, y.jpg${delimiter}z`].join("\n")).map(({ fields }) => fields)).toEqual([
      ["a", "b"],
      ["x, y.jpg", "z"],
    ]);
  });

  test("keeps rows that are too short or too long, for the reader to tell", () => {
    expect(rowsOf("a,b\n1\n1,2,3\n").map(({ fields }) => fields.length)).toEqual([2, 1, 3]);
  });

  test.each(["latin1", "utf16le"] as const)("in another encoding (%s) is refused, since its names would be read wrongly", (encoding) => {
    expect(() => rowsOf(Buffer.from("\uFEFFa,b\nJosé.jpg,x.jpg\n", encoding))).toThrow(/pairs\.csv is not text in UTF-8/);
  });

  test("with an open quote, or that is not there, is told by name", () => {
    expect(() => rowsOf('a,b\n"x,y\n')).toThrow(/pairs\.csv is not CSV: /);
    expect(() => readCsv("/no/such/pairs.csv")).toThrow("/no/such/pairs.csv cannot be read (no such file or folder: ENOENT)");
  });
});
