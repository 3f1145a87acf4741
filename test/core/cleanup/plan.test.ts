import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { createMoveTarget } from "../../../src/core/cleanup/move-target.ts";
import { formatPlan, parsePlan, planFaults } from "../../../src/core/cleanup/parse-plan.ts";
import { planCleanup } from "../../../src/core/cleanup/plan.ts";
import { isNeededByOthers, numberedName } from "../../../src/core/cleanup/shared-companions.ts";
import { photoPath, pixelsHash } from "../../../src/core/units.ts";
import { companionFile, content, pair, report, setsOf } from "../../library-fixtures.ts";

const PIXELS = pixelsHash("cd".repeat(32));
const ABOUT = { library: "/library.db", protectedFolders: ["/photos/safe"] };

describe("a plan of a report", () => {
  test("has a step for each extra, of the class that the report can vouch for", () => {
    const twins = content(1, { paths: ["/a/1.jpg", "/b/1.jpg"] });
    const [one, other] = [content(2, { paths: ["/a/2.jpg"] }), content(3, { paths: ["/b/2.jpg"] })];
    const near = content(4, { paths: ["/b/4.jpg"] });
    const equal = [one, other].map((each) => ({ ...each, facts: { ...each.facts, pixelsHash: PIXELS } }));
    const sets = setsOf([twins, ...equal, near], [pair(2, 3, 0.99), pair(1, 4, 0.9)]);
    const { plan, withheld } = planCleanup(report({ sets }), ABOUT, "trash");
    expect(withheld).toBe(0);
    const rows = plan.steps.map(({ class: kind, keeper, extra }) => `${kind} ${keeper.path} ${extra.path}`);
    expect(rows.sort()).toEqual(["same-bytes /a/1.jpg /b/1.jpg", "same-picture /a/1.jpg /b/4.jpg", "same-pixels /a/2.jpg /b/2.jpg"]);
    expect(planFaults(plan)).toEqual([]);
    expect(parsePlan(JSON.parse(formatPlan(plan)))).toEqual(plan);
  });

  test("withholds extras whose companions the keeper lacks, and takes the others' along", () => {
    const twins = content(1, { paths: ["/a/1.jpg", "/b/1.jpg", "/c/1.jpg"] });
    const sets = setsOf([twins], [], {}, ["/a/1.xmp", "/b/1.xmp", "/c/1.xmp", "/c/1.nef"]);
    const { plan, withheld } = planCleanup(report({ sets }), ABOUT, "trash");
    // The one with more beside it is the keeper, and the others lack nothing of their own.
    expect(plan.steps.map(({ keeper }) => keeper.path)).toEqual(["/c/1.jpg", "/c/1.jpg"]);
    expect(plan.steps.map(({ companions }) => companions.map(({ path }) => path))).toEqual([["/a/1.xmp"], ["/b/1.xmp"]]);
    expect(withheld).toBe(0);
    const lacking = setsOf([twins], [], {}, ["/a/1.nef", "/b/1.mov"]);
    expect(planCleanup(report({ sets: lacking }), ABOUT, "trash")).toMatchObject({
      withheld: 1,
      plan: { steps: [{ extra: { path: "/c/1.jpg" } }] },
    });
  });

  test("has a companion that extras share in one step alone", () => {
    const sets = setsOf([content(1, { paths: ["/a/1.jpg", "/b/1.jpg"] }), content(2, { paths: ["/a/1.png", "/b/1.png"] })], [], {}, [
      "/a/1.xmp",
      "/b/1.xmp",
    ]);
    const { plan } = planCleanup(report({ sets }), ABOUT, "trash");
    expect(plan.steps.flatMap(({ companions }) => companions).map(({ path }) => path)).toEqual(["/b/1.xmp"]);
    expect(planFaults(plan)).toEqual([]);
  });
});

describe("a plan as a file", () => {
  test("may name photos that their names do not tell, and camera originals", () => {
    const sets = setsOf([content(1, { paths: ["/a/1.nef", "/b/IMG_1"] })], []);
    expect(planFaults(planCleanup(report({ sets }), ABOUT, "trash").plan)).toEqual([]);
  });

  test("keeps to its schema", () => {
    const sets = setsOf([content(1, { paths: ["/a/1.jpg", "/b/1.jpg"] })], [], {}, ["/a/1.xmp", "/b/1.xmp"]);
    const { plan } = planCleanup(report({ sets }), ABOUT, "trash");
    const schema: object = JSON.parse(readFileSync(new URL("../../../docs/reference/plan.schema.json", import.meta.url), "utf8"));
    const validate = new Ajv2020({ strict: true }).compile(schema);
    validate(JSON.parse(formatPlan(plan)));
    expect(validate.errors).toBeNull();
    expect(plan.steps[0]?.companions.length).toBe(1);
  });
});

describe("a companion", () => {
  const xmp = companionFile("/a/1.xmp");

  test("is needed as long as another photo has it", () => {
    const names = (...files: readonly string[]) => new Map([["/a", files]]);
    expect(isNeededByOthers(xmp, "/a/1.jpg", names("1.jpg", "1.xmp", "2.jpg", ".1.png"))).toBe(false);
    expect(isNeededByOthers(xmp, "/a/1.jpg", names("1.jpg", "1.PNG"))).toBe(true);
    expect(isNeededByOthers(xmp, "/a/1.jpg", names("1.jpg", "1.jxl"))).toBe(true);
  });

  test("keeps the stem of its photo where a number is added", () => {
    const names = ["/a/IMG.1.jpg", "/a/IMG.1.jpg.xmp", "/a/.hidden", "/a/plain"].map((path) => numberedName(path, 2));
    expect(names).toEqual(["/a/IMG (2).1.jpg", "/a/IMG (2).1.jpg.xmp", "/a/.hidden (2)", "/a/plain (2)"]);
    expect(numberedName("/a/b.jpg", 1)).toBe("/a/b.jpg");
  });
});

describe("a file that is moved out", () => {
  test("keeps its tree below its root's name, and roots of one name stay apart", () => {
    const target = createMoveTarget("/out", ["/x/Photos", "/y/photos", "/x/Photos/inner"]);
    const moved = ["/x/Photos/2019/a.jpg", "/y/photos/a.jpg", "/x/Photos/inner/a.jpg"].map((path) => target(photoPath(path)));
    expect(moved).toEqual(["/out/Photos/2019/a.jpg", "/out/photos (2)/a.jpg", "/out/inner/a.jpg"]);
  });
});
