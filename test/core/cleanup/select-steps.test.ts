import { describe, expect, test } from "vitest";
import type { PlanStep } from "../../../src/core/cleanup/plan.ts";
import { type StepChoice, selectSteps } from "../../../src/core/cleanup/select-steps.ts";
import { type ContentHash, contentHash, photoPath, pixelsHash } from "../../../src/core/units.ts";

const [KEPT, OTHER] = ["ab", "cd"].map((digits) => contentHash(digits.repeat(32))) as [ContentHash, ContentHash];
const PIXELS = pixelsHash("ef".repeat(32));

function step(more: Partial<PlanStep> & { readonly sha256?: ContentHash } = {}): PlanStep {
  const { sha256 = OTHER, ...given } = more;
  const photo = (path: string, hash: ContentHash) => ({ path: photoPath(path), sha256: hash, bytes: 1 });
  const companions = [{ path: photoPath("/b/1.xmp"), bytes: 1 }];
  const base = { set: 1, class: "same-picture", reviewed: false, action: "trash", mergeMetadata: false, companions } as const;
  return { ...base, keeper: photo("/a/1.jpg", KEPT), extra: photo("/b/1.jpg", sha256), ...given };
}

function whyNot(planned: PlanStep, choice: Partial<StepChoice> = {}) {
  const whole = { classes: [], action: null, isProtected: () => false, pixelsOf: () => null, ...choice };
  const { chosen, others } = selectSteps([planned], whole);
  return chosen.length === 1 ? "chosen" : others[0]?.why;
}

describe("a step", () => {
  test("goes by itself where bytes are equal, or pixels that the library knows to be", () => {
    expect(whyNot(step({ class: "same-bytes", sha256: KEPT }))).toBe("chosen");
    expect(whyNot(step({ class: "same-pixels" }))).toBe("pixels-unknown");
    expect(whyNot(step({ class: "same-pixels" }), { pixelsOf: () => PIXELS })).toBe("chosen");
    expect(whyNot(step({ class: "same-pixels" }), { pixelsOf: (hash) => (hash === KEPT ? PIXELS : null) })).toBe("pixels-unknown");
  });

  test.each(["same-picture", "altered", "burst", "undecided"] as const)("of class %s goes where it was reviewed or asked for", (kind) => {
    expect(whyNot(step({ class: kind }))).toBe("not-reviewed");
    expect(whyNot(step({ class: kind }), { classes: ["same-bytes", "same-pixels"] })).toBe("not-reviewed");
    expect(whyNot(step({ class: kind }), { classes: [kind] })).toBe("chosen");
    expect(whyNot(step({ class: kind, reviewed: true }))).toBe("chosen");
  });

  test("is linked where bytes are equal alone, and leaves its companions where they are", () => {
    expect(whyNot(step({ reviewed: true }), { action: "hardlink" })).toBe("not-linkable");
    expect(whyNot(step({ reviewed: true, class: "same-pixels", action: "reflink" }))).toBe("not-linkable");
    const choice = { classes: [], action: "hardlink", isProtected: () => false, pixelsOf: () => null } as const;
    expect(selectSteps([step({ class: "same-bytes", sha256: KEPT })], choice).chosen).toMatchObject([
      { action: "hardlink", companions: [] },
    ]);
  });

  test("touches nothing that is protected: neither extra nor companion, nor the keeper of a link", () => {
    const equal = step({ class: "same-bytes", sha256: KEPT });
    const isIn = (folder: string) => (path: string) => path.startsWith(folder);
    expect(whyNot(equal, { isProtected: isIn("/b/") })).toBe("protected");
    expect(whyNot(equal, { isProtected: (path) => path.endsWith(".xmp") })).toBe("protected");
    expect(whyNot(equal, { isProtected: isIn("/a/") })).toBe("chosen");
    expect(whyNot(equal, { isProtected: isIn("/a/"), action: "hardlink" })).toBe("protected");
  });
});
