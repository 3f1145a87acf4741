/**
 * The page of a report as its reader uses it: in a real browser, opened from a file.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { DrawnSet, SmallPicture } from "../../../src/core/duplicates/drawn-set.ts";
import type { DuplicateSet } from "../../../src/core/duplicates/duplicate-sets.ts";
import { countByFolder } from "../../../src/core/duplicates/folder-tally.ts";
import { photoPath } from "../../../src/core/units.ts";
import { readPageAssets } from "../../../src/io/pages/page-assets.ts";
import { renderReportHtml } from "../../../src/render/duplicates/report-html.ts";
import { describeInBrowser, openBrowser } from "../../browser.ts";
import { content, frame, looksAt, pair, report, setsOf } from "../../library-fixtures.ts";
import { lastingFolder } from "../../temporary-folder.ts";

const DESK = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 780 };
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HOSTILE = '"><img src=x onerror="document.title=1">\u202e<script>document.title=2<\u2044script>.jpg';

/** Sets 1 to `count` of two photos each, in folders of ten, the older the later; then an altered one. */
function setsFor(count: number): readonly DuplicateSet[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const twins = numbers.map((i) =>
    content(i + 1, {
      paths: [`/photos/${Math.floor(i / 10)}/${i}.jpg`, `/phone/${i === 3 ? HOSTILE : `${i} (1).jpg`}`],
      bytes: 10_000_000 - i,
      ...(i % 2 === 0 ? { exposure: frame(`${2020 - (i % 15)}:05:06 07:08:09`) } : {}),
    }),
  );
  const [one, other] = [count + 1, count + 2];
  const last = [
    content(one, { paths: ["/photos/form.jpg"] }),
    content(other, { paths: ["/photos/form, other number.jpg"], bytes: 5_000_000, width: 100 }),
  ];
  const pairs = [pair(one, other, 0.93)];
  const box = { x: 0.1, y: 0.7, width: 0.6, height: 0.2 };
  const looks = looksAt(pairs, { [`${one} ${other}`]: { verdict: "altered", regions: [{ one: box, other: box, captioned: null }] } });
  return setsOf([...twins, ...last], pairs, {}, ["/phone/1 (1).jpg.json"], looks);
}

async function writePage(place: string, sets: readonly DuplicateSet[]): Promise<void> {
  const paths = sets.flatMap((set) => [set.keeper, ...set.extras].map(({ photo }) => photo.path));
  const tally = { photos: await countByFolder([paths]), notCompared: new Map() };
  const skipped = [{ path: photoPath(`/photos/${HOSTILE}`), reason: "damaged" as const, detail: "" }];
  const one = report({ photoCount: paths.length, sets, tally, skipped, burstCount: 3 });
  const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#478" } })
    .jpeg()
    .toBuffer();
  const picture: SmallPicture = { jpeg, width: 64, height: 48 };
  async function* drawn(): AsyncGenerator<DrawnSet> {
    for (const set of sets) yield { set, pictures: new Map([set.keeper, ...set.extras].map((photo) => [photo.content.id, picture])) };
  }
  const pieces: string[] = [];
  for await (const piece of renderReportHtml(one, drawn(), readPageAssets("report"), "/photos")) pieces.push(piece);
  writeFileSync(place, pieces.join(""));
}

describeInBrowser("a report", () => {
  const folder = lastingFolder();
  let browser: Browser;

  beforeAll(async () => {
    await writePage(join(folder, "report.html"), setsFor(120));
    await writePage(join(folder, "empty.html"), []);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(options: BrowserContextOptions = {}, name = "report.html"): Promise<Page> {
    const context = await browser.newContext({ viewport: DESK, ...options });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("request", (request) => {
      if (!/^(?:file|data):/.test(request.url())) troubles.push(request.url());
    });
    onTestFinished(async () => {
      await context.close();
      expect(troubles).toEqual([]);
    });
    await page.goto(pathToFileURL(join(folder, name)).href);
    return page;
  }

  const titles = (page: Page) => page.locator("article:visible h3").allTextContents();
  const count = (page: Page) => page.locator("#count").textContent();

  describe("passes axe", () => {
    const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
      ["in the light", { colorScheme: "light" }],
      ["in the dark", { colorScheme: "dark" }],
      ["on a phone", { viewport: PHONE }],
    ];
    test.each(LOOKS)("%s", async (_, options) => {
      const page = await open(options);
      await page.evaluate(`for (const part of document.querySelectorAll("details")) part.open = true;
        for (const set of document.querySelectorAll("article")) set.style.contentVisibility = "visible";`);
      await page.evaluate(AXE);
      const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "label", "heading-order"]));
    });
  });

  test("is read as a whole without its script", async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.locator("article").count()).toBe(121);
    expect(await page.locator("#filters").isVisible()).toBe(false);
    expect(await page.locator("article img").first().isVisible()).toBe(true);
  });

  test("runs nothing that a name holds", async () => {
    const page = await open();
    await page.getByLabel("Path holds").fill("onerror");
    expect(await titles(page)).toHaveLength(1);
    expect(await page.title()).toBe("120 sets of duplicates among 242 photos");
    expect(await page.locator("article .name").nth(1).textContent()).toContain("\\u202e<script>document.title=2<\u2044script>.jpg");
  });

  test("shows fifty sets at a time, and turns pages", async () => {
    const page = await open();
    expect(await titles(page)).toHaveLength(50);
    expect(await page.locator("#previous").isDisabled()).toBe(true);
    await page.locator("#next").click();
    expect((await titles(page))[0]).toMatch(/^Set 51:/);
    await page.locator("#next").click();
    expect((await titles(page)).at(-1)).toMatch(/^Set 1: 1 extra, 5 MB/);
    expect(await page.locator(".intro:visible").textContent()).toMatch(/^Altered:/);
    expect(await page.locator("#next").isDisabled()).toBe(true);
    expect(await page.locator("#page").textContent()).toBe("Page 3 of 3");
  });

  test("is narrowed by class, path, date and similarity, and says to how many", async () => {
    const page = await open();
    await page.locator("[name=class]").selectOption("altered");
    expect([await count(page), await titles(page)]).toEqual(["1 of 121 sets", [expect.stringMatching(/0\.930$/)]]);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => count(page)).toBe("121 sets");
    await page.getByLabel("Path holds").fill("/PHOTOS/11/");
    expect(await count(page)).toBe("10 of 121 sets");
    await page.getByLabel("Taken from").fill("2015-01-01");
    expect(await count(page)).toMatch(/^[1-9] of 121 sets$/);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("Similarity from").fill("0.99");
    expect(await count(page)).toBe("120 of 121 sets");
  });

  test("is put in another order", async () => {
    const page = await open();
    await page.getByLabel("Order").selectOption("similarity");
    expect((await titles(page))[0]).toContain("0.930");
    await page.getByLabel("Order").selectOption("date");
    expect(await page.locator("article").first().getAttribute("data-taken")).toBe("2006-05-06T07:08:09");
  });

  test("shows the sets of a folder that its summary names", async () => {
    const page = await open();
    const row = page.locator("tr", { hasText: "/phone" }).first();
    expect(await row.textContent()).toMatch(/119 of 120/); // one would leave its record behind
    await row.getByRole("button").click();
    await expect.poll(() => count(page)).toBe("120 of 121 sets");
  });

  test("is gone through by keys, which can be turned off and are letters while one types", async () => {
    const page = await open();
    const focused = () => page.evaluate("document.activeElement.id");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await focused()).toBe("copies-2");
    await page.keyboard.press("k");
    expect(await focused()).toBe("copies-1");
    await page.keyboard.press("n");
    expect(await focused()).toBe("copies-51");
    await page.keyboard.press("k");
    expect(await focused()).toBe("copies-50");
    await page.keyboard.press("/");
    await page.keyboard.type("jkn");
    expect(await page.getByLabel("Path holds").inputValue()).toBe("jkn");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("Keys").uncheck();
    await page.keyboard.press("j");
    expect(await focused()).not.toMatch(/^copies/);
  });

  test("fits a phone", async () => {
    const page = await open({ viewport: PHONE });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
  });

  test("lays boxes on the picture that they belong to", async () => {
    const page = await open();
    await page.locator("[name=class]").selectOption("altered");
    const picture = await page.locator("article .picture img").first().boundingBox();
    const box = await page.locator("article .picture rect").first().boundingBox();
    if (picture === null || box === null) throw new Error("Expected a picture and a box");
    expect((box.x - picture.x) / picture.width).toBeCloseTo(0.1, 1);
    expect((box.y - picture.y) / picture.height).toBeCloseTo(0.7, 1);
    expect(box.width / picture.width).toBeCloseTo(0.6, 1);
  });

  test("prints what was asked for as a whole", async () => {
    const page = await open();
    await page.getByLabel("Path holds").fill("/phone/");
    await page.evaluate('dispatchEvent(new Event("beforeprint")), null');
    expect(await page.locator("article").count()).toBe(120);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await page.evaluate('dispatchEvent(new Event("afterprint")), null');
    expect(await page.locator("article").count()).toBe(50);
  });

  test("without a set has nothing to narrow", async () => {
    const page = await open({}, "empty.html");
    expect(await page.locator("#filters").isVisible()).toBe(false);
    expect(await page.locator("h1").textContent()).toBe("Duplicate photos");
  });

  test("of ten thousand sets is narrowed at once", async () => {
    await writePage(join(folder, "many.html"), setsFor(10_000));
    const page = await open({}, "many.html");
    const took = await page.evaluate(`(async () => {
      const field = document.querySelector("[name=path]");
      const begun = performance.now();
      field.value = "/photos/77/";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
      return performance.now() - begun;
    })()`);
    expect(await count(page)).toBe("10 of 10001 sets");
    expect(took).toBeLessThan(500);
  });
});
