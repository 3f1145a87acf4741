import { describe, expect, test } from "vitest";
import { parseQuery } from "../../src/cli/parse-query.ts";

const FILES = ["beach.jpg", "dog", "/photos/a b.heic"];
const isFile = (path: string) => FILES.includes(path);
const NOT_FORCED = { photo: null, words: null };
const query = (...given: readonly string[]) => parseQuery(given, NOT_FORCED, [], isFile);

describe("what a search is asked for", () => {
  test("is a photo where the file exists, whatever its name", () => {
    for (const file of FILES) expect(query(file)).toEqual({ photo: file, words: null, unwanted: [] });
  });

  test("is words where it does not, quoted or not", () => {
    expect(query("a dog on the beach").words).toBe("a dog on the beach");
    expect(query("a", "dogs'", "beach").words).toBe("a dogs' beach");
  });

  test("can be both, in either order", () => {
    expect(query("beach.jpg", "at night")).toEqual({ photo: "beach.jpg", words: "at night", unwanted: [] });
    expect(query("at night", "beach.jpg")).toEqual(query("beach.jpg", "at night"));
    expect(parseQuery(["beach.jpg"], { photo: null, words: "at night" }, [], isFile)).toEqual(query("beach.jpg", "at night"));
  });

  test("can be forced either way", () => {
    expect(parseQuery([], { photo: null, words: "dog" }, ["people"], isFile)).toEqual({ photo: null, words: "dog", unwanted: ["people"] });
    expect(parseQuery([], { photo: "gone.jpg", words: null }, [], isFile).photo).toBe("gone.jpg");
  });

  test("is refused where a photo's name leads to no file: it would be taken for words", () => {
    expect(() => query("baech.jpg")).toThrow("There is no file baech.jpg");
    expect(parseQuery([], { photo: null, words: "baech.jpg" }, [], isFile).words).toBe("baech.jpg");
  });

  test("is refused where there are two photos, or nothing", () => {
    expect(() => query("beach.jpg", "dog")).toThrow("beach.jpg and dog are both photos");
    expect(() => query()).toThrow("There is nothing to search for");
    expect(() => query(" ")).toThrow("There is nothing to search for");
  });
});
