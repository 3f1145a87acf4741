import { describe, expect, test } from "vitest";
import type { SearchResult } from "../../../src/core/search/search-result.ts";
import { similarity } from "../../../src/core/units.ts";
import { hitPaths, renderSearchJson } from "../../../src/render/search/search-data.ts";
import { renderSearchPage } from "../../../src/render/search/search-page.ts";
import { renderSearchText } from "../../../src/render/search/search-text.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { content, ENCODER_KEY } from "../../library-fixtures.ts";

const AWKWARD = '/photos/a "b"\n<i>.jpg';
const BY_PHOTO: SearchResult = {
  encoder: { id: "dupfind-lite", version: 12, key: ENCODER_KEY },
  query: { photo: "beach.jpg", words: null, unwanted: [] },
  comparedCount: 12_345,
  same: content(1, { paths: ["/photos/beach.jpg"] }).photos,
  hits: [
    { content: content(2, { paths: ["/photos/2.jpg", AWKWARD], width: 800, height: 600, bytes: 90_000 }), similarity: similarity(0.98765) },
    { content: content(3, { paths: ["/elsewhere/3.heic"], format: "heic" }), similarity: similarity(-0.25) },
  ],
};
const NOTHING_FOUND: SearchResult = {
  ...BY_PHOTO,
  query: { photo: null, words: "a dog\u0007", unwanted: ["people", "sand"] },
  same: [],
  hits: [],
};

describe("a search as text", () => {
  test("has the query's own bytes apart, and files with one content one below the other", () => {
    expect(renderSearchText(BY_PHOTO, "/photos")).toBe(
      [
        "2 pictures most similar to beach.jpg, out of 12,345 compared with dupfind-lite 12.",
        "",
        "bytes =  beach.jpg",
        "",
        "0.987    2.jpg",
        'bytes =  a "b"\\n<i>.jpg',
        "         800 × 600 jpeg, 90 kB",
        "-0.250   /elsewhere/3.heic",
        "         4000 × 3000 heic, 4 MB",
        "",
      ].join("\n"),
    );
  });

  test("says what was looked for and what not, where nothing is found", () => {
    expect(renderSearchText(NOTHING_FOUND, "/")).toBe(
      'No picture is similar enough to "a dog\\u0007" and not "people" or "sand", out of 12,345 compared with dupfind-lite 12.\n',
    );
  });

  test("names a photo and words that were looked for together", () => {
    const both = { ...BY_PHOTO, query: { photo: "beach.jpg", words: "at night", unwanted: [] } };
    expect(renderSearchText(both, "/")).toContain('most similar to beach.jpg with "at night", out of');
  });
});

describe("a search for programs", () => {
  const validate = answerSchema("search");

  test.each([
    ["with hits", BY_PHOTO],
    ["without any", NOTHING_FOUND],
  ])("keeps to its schema %s", (_, result) => {
    validate(JSON.parse(renderSearchJson(result)));
    expect(validate.errors).toBeNull();
  });

  test("has every figure, and similarities to the last digit", () => {
    expect(JSON.parse(renderSearchJson(BY_PHOTO))).toMatchObject({
      schemaVersion: 1,
      encoder: { id: "dupfind-lite", version: 12 },
      query: { photo: "beach.jpg", words: null, unwanted: [] },
      compared: 12_345,
      same: ["/photos/beach.jpg"],
      hits: [
        { similarity: 0.98765, paths: ["/photos/2.jpg", AWKWARD], bytes: 90_000, width: 800, height: 600, format: "jpeg" },
        { similarity: -0.25, paths: ["/elsewhere/3.heic"] },
      ],
    });
  });

  test("lists paths as they are spelled, the query's own left out", () => {
    expect(hitPaths(BY_PHOTO)).toEqual(["/photos/2.jpg", AWKWARD, "/elsewhere/3.heic"]);
    expect(hitPaths(NOTHING_FOUND)).toEqual([]);
  });
});

describe("a search as a page", () => {
  const page = renderSearchPage(BY_PHOTO, (path) => (path.endsWith(".heic") ? null : "data:image/jpeg;base64,AAAA"), "/photos");

  test("shows names as text, whatever is in them, and every file of a picture", () => {
    expect(page).not.toContain("<i>");
    expect(page).toContain("a &#34;b&#34;\\n&#60;i&#62;.jpg");
    expect(page).toContain('<span class="path">2.jpg</span>');
    expect(page).toContain("0.987");
  });

  test("needs nothing from elsewhere and says so where a photo cannot be shown", () => {
    const sources = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]);
    expect(sources).toEqual(["data:image/jpeg;base64,AAAA", "data:image/jpeg;base64,AAAA"]);
    expect(page.match(/This photo cannot be shown/g)).toHaveLength(1);
  });
});
