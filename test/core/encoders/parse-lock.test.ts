import { describe, expect, test } from "vitest";
import { clash, isModelId, isModelPath } from "../../../src/core/encoders/model-names.ts";
import { parseAdaptedRecord, parseModelLock } from "../../../src/core/encoders/parse-lock.ts";
import { UserError } from "../../../src/core/errors.ts";

type Json = Record<string, unknown>;
type File = { path: string } & Json;

/** A lock with nothing wrong, made anew for each test to spoil. */
function goodLock() {
  const file = (path: string): File => ({ path, bytes: 100, sha256: "ab".repeat(32) });
  const entry = {
    about: "tiny",
    source: { kind: "download", repository: "owner/tiny", revision: "a".repeat(40) } as Json,
    licence: "MIT",
    files: [file("config.json"), file("onnx/model.onnx")],
    image: {
      model: "onnx/model.onnx",
      input: "pixel_values",
      resize: { fit: "squash", size: 224, kernel: "cubic" } as Json,
      tensor: { layout: "nchw-float32", mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as Json,
      output: "embeds",
      pooling: "none",
      dimensions: 32,
    } as Json,
    text: null as unknown,
    threshold: { value: 0.9, floor: 0.8, origin: "published" } as Json,
  };
  return { schemaVersion: 1 as unknown, encoders: { tiny: entry } as Record<string, typeof entry> };
}
type Lock = ReturnType<typeof goodLock>;
type Entry = Lock["encoders"][string];

function faultOf(lock: unknown): string {
  try {
    parseModelLock(lock, "a.lock.json");
    return "none";
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function spoiled(spoil: (entry: Entry, lock: Lock) => void): string {
  const lock = goodLock();
  spoil(lock.encoders["tiny"] as Entry, lock);
  return faultOf(lock);
}

const drop = (object: object, key: string) => Reflect.deleteProperty(object, key);

const UNSAFE: readonly (readonly [why: string, name: string])[] = [
  ["is empty", ""],
  ["is the folder itself", "."],
  ["is the folder above", ".."],
  ["climbs", "../../x"],
  ["climbs in the middle", "onnx/../../x"],
  ["is absolute", "/etc/passwd"],
  ["has an empty part", "onnx//x"],
  ["ends in a slash", "onnx/"],
  ["has a backslash", "onnx\\x"],
  ["climbs by backslashes", "..\\..\\x"],
  ["has a drive", "C:x"],
  ["has a stream behind it", "x:y"],
  ["has a NUL", "x\0.json"],
  ["has a line break", "x\ny"],
  ["turns the direction of the line", "x\u202eyml"],
  ["has a letter that looks like another", "m\u043edel"],
  ["is hidden", ".ssh/x"],
  ["ends in a dot, which Windows drops", "x."],
  ["ends in a space, which Windows drops", "x "],
  ["is a device", "nul"],
  ["is a device with an ending", "COM1.json"],
  ["is a device in a folder", "onnx/aux.onnx"],
  ["is longer than file systems take", "x".repeat(300)],
];

describe("a lock", () => {
  test("with nothing wrong is read as it is", () => {
    const { source, files } = goodLock().encoders["tiny"] as Entry;
    expect(parseModelLock(goodLock(), "a.lock.json")).toMatchObject([{ id: "tiny", source, files, map: null }]);
  });

  test.each(UNSAFE)("is refused where a file's path %s", (_why, name) => {
    expect(isModelPath(name)).toBe(false);
    const message = spoiled(({ files }) => {
      (files[0] as File).path = name;
    });
    expect(message).toContain("a.lock.json cannot be used: encoders.tiny.files[0].path should be names of letters");
    // What is quoted from the lock cannot turn or break the line it is quoted on.
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test.each(UNSAFE)("is refused where an encoder's name %s", (_why, name) => {
    expect(isModelId(name)).toBe(false);
    const { tiny } = goodLock().encoders;
    expect(faultOf({ schemaVersion: 1, encoders: { [name]: tiny } })).toContain("a name in encoders should be of a-z");
  });

  test.each(["__proto__", "Tiny", "a/b", "pull.lock", "pull.lock-journal"])("is refused where an encoder is called %s", (name) => {
    const text = JSON.stringify(goodLock()).replace('"tiny":', `${JSON.stringify(name)}:`);
    expect(faultOf(JSON.parse(text))).toContain("a name in encoders should be");
  });

  test.each(["config.json.part", "onnx/x.IMPORT", "adapted.json"])("is refused where a file has the name of one of our own: %s", (path) => {
    expect(spoiled(({ files }) => void files.push({ ...(files[0] as File), path }))).toContain("files[2].path should be");
  });

  test.each([
    ["twice the same", ["a/b.json", "a/b.json"]],
    ["the same to a disk that ignores case", ["a/b.json", "A/B.json"]],
    ["a file and a folder", ["a", "a/b.json"]],
    ["a folder and a file, the other way round and in another case", ["A/b/c", "a/B"]],
  ])("is refused where two files cannot lie side by side: %s", (_why, paths) => {
    expect(clash(paths)).not.toBeNull();
    expect(spoiled(({ files }) => void files.push(...paths.map((path) => ({ ...(files[0] as File), path }))))).toMatch(
      /the files .* of tiny cannot lie in one folder/,
    );
  });

  test("may have files whose names begin alike", () => {
    expect(clash(["onnx/model.onnx", "onnx/model.onnx_data", "onnx-2/model.onnx", "config.json"])).toBeNull();
  });

  const HOLES: readonly (readonly [title: string, spoil: (entry: Entry, lock: Lock) => void, message: string])[] = [
    ["without files", (entry) => drop(entry, "files"), "encoders.tiny.files is missing"],
    ["with no file", (entry) => entry.files.splice(0), "encoders.tiny.files should be a list of 1 to 100, got []"],
    ["without a hash", ({ files }) => drop(files[1] as File, "sha256"), "encoders.tiny.files[1].sha256 is missing"],
    ["with a short hash", ({ files }) => Object.assign(files[1] as File, { sha256: "ab" }), "sha256 should be a SHA-256 of 64 hex digits"],
    ["with a size of text", ({ files }) => Object.assign(files[0] as File, { bytes: "100" }), "bytes should be a whole number"],
    ["with a size below zero", ({ files }) => Object.assign(files[0] as File, { bytes: -1 }), "bytes should be a whole number"],
    ["with a broken size", ({ files }) => Object.assign(files[0] as File, { bytes: 1.5 }), "bytes should be a whole number"],
    ["with a size beyond all disks", ({ files }) => Object.assign(files[0] as File, { bytes: 1e15 }), "bytes should be a whole number"],
    ["with a file that is null", ({ files }) => files.splice(0, 1, null as never), "encoders.tiny.files[0] should be an object, got null"],
    [
      "with an entry that is null",
      (_entry, lock) => Object.assign(lock.encoders, { tiny: null }),
      "encoders.tiny should be an object, got null",
    ],
    ["with a list for its encoders", (_entry, lock) => Object.assign(lock, { encoders: [] }), "encoders should be an object, got []"],
    ["without encoders", (_entry, lock) => drop(lock, "encoders"), "encoders is missing"],
    ["without a version", (_entry, lock) => drop(lock, "schemaVersion"), "schemaVersion is missing"],
    ["of a version as text", (_entry, lock) => Object.assign(lock, { schemaVersion: "1" }), "schemaVersion should be a whole number"],
    ["without an image", (entry) => drop(entry, "image"), "encoders.tiny.image is missing"],
    ["with no dimensions", ({ image }) => Object.assign(image, { dimensions: 0 }), "image.dimensions should be a whole number from 1"],
    ["with a resize nobody knows", ({ image }) => Object.assign(image, { resize: { fit: "crop" } }), 'resize.fit should be "squash" or'],
    [
      "with four channels",
      ({ image }) => Object.assign(image["tensor"] as Json, { mean: [0, 0, 0, 0] }),
      "tensor.mean should be a list of 3",
    ],
    [
      "with a graph that is not pinned",
      ({ image }) => Object.assign(image, { model: "onnx/other.onnx" }),
      "onnx/other.onnx is not among the files",
    ],
    [
      "with a graph that is no ONNX file",
      ({ image }) => Object.assign(image, { model: "config.json" }),
      "config.json of tiny should be <folder>/<name>.onnx",
    ],
    ["with a source nobody knows", (entry) => Object.assign(entry, { source: { kind: "torrent" } }), "source.kind should be"],
    [
      "that calls itself adapted",
      (entry) => Object.assign(entry, { source: { kind: "adapted", base: "x", baseKey: "a".repeat(64) } }),
      "source.kind should be",
    ],
    [
      "with a repository that climbs",
      ({ source }) => Object.assign(source, { repository: "../.." }),
      "source.repository should be owner/name",
    ],
    [
      "with a repository that is an address",
      ({ source }) => Object.assign(source, { repository: "http://x/y" }),
      "source.repository should be",
    ],
    ["with a branch for a revision", ({ source }) => Object.assign(source, { revision: "main" }), "source.revision should be"],
    [
      "with a threshold above 1",
      ({ threshold }) => Object.assign(threshold, { value: 2 }),
      "threshold.value should be a number from -1 to 1",
    ],
    [
      "with a floor above its threshold",
      ({ threshold }) => Object.assign(threshold, { floor: 0.95 }),
      "the floor of tiny lies above its threshold",
    ],
    [
      "with a misspelt field",
      (entry) => Object.assign(entry, { license: "MIT" }),
      'encoders.tiny has a field "license" that means nothing here',
    ],
    [
      "with a terminal's control code in a line that is shown",
      (entry) => Object.assign(entry, { about: "\u001b[2Jtiny" }),
      "about should be one line",
    ],
  ];
  test.each(HOLES)("%s is refused, and the place is named", (_title, spoil, message) => {
    expect(spoiled(spoil)).toContain(message);
  });

  test.each([null, 1, "lock", [], true])("that is %j is refused", (lock) => {
    expect(faultOf(lock)).toContain("The model lock a.lock.json cannot be used: it should be an object");
  });

  test("of a later version is told before anything else of it", () => {
    expect(faultOf({ schemaVersion: 2, models: [] })).toBe("a.lock.json has version 2, this dupfind reads 1");
  });
});

describe("the record of an adapted encoder", () => {
  const record = (change: Json = {}) => {
    const { tiny } = goodLock().encoders;
    const map = { path: "map.f32", bytes: 32 * 33 * 2, sha256: "cd".repeat(32) };
    const source = { kind: "adapted", base: "tiny", baseKey: "a".repeat(64) };
    const encoder = { ...tiny, source, map, threshold: { value: 0.9, floor: 0.8, origin: "labels" }, ...change };
    return { schemaVersion: 1, madeAt: "2026-01-01T00:00:00.000Z", encoder, findings: {} };
  };

  test("is read under the name of its folder", () => {
    expect(parseAdaptedRecord(record(), "mine", "adapted.json")).toMatchObject({ id: "mine", map: { path: "map.f32" } });
  });

  test.each<readonly [string, Json, string, string]>([
    [
      "whose map lies elsewhere",
      { map: { path: "../../map.f32", bytes: 2112, sha256: "cd".repeat(32) } },
      "mine",
      "encoder.map.path should be",
    ],
    [
      "whose map has other dimensions",
      { map: { path: "map.f32", bytes: 100, sha256: "cd".repeat(32) } },
      "mine",
      "the map of mine is not one of 32 dimensions",
    ],
    ["without a map", { map: null }, "mine", "encoder.map should be an object, got null"],
    ["in a folder of another kind of name", {}, "My Encoder", "the folder's name should be"],
  ])("%s is refused", (_title, change, folder, message) => {
    expect(() => parseAdaptedRecord(record(change), folder, "adapted.json")).toThrow(message);
  });
});
