import { describe, expect, test } from "vitest";
import { compareStamps, type FileStamp } from "../../../src/core/photos/file-stamp.ts";

const KNOWN: FileStamp = { bytes: 100, modifiedMs: 1.5, changedMs: 2.5, fileId: "1:7" };

describe("a file that is looked at again", () => {
  test.for([
    ["as it was", {}, "same"],
    ["with another size", { bytes: 101 }, "other"],
    ["with another time", { modifiedMs: 1.25 }, "other"],
    ["renamed, replaced or given other rights", { changedMs: 3.5 }, "doubtful"],
    ["replaced by a rename", { changedMs: 3.5, fileId: "1:8" }, "doubtful"],
    ["on a drive that numbers files anew", { fileId: "2:8" }, "same"],
    ["with another inode, where no time of change is kept", { changedMs: null, fileId: "1:8" }, "doubtful"],
    ["with the same inode on a device that was numbered anew, where no time of change is kept", { changedMs: null, fileId: "2:7" }, "same"],
  ] as const)("%s", ([, now, expected]) => {
    expect(compareStamps(KNOWN, { ...KNOWN, ...now })).toBe(expected);
  });
});
