/**
 * A report's page as text.
 */
import { describe, expect, test } from "vitest";
import type { DrawnSet } from "../../../src/core/duplicates/drawn-set.ts";
import type { Report } from "../../../src/core/duplicates/report.ts";
import { photoPath } from "../../../src/core/units.ts";
import { renderReportHtml } from "../../../src/render/duplicates/report-html.ts";
import { content, frame, idOf, looksAt, pair, report, setsOf } from "../../library-fixtures.ts";

const HOSTILE = `/photos/"><script>alert(1)</script>'&\u202egpj.jpg`;
const ASSETS = { script: { text: "/* script */", sha256: "abc=" }, style: { text: "/* style */", sha256: "def=" } };
const PICTURE = { jpeg: new Uint8Array([1, 2, 3]), width: 40, height: 30 };
const pairs = [pair(1, 2, 0.9237), pair(3, 4, 0.95)];
const box = { x: 0.1, y: 0.8, width: 0.5, height: 0.2 };
const sets = setsOf(
  [
    content(1, { paths: ["/photos/1.jpg", "/backup/1 (1).jpg"], exposure: frame("2019:03:21 11:04:22") }),
    content(2, { paths: [HOSTILE], width: 800, height: 600, bytes: 90_000 }),
    content(3, { paths: ["/photos/3.jpg"] }),
    content(4, { paths: ["/photos/4.jpg"], bytes: 1000 }),
  ],
  pairs,
  {},
  ["/photos/1.mov", "/backup/1 (1).xmp"],
  looksAt(pairs, { "3 4": { verdict: "altered", regions: [{ one: box, other: { ...box, x: 0.25 }, captioned: null }] } }),
);

async function render(sketch: Partial<Report>, pictures: DrawnSet["pictures"] = new Map([1, 2, 3, 4].map((id) => [idOf(id), PICTURE]))) {
  const one = report(sketch);
  async function* drawn(): AsyncGenerator<DrawnSet> {
    for (const set of one.sets) yield { set, pictures };
  }
  const pieces: string[] = [];
  for await (const piece of renderReportHtml(one, drawn(), ASSETS, "/photos")) pieces.push(piece);
  return pieces.join("");
}

const tally = {
  photos: new Map([
    ["/photos", 4],
    ["/backup", 1],
    ["/more", 1],
  ]),
  notCompared: new Map(),
};

describe("the page of a report", () => {
  test("has folders first, then classes, then sets, then what was left out", async () => {
    const skipped = [{ path: photoPath("/photos/bad.jpg"), reason: "damaged" as const, detail: "" }];
    const page = await render({ sets, tally, photoCount: 5, skipped });
    const places = ['id="folders"', 'id="classes"', 'id="sets"', 'id="copies-1"', 'id="altered-1"', 'id="left-out"', 'id="skipped"'];
    const found = places.map((place) => page.indexOf(place));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(found[0]).toBeGreaterThan(0);
  });

  test("says of a folder that no photo would be lost with it", async () => {
    const copies = setsOf([content(1, { paths: ["/photos/1.jpg", "/backup/1 (1).jpg"] })], []);
    const page = await render({ sets: copies, tally });
    expect(page).toMatch(/data-folder="\/backup">.*\n<td[^>]*>1 of 1 <strong[^>]*>no photo would be lost<\/strong><\/td>/);
  });

  test("shows of each photo why it stays or how it differs, when and with what it was taken, and its companions", async () => {
    const page = await render({ sets });
    for (const words of [
      "a name less like a copy&#39;s",
      "the same file",
      "20\u00a0% of the size",
      "2019-03-21 11:04:22, Maker Model 1",
      "which the keeper lacks",
    ])
      expect(page).toContain(words);
    expect(page).toContain('with <span class="path">1.mov</span>');
  });

  test("draws boxes where regions differ, as each picture has them", async () => {
    const page = await render({ sets });
    expect(page.match(/<rect x="\d+" y="800" width="500" height="200"/g)).toEqual([
      '<rect x="100" y="800" width="500" height="200"',
      '<rect x="250" y="800" width="500" height="200"',
    ]);
  });

  test("shows names as text, whatever is in them", async () => {
    const page = await render({ sets, skipped: [{ path: photoPath(HOSTILE), reason: "damaged", detail: "" }] });
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&#62;&#60;script&#62;alert(1)");
    expect(page).not.toContain("\u202e");
    expect(page).toContain("\\u202egpj.jpg");
  });

  test("lets in its own script and style alone, and has no style on an element, which would not be let in", async () => {
    const page = await render({ sets, tally });
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toBe(
      "default-src 'none'; img-src data:; style-src 'sha256-def='; script-src 'sha256-abc='; base-uri 'none'; form-action 'none'",
    );
    expect(page).not.toMatch(/\sstyle=|\son\w+=|(?:src|href)="(?!data:|#)/);
  });

  test("says from where on there are no pictures, once, and lists these sets all the same", async () => {
    const page = await render({ sets }, null);
    expect(page.match(/From here on there are no pictures/g)).toHaveLength(1);
    expect(page).not.toContain("<img");
    expect(page.match(/<article/g)).toHaveLength(2);
  });

  test("says of what cannot be shown that it cannot", async () => {
    expect((await render({ sets }, new Map())).match(/cannot be shown/g)).toHaveLength(4);
  });

  test("is a whole page where there is nothing to list", async () => {
    const page = await render({ photoCount: 3 });
    expect(page).toContain("No duplicates among 3 photos");
    expect(page).toMatch(/<\/html>\n$/);
  });
});
