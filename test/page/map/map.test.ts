/**
 * The page of a map as its reader uses it: in a real browser, opened from a file.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { joinTiles, type SpriteSheets } from "../../../src/core/map/sprite-sheet.ts";
import { readPageAssets } from "../../../src/io/pages/page-assets.ts";
import { encodeSheet } from "../../../src/io/pages/sprite-sheet.ts";
import { toScreen } from "../../../src/page/map/camera.ts";
import { renderMapHtml } from "../../../src/render/map/map-html.ts";
import { describeInBrowser, openBrowser } from "../../browser.ts";
import { libraryMap, mapPoint } from "../../library-fixtures.ts";
import { lastingFolder } from "../../temporary-folder.ts";

const DESK = { width: 1200, height: 800 };
const PHONE = { width: 390, height: 780 };
const ODD = '/photos/a/</script><img src=x onerror="document.title=1">\n"\u{1F600}".jpg';

/** Points 0 and 1 are copies, 2 and 3 a burst; 4 has an odd name, 5 no thumbnail. */
const MAP = libraryMap(
  [
    mapPoint(0.1, 0.1, { photos: ["/photos/a/first.jpg", "/photos/b/twin of first.jpg"], year: 2001 }),
    mapPoint(0.3, 0.1, { photos: ["/photos/a/second.jpg"], year: 2002 }),
    mapPoint(0.9, 0.2, { photos: ["/photos/b/burst 1.jpg"], year: 2020, outlierScore: 0.2 }),
    mapPoint(0.95, 0.3, { photos: ["/photos/b/burst 2.jpg"], year: 2020, outlierScore: 0.1 }),
    mapPoint(0.5, 0.6, { photos: [ODD] }),
    mapPoint(0.5, 1, { photos: ["/photos/c/alone.jpg"], outlierScore: 1.2 }),
  ],
  [
    { kind: "copies", points: [0, 1] },
    { kind: "burst", points: [2, 3] },
  ],
);

/** A thumbnail for the points 0 to 4, each of one colour. */
async function makeThumbnails(): Promise<SpriteSheets> {
  const tiles = [0, 1, 2, 3, 4].map((index) => ({ index, width: 64, height: 48 }));
  const pixels = tiles.map(({ index, width, height }) => ({
    data: new Uint8Array(width * height * 3).fill(20 + 40 * index),
    width,
    height,
  }));
  return { edge: 64, sheets: [{ jpeg: await encodeSheet(joinTiles(pixels, 64)), tiles }], droppedCount: 0 };
}

describeInBrowser("the map", () => {
  const folder = lastingFolder();
  let browser: Browser;

  beforeAll(async () => {
    const assets = readPageAssets("map");
    writeFileSync(join(folder, "map.html"), renderMapHtml(MAP, await makeThumbnails(), "folder", assets));
    writeFileSync(join(folder, "bare.html"), renderMapHtml(MAP, null, "outlier", assets));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, options: Parameters<Browser["newPage"]>[0] = {}) {
    const page = await browser.newPage({ viewport: DESK, reducedMotion: "reduce", ...options });
    await page.addInitScript(NOTE_FRAMES);
    const seen = watch(page);
    await page.goto(pathToFileURL(join(folder, file)).href);
    await page.waitForSelector("#map[data-camera]");
    // A page that complains, or asks anyone for anything, fails whatever else it does.
    onTestFinished(async () => {
      await page.close();
      expect(seen).toEqual({ requests: [pathToFileURL(join(folder, file)).href], errors: [] });
    });
    return page;
  }

  describe("with a mouse", () => {
    test("shows the photo under it with its name and thumbnail, and picks it with a click", async () => {
      const page = await open("map.html");
      await page.mouse.move(...(await placeOf(page, 0)));
      expect(await page.textContent("#card")).toContain("a/first.jpg and 1 with the same bytes");
      expect(await page.textContent("#card")).toContain("2001 · one of 2 in a set of copies");
      expect((await pixel(page, ...(await middleOf(page, "#card canvas")))).map((value) => Math.abs(value - 20) < 12)).toEqual([
        true,
        true,
        true,
      ]);
      await page.mouse.click(...(await placeOf(page, 0)));
      expect(await page.isHidden("#card")).toBe(true);
      expect(await page.locator("#panel .path").allTextContents()).toEqual(MAP.points[0]?.photos);
      await page.click("#panel .member");
      expect(await page.locator("#panel .path").allTextContents()).toEqual(["/photos/a/second.jpg"]);
      await page.click("#close-panel");
      expect(await page.isHidden("#panel")).toBe(true);
    });

    test("moves the map under it, zooms around it, and shows everything again", async () => {
      const page = await open("map.html");
      const whole = await cameraOf(page);
      const [x, y] = await placeOf(page, 4);
      await page.mouse.move(x, y + 60);
      await page.mouse.down();
      await page.mouse.move(x + 100, y + 30, { steps: 4 });
      await page.mouse.up();
      expect((await placeOf(page, 4)).map(Math.round)).toEqual([x + 100, y - 30].map(Math.round));
      expect(await page.isHidden("#panel")).toBe(true);
      await page.mouse.move(...(await placeOf(page, 4)));
      await page.mouse.wheel(0, -300);
      await frames(page);
      expect((await cameraOf(page)).scale).toBeCloseTo(whole.scale * Math.exp(300 * 0.0018));
      expect((await placeOf(page, 4)).map(Math.round)).toEqual([x + 100, y - 30].map(Math.round));
      await page.click("#fit");
      await frames(page);
      expect(await cameraOf(page)).toEqual(whole);
    });

    test("shows no photo any more when the map was zoomed away below it", async () => {
      const page = await open("map.html");
      const [x, y] = await placeOf(page, 5);
      await page.mouse.move(x + 8, y);
      expect(await page.textContent("#card")).toContain("c/alone.jpg");
      for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -400);
      await frames(page);
      expect(await page.isHidden("#card")).toBe(true);
    });
  });

  test("is as large as the window in its very first frame", async () => {
    const page = await open("map.html");
    await frames(page);
    const widths = await page.evaluate<number[]>("framesPainted");
    expect(widths.length).toBeGreaterThan(0);
    expect(new Set(widths)).toEqual(new Set([DESK.width]));
  });

  test("takes an odd path for text", async () => {
    const page = await open("map.html");
    await page.mouse.click(...(await placeOf(page, 4)));
    expect(await page.locator("#panel .path").allTextContents()).toEqual([ODD]);
    expect(await page.locator("#panel img").count()).toBe(0);
    expect(await page.title()).toBe("Map of 7 photos");
  });

  test("is used with the keyboard alone", async () => {
    const page = await open("map.html");
    const whole = await cameraOf(page);
    await page.focus("#map");
    await press(page, "+");
    const near = await cameraOf(page);
    expect(near.scale).toBeGreaterThan(whole.scale);
    await press(page, "ArrowRight");
    expect((await cameraOf(page)).x).toBeCloseTo(near.x + 80 / near.scale);
    await press(page, "-", "ArrowLeft", "0");
    expect(await cameraOf(page)).toEqual(whole);
    await press(page, "Tab", "Tab");
    expect(await page.textContent("#spoken")).toContain("/photos/b/burst 1.jpg. 2020 · one of 2 in a burst");
    await press(page, "Enter");
    expect(await page.locator("#panel .path").allTextContents()).toEqual(["/photos/b/burst 1.jpg"]);
    await press(page, "Shift+Tab");
    expect(await page.locator("#panel .path").first().textContent()).toBe("/photos/a/first.jpg");
    await press(page, "Escape");
    expect(await page.isHidden("#panel")).toBe(true);
    await press(page, "Escape", "Tab");
    expect(await page.locator("#map:focus").count()).toBe(0);
  });

  test("is moved and zoomed with fingers, and a tap picks a photo", async () => {
    const page = await open("map.html", { viewport: PHONE, hasTouch: true, isMobile: true });
    const whole = await cameraOf(page);
    const [x, y] = await placeOf(page, 4);
    await page.touchscreen.tap(x, y);
    expect(await page.locator("#panel .path").allTextContents()).toEqual([ODD]);
    await page.touchscreen.tap(...(await middleOf(page, "#close-panel")));
    const fingers = await touch(page);
    await fingers("touchStart", [200, 500]);
    for (const at of [480, 460, 440]) await fingers("touchMove", [200, at]);
    await fingers("touchEnd");
    expect((await placeOf(page, 4)).map(Math.round)).toEqual([x, y - 60].map(Math.round));
    await fingers("touchStart", [150, 400], [250, 400]);
    for (const by of [20, 40, 50]) await fingers("touchMove", [150 - by, 400], [250 + by, 400]);
    await fingers("touchEnd");
    expect((await cameraOf(page)).scale).toBeCloseTo(2 * whole.scale);
    expect(await page.isHidden("#panel")).toBe(true);
  });

  test("is coloured by what the reader chooses, and lets one colour stand out", async () => {
    const page = await open("map.html");
    const legend = () => page.locator("#legend-content .name").allTextContents();
    expect(await legend()).toEqual(["a", "b", "a/<", "c"]);
    const dot = await pixelAt(page, 5);
    await page.selectOption("#color", "year");
    expect(await legend()).toEqual(["2001", "2002", "2020", "no date"]);
    await page.selectOption("#color", "set");
    expect(await legend()).toEqual(["copies", "bursts", "in no set"]);
    const quiet = await pixelAt(page, 5);
    expect(quiet).not.toEqual(dot);
    await page.selectOption("#color", "outlier");
    expect(await page.locator("#legend-content .ends").textContent()).toBe("commonisolated");
    expect(await pixelAt(page, 5)).not.toEqual(quiet);
    await page.selectOption("#color", "folder");
    expect(await pixelAt(page, 5)).toEqual(dot);
    await page.click("#legend-content .group:first-child");
    expect(await pixelAt(page, 5)).toEqual(quiet);
    await page.click("#legend-content .group:first-child");
    expect(await pixelAt(page, 5)).toEqual(dot);
  });

  test("joins sets by lines, and shows pictures, as long as these are wanted", async () => {
    const page = await open("map.html");
    const between = async () => pixel(page, ...middle(await placeOf(page, 0), await placeOf(page, 1)));
    const background = await pixel(page, 600, 60);
    expect(await between()).not.toEqual(background);
    await page.uncheck("#lines");
    expect(await between()).toEqual(background);
    expect((await pixelAt(page, 4)).map((value) => Math.abs(value - 180) < 12)).toEqual([true, true, true]);
    await page.uncheck("#pictures");
    expect((await pixelAt(page, 4)).map((value) => Math.abs(value - 180) < 12)).not.toEqual([true, true, true]);
  });

  test("works without thumbnails, begins with the colour asked for, and is dark in the dark", async () => {
    const page = await open("bare.html", { colorScheme: "dark" });
    expect(await page.inputValue("#color")).toBe("outlier");
    expect(await page.isDisabled("#pictures")).toBe(true);
    expect(Math.max(...(await pixel(page, 600, 60)))).toBeLessThan(60);
    await page.mouse.click(...(await placeOf(page, 2)));
    expect(await page.locator("#panel canvas").count()).toBe(0);
    expect(await page.locator("#panel .path").allTextContents()).toEqual(["/photos/b/burst 1.jpg"]);
    await page.emulateMedia({ colorScheme: "light" });
    expect(Math.min(...(await pixel(page, 600, 60)))).toBeGreaterThan(200);
  });
});

/** Keeps the width of every frame that the page paints. */
const NOTE_FRAMES = `
  globalThis.framesPainted = [];
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (image, x, y) {
    framesPainted.push(image.width);
    putImageData.call(this, image, x, y);
  };
`;

/** What the page asks for, pictures that it carries apart, and what it complains of. */
function watch(page: Page) {
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => void (request.url().startsWith("data:") || requests.push(request.url())));
  page.on("console", (message) => void errors.push(message.text()));
  page.on("pageerror", (error) => void errors.push(String(error)));
  return { requests, errors };
}

/** Until what was asked for is drawn. */
async function frames(page: Page): Promise<void> {
  await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
  await frames(page);
}

async function cameraOf(page: Page) {
  const [x, y, scale] = ((await page.getAttribute("#map", "data-camera")) ?? "").split(" ").map(Number) as [number, number, number];
  return { x, y, scale };
}

/** Where a point of the map stands on the screen. */
async function placeOf(page: Page, point: number): Promise<[x: number, y: number]> {
  await frames(page);
  const { x, y } = MAP.points[point] as (typeof MAP.points)[number];
  return [...toScreen(await cameraOf(page), page.viewportSize() ?? DESK, x, y)];
}

async function middleOf(page: Page, selector: string): Promise<[x: number, y: number]> {
  const { x, y, width, height } = (await page.locator(selector).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return [x + width / 2, y + height / 2];
}

const middle = (one: readonly [number, number], other: readonly [number, number]) =>
  [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] as const;

/** Red, green and blue at a place of the screen. */
async function pixel(page: Page, x: number, y: number): Promise<readonly number[]> {
  await frames(page);
  return firstPixel(await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } }));
}

async function firstPixel(png: Buffer): Promise<readonly number[]> {
  return [...(await sharp(png).removeAlpha().raw().toBuffer())].slice(0, 3);
}

const pixelAt = async (page: Page, point: number) => pixel(page, ...(await placeOf(page, point)));

/** Fingers at places of the screen; playwright itself only taps. */
async function touch(page: Page) {
  const session = await page.context().newCDPSession(page);
  return async (type: "touchStart" | "touchMove" | "touchEnd", ...places: readonly (readonly [x: number, y: number])[]) => {
    await session.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) });
    await frames(page);
  };
}
