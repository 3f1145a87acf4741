/**
 * The page of a map as its reader uses it: in a real browser, opened from a file.
 */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser, openBrowser } from "../browser.ts";
import { EXAMPLES } from "../photos.ts";
import { dupfind } from "../program.ts";
import { lastingFolder } from "../temporary-folder.ts";

describeInBrowser("the map of the example photos", () => {
  const folder = lastingFolder();
  let browser: Browser;

  beforeAll(async () => {
    const db = join(folder, "library.db");
    await dupfind(["scan", EXAMPLES, "--db", db]);
    await dupfind(["map", "--db", db, "-o", join(folder, "map.html")]);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test("opens from a file without asking for anything, and without an error", async () => {
    const page = await browser.newPage();
    const { requests, errors } = watch(page);
    const address = pathToFileURL(join(folder, "map.html")).href;
    await page.goto(address);
    await page.waitForSelector("#map[data-camera]");
    expect(await page.textContent("#top .note")).toBe("48 photos · 17 sets of copies · dupfind-lite at 0.65");
    expect(requests).toEqual([address]);
    expect(errors).toEqual([]);
  });
});

/** What the page asks for, pictures that it carries apart, and what it complains of. */
function watch(page: Page) {
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => void (request.url().startsWith("data:") || requests.push(request.url())));
  page.on("console", (message) => void errors.push(message.text()));
  page.on("pageerror", (error) => void errors.push(String(error)));
  return { requests, errors };
}
