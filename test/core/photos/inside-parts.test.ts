import { describe, expect, test } from "vitest";
import { listsSamsungFilm, promisedParts } from "../../../src/core/photos/inside-parts.ts";

const item = (semantic: string, bytes: number) =>
  `<Container:Item Item:Mime="x" Item:Semantic="${semantic}" Item:Length="${bytes}" Item:Padding="0"/>`;

describe("what XMP promises", () => {
  test("is where each part begins, counted from the end of the file", () => {
    const xmp = item("Primary", 0) + item("GainMap", 300) + item("MotionPhoto", 2000);
    expect(promisedParts(xmp)).toEqual([
      { part: "film", fromEnd: 2000 },
      { part: "gain-map", fromEnd: 2300 },
    ]);
  });

  test("may be a film in the older words, which name its place alone", () => {
    expect(promisedParts('<rdf:Description GCamera:MicroVideo="1" GCamera:MicroVideoOffset="1234"/>')).toEqual([
      { part: "film", fromEnd: 1234 },
    ]);
  });

  test("is nothing in any other", () => {
    expect(promisedParts("")).toEqual([]);
    expect(promisedParts(item("Primary", 0) + item("Depth", 300))).toEqual([]);
    expect(promisedParts(item("MotionPhoto", 0))).toEqual([]);
  });
});

describe("Samsung's directory", () => {
  const directory = (...kinds: readonly number[]) => {
    const bytes = Buffer.alloc(12 + 12 * kinds.length);
    bytes.write("SEFH", "latin1");
    bytes.writeUInt32LE(kinds.length, 8);
    for (const [at, kind] of kinds.entries()) bytes.writeUInt16LE(kind, 12 + 12 * at + 2);
    return bytes;
  };

  test("tells of a film, whatever else it lists", () => {
    expect([directory(0x0a30), directory(0x0a01, 0x0a30), directory(0x0a01), directory()].map(listsSamsungFilm)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("that is cut off, or is none, tells of nothing", () => {
    const whole = directory(0x0a30);
    expect([whole.subarray(0, 20), whole.subarray(0, 5), Buffer.from("something else")].map(listsSamsungFilm)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
