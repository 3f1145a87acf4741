/**
 * What the command line says of faults that come from below it.
 */
import { describe, expect, test } from "vitest";
import { exitCodeOf, faultText, usageFault } from "../../src/commands/faults.ts";
import { hintOf, type howToGet } from "../../src/commands/hints.ts";
import { EXIT, type Fault, UserError } from "../../src/core/errors.ts";

const hintFor = (fault: Fault) => hintOf(new UserError(fault, "Something is wrong"));

describe("a known fault", () => {
  test("is told in two sentences: what happened, and what to type next", () => {
    const fault = new UserError("library-missing", "The library cannot be opened (/x: there is no such file)");
    expect(faultText(fault)).toBe(
      "dupfind: The library cannot be opened (/x: there is no such file).\nRun dupfind scan <folder> to create one, or name another with --db.\n",
    );
  });

  test("has a hint that is made of what the fault tells", () => {
    expect(hintFor({ code: "encoder-unknown", known: ["one", "two"] })).toBe("Choose one of one, two");
    expect(hintFor({ code: "nothing-scanned", model: null })).toBe("Run dupfind scan <folder> first");
    expect(hintFor({ code: "nothing-scanned", model: "clip" })).toBe("Run dupfind scan <folder> --model clip first");
    expect(hintFor({ code: "threshold-below-floor", floor: 0.65 })).toBe("Choose one from 0.65 to 1");
    expect(hintFor({ code: "output-unwritable", reason: "EISDIR" })).toBe("It is a folder; name a file in it with -o");
    expect(hintFor({ code: "output-unwritable", reason: "EIO" })).toBe("Name another place with -o");
    expect(hintFor({ code: "encoder-name-taken", id: "mine", isAdapted: true })).toContain("dupfind models remove mine");
    expect(hintFor({ code: "encoder-name-taken", id: "mine", isAdapted: false })).not.toContain("remove");
  });

  test("of a missing model file says how that model is got", () => {
    const model = { id: "clip", source: { kind: "retired", successor: "siglip" } } as Parameters<typeof howToGet>[0];
    expect(hintFor({ code: "model-file-unusable", model })).toBe("siglip replaces it: run dupfind scan, or dupfind reindex --model siglip");
  });

  test("ends the program with the code that scripts know it by", () => {
    expect(exitCodeOf(new UserError("library-locked", "Another dupfind is working on it"))).toBe(EXIT.libraryLocked);
    expect(exitCodeOf(new UserError("models-locked", "Another dupfind is fetching models"))).toBe(EXIT.libraryLocked);
    expect(exitCodeOf(new UserError("library-damaged", "The library is damaged"))).toBe(EXIT.usage);
    expect(exitCodeOf(usageFault("--threshold takes a number", "For example --threshold 1"))).toBe(EXIT.usage);
  });
});
