import { describe, expect, test } from "vitest";
import type { Calibration } from "../../../src/core/calibration/calibration.ts";
import type { DisputedPair } from "../../../src/core/pairs/labelled-pair.ts";
import { photoPath, similarity } from "../../../src/core/units.ts";
import { renderCalibrationHtml } from "../../../src/render/calibration/calibration-html.ts";
import { renderCalibrationJson } from "../../../src/render/calibration/calibration-json.ts";
import { renderCalibrationText } from "../../../src/render/calibration/calibration-text.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { calibration } from "../../library-fixtures.ts";

const disputed = (name: string, value: number): DisputedPair => {
  const picture = (end: string) => ({ name: `/photos/${name}-${end}.jpg`, photo: photoPath(`/photos/${name}-${end}.jpg`) });
  return { similarity: similarity(value), pictures: [picture("one"), picture("other")] };
};
const falsePairs = {
  expected: 12.3456,
  low: 7.04,
  high: 123.4,
  tail: { shape: -0.1, scale: 0.03, level: 0.4, cut: 0.6, exceedances: 1000, lookedAt: 499_500 },
  check: { from: 0.52, counted: 100, expected: 96.2 },
};
const full = calibration({
  disputed: { wrong: [disputed("twins", 0.91239)], missed: [disputed("cropped", 0.2)] },
  excluded: { sameBytes: 2, nearlyEmpty: 0, differentExposures: 1, seenDifferent: 0 },
  library: { ...calibration().library, falsePairs },
});
const poor = calibration({
  saved: false,
  refusal: { reason: "too-few-pairs" },
  chosen: null,
  threshold: { guaranteed: null, limitedByFloor: false, observed: 0.5, interval: { low: 0.4, high: null } },
  guarantees: [{ precision: 0.9, at: null }],
});

describe("a calibration for a person", () => {
  const next = { label: "dupfind label --db 'my library.db'", calibrate: "dupfind calibrate --pairs labeled.csv --db 'my library.db'" };
  const text = (one: Calibration) => renderCalibrationText(one, next, "/photos");
  const flat = (one: Calibration) => text(one).replaceAll("\n", " ");

  test("says what was scored, the threshold, how sure it is, and what stays open", () => {
    for (const words of [
      "300 pairs of 250 distinct photos: 100 the same, 200 different.",
      "average precision 0.988",
      "A threshold of 0.6 guarantees a precision of 0.9: it holds in 95 of 100 samples like this one.",
      "On exactly these pairs, the lowest threshold with that precision is 0.5 (95 % interval: 0.47 to 0.58).",
      "1 of 200 different pairs reaches the threshold: a false positive rate of at most 2.4 % (95 %).",
      "40 of 100 same pairs are missed.",
      "Excluded, because no threshold decides them: 2 with the same bytes, 1 of different exposures.",
    ])
      expect(flat(full)).toContain(words);
  });

  test("begins with what to expect in this library, not with the precision on the pairs", () => {
    const listed = { pairsListed: 2792, pairsFound: 2792, threshold: 0.586 };
    const wrong = {
      falsePairs: { ...falsePairs, expected: 330, low: 104, high: 801 },
      wrongShare: { expected: 0.1182, low: 0.037, high: 0.287 },
    };
    const library = { ...calibration().library, ...listed, ...wrong };
    const first = "In this library a report at 0.586 lists 2,792 pairs: expect 330 of them to be wrong, 12 % (95 %: 100 to 800).";
    expect(flat(calibration({ library })).startsWith(first)).toBe(true);
    expect(renderCalibrationHtml(calibration({ library }), () => null)).toContain(`<p><strong>${first}</strong></p>`);
    expect(flat(calibration())).toMatch(/^In this library a report at 0\.6 lists 400 pairs\. There are too few photos to estimate/);
    const none = calibration({ library: { ...library, pairsListed: 0 } });
    expect(flat(none)).toMatch(/^In this library a report at 0\.586 lists no pair\./);
  });

  test("that was refused says why, what reports keep, and what to type", () => {
    const refused = (sketch: Partial<Calibration>) => text(calibration({ saved: false, ...sketch }));
    const contradicted = refused({ source: "synthetic", refusal: { reason: "contradicted" }, reportThreshold: 0.65 });
    expect(contradicted.replaceAll("\n", " ")).toContain(
      "Nothing was saved: what is expected in this library contradicts a precision of 0.9. Reports keep 0.65. Label pairs of this library and calibrate with them:",
    );
    expect(contradicted.endsWith(`\n  ${next.label}\n  ${next.calibrate}\n`)).toBe(true);
    const less = refused({ labels: 31, refusal: { reason: "rests-on-less", labels: 709, createdAt: "2026-03-01T00:00:00.000Z" } });
    expect(less.replaceAll("\n", " ")).toContain("the calibration of 2026-03-01 rests on 709 labels, this one on 31.");
    expect(less).toContain("--force");
  });

  test("that supports less than was asked says what, and how sure", () => {
    const chosen = { threshold: similarity(0.82), precision: 0.977, confidence: 0.9195 };
    const less = calibration({ ...poor, precision: 0.99, chosen, saved: true, refusal: null, reportThreshold: 0.82 });
    expect(flat(less)).toContain(
      "The best they support is 0.82: a precision of 0.977 there in 95 of 100 samples like this one, and one of 0.99 with 91 % confidence.",
    );
    expect(flat(less)).toContain("Saved: dupfind report uses 0.82, the best that these pairs support.");
  });

  test("shows for each precision the threshold that guarantees it, or that none does", () => {
    expect(text(full)).toMatch(/^0\.9 +0\.6 +0\.984 +0\.600 +0\.5 %$/m);
    expect(text(full)).toMatch(/^0\.95 +none$/m);
  });

  test("says how many pairs of the library will be false, in no more figures than it knows", () => {
    expect(flat(full)).toContain(
      "1,000 photos in this library form 499,500 pairs; 321 not labelled the same reach 0.6. Expected false pairs among these: 12 (95 %: 7 to 120).",
    );
    expect(flat(full)).toContain("from 0.52 up it predicts 96; 100 were counted");
    expect(flat(calibration())).toContain("too few photos to estimate");
  });

  test("names the pairs that are wrong and missed, and asks to look at them", () => {
    const lines = text(full).split("\n");
    expect(lines).toContain("0.912    twins-one.jpg");
    expect(lines).toContain("0.200    cropped-one.jpg");
    expect(text(full)).toContain("Check these again");
    expect(text(calibration())).not.toContain("Check these again");
  });

  test("that can guarantee nothing says so, what it takes, and what reports do", () => {
    expect(flat(poor)).toContain("These pairs cannot guarantee a precision of 0.9. They guarantee 0.931 at most: use --precision 0.931.");
    expect(flat(poor)).toContain("This needs 44 same-picture pairs from distinct photos");
    expect(flat(poor)).toContain("0.4 or higher, if any");
    expect(flat(poor)).toMatch(/Nothing was saved: these pairs are too few.* Reports keep 0\.6\. Label more pairs/);
  });

  test("says that the floor holds a threshold up, and that a dry run saved nothing", () => {
    const held = calibration({ threshold: { ...full.threshold, limitedByFloor: true } });
    expect(flat(held)).toContain("A lower threshold would be guaranteed too, but less similar pairs are not stored.");
    expect(text({ ...full, saved: false })).toMatch(/\n\nNothing was saved\.\n$/);
    expect(text(full)).toMatch(/\n\nSaved: /);
  });

  test("fits a terminal of 80 columns", () => {
    for (const one of [full, poor])
      expect(
        text(one)
          .split("\n")
          .filter((line) => line.length > 80),
      ).toEqual([]);
  });
});

describe("a calibration as JSON", () => {
  const validate = answerSchema("calibrate");

  test.each([
    ["with everything", full],
    ["that can guarantee nothing", poor],
  ])("keeps to its schema %s", (_, one) => {
    validate(JSON.parse(renderCalibrationJson({ ...one, decisions: { counted: 3, contradicted: 1, absent: 2 } })));
    expect(validate.errors).toBeNull();
  });

  test("is refused by the schema in another form", () => {
    expect(validate({ ...full, curve: [{ threshold: 2 }] })).toBe(false);
  });
});

describe("a calibration as a page", () => {
  const page = renderCalibrationHtml(full, ({ name }) => (name.includes("twins-one") ? "data:image/jpeg;base64,AAAA" : null));

  test("marks the threshold in the curve and the histograms, and has a table for each", () => {
    expect(page.match(/<svg [^>]*role="img" aria-label="[^"]{20,}"/g)).toHaveLength(3);
    expect(page.match(/threshold 0\.6</g)).toHaveLength(3);
    expect(page.match(/<details><summary>As a table<\/summary><div class="scroll"><table>/g)).toHaveLength(3);
  });

  test("draws the curve in steps", () => {
    expect(page).toMatch(/<path d="M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)+" fill="none" stroke="var\(--one\)"/);
  });

  test("shows the disputed pairs as pictures where there are any, with their names", () => {
    expect(page.match(/<img src="data:image\/jpeg;base64,AAAA" alt="">/g)).toHaveLength(1);
    expect(page.match(/cannot be shown/g)).toHaveLength(3);
    expect(page).toContain("/photos/cropped-other.jpg");
  });

  test("of edits says what its pictures show, and how many pairs are too many to draw", () => {
    const edited = renderCalibrationHtml({ ...full, source: "synthetic", pairs: { ...full.pairs, different: 1004 } }, () => null);
    expect(edited).toContain("Each pair is one photo, edited as the names say. The pictures are shown without the edits.");
    expect(edited).toContain("1,000 different pairs less similar than all of these are not shown.");
    expect(page).not.toContain("without the edits");
  });

  test("shows a name as text, whatever it is", () => {
    const name = `/photos/<img src=x onerror="alert(1)">\n.jpg`;
    const picture = { name, photo: photoPath(name) };
    const wrong: DisputedPair = { similarity: similarity(0.9), pictures: [picture, picture] };
    const hostile = renderCalibrationHtml(calibration({ disputed: { wrong: [wrong], missed: [] } }), () => null);
    expect(hostile).not.toContain("<img");
    expect(hostile).toContain("/photos/&#60;img src=x onerror=&#34;alert(1)&#34;&#62;\\n.jpg");
  });

  test("stands without a threshold and without a library too", () => {
    const bare = renderCalibrationHtml(
      {
        ...poor,
        at: null,
        library: {
          photos: 0,
          similarities: new Array(200).fill(0),
          threshold: 0.6,
          pairsListed: 0,
          pairsFound: 0,
          falsePairs: null,
          wrongShare: null,
        },
      },
      () => null,
    );
    expect(bare).toContain("Nothing to show.");
    expect(bare).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
