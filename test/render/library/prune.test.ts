import { describe, expect, test } from "vitest";
import type { AbsentPhoto, PrunePlan } from "../../../src/core/library/prune-plan.ts";
import type { Absence } from "../../../src/core/photos/ports.ts";
import { photoPath } from "../../../src/core/units.ts";
import { renderPruneJson, renderPruneText } from "../../../src/render/library/prune.ts";
import { idOf } from "../../library-fixtures.ts";

const absent = (path: string, why: Absence): AbsentPhoto => ({ path: photoPath(path), content: idOf(1), fileId: "1:1", why });
const PLAN: PrunePlan = {
  photos: [absent("/home/me/photos/a.jpg", "gone"), absent("/mnt/b\n.jpg", "unsure")],
  contents: [idOf(1)],
  roots: [],
  folders: [],
  guardedRoots: [],
  unsure: [],
};
const render = (sketch: Partial<PrunePlan>, dryRun: boolean) => renderPruneText({ ...PLAN, ...sketch }, dryRun, "/home/me");

describe("prune", () => {
  test("says what it forgot, that no photo was touched, and what it kept because its folder is empty", () => {
    const [first, second] = render({ guardedRoots: ["/mnt/nas"] }, false).split("\n");
    expect(first).toBe("Forgot 2 missing photos and 1 content that no photo holds. No photo was touched.");
    expect(second).toMatch(/^\/mnt\/nas is missing, empty or lost most of its photos: nothing below it was forgotten\..*--force/);
  });

  test("says what it kept because its drive is away", () => {
    const unsure = [1, 2, 3].map((number) => photoPath(`/mnt/${number}.jpg`));
    expect(render({ unsure }, false)).toContain("\n3 photos kept: what they lay on is away.");
  });

  test("names what it would forget, and why, when it is only asked", () => {
    expect(render({ roots: ["/mnt"] }, true)).toBe(
      [
        "Would forget 2 missing photos and 1 content that no photo holds. No photo was touched.",
        "  photos/a.jpg",
        "  /mnt/b\\n.jpg (what it lay on is away)",
        "  the folder /mnt",
        "",
      ].join("\n"),
    );
  });

  test("as JSON is one line of counts", () => {
    const line = renderPruneJson({ ...PLAN, guardedRoots: ["/mnt/nas"] }, true);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    const counts = { photos: 2, contents: 1, guardedRoots: ["/mnt/nas"], unsure: 0 };
    expect(JSON.parse(line)).toEqual({ schemaVersion: 1, command: "prune", dryRun: true, ...counts });
  });
});
