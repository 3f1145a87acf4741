import { describe, expect, test } from "vitest";
import { html, renderPage } from "../../../src/render/html/page.ts";

const HOSTILE = `<script>alert("&'")</script>`;
const ESCAPED = "&#60;script&#62;alert(&#34;&#38;&#39;&#34;)&#60;/script&#62;";

describe("markup", () => {
  test("shows text as it is, whatever is in it, in lists too", () => {
    expect(html`<p title="${HOSTILE}">${HOSTILE}${[HOSTILE, 7]}</p>`.text).toBe(`<p title="${ESCAPED}">${ESCAPED}${ESCAPED}7</p>`);
  });

  test("keeps markup that was made by it", () => {
    expect(html`<ul>${["a", "<b>"].map((name) => html`<li>${name}</li>`)}</ul>`.text).toBe("<ul><li>a</li><li>&#60;b&#62;</li></ul>");
  });
});

describe("a page", () => {
  const page = renderPage({ title: HOSTILE, body: html`<h1>${HOSTILE}</h1>`, style: "h1 { color: red; }" });

  test("is one whole document for phones, light and dark", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">[\s\S]*<\/html>\n$/);
    for (const part of ['charset="utf-8"', "width=device-width", "prefers-color-scheme: dark", "h1 { color: red; }"])
      expect(page).toContain(part);
  });

  test("asks for nothing from elsewhere, holds no script and lets none run", () => {
    expect(page).not.toMatch(/<script|https?:|\ssrc=|@import|url\(/);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  test("escapes its title", () => {
    expect(page).toContain(`<title>${ESCAPED}</title>`);
  });
});
