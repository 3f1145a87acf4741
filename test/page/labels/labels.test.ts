/**
 * The page of `dupfind label` as its reader uses it: in a real browser, from the server that the command runs.
 */
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { LabelReply } from "../../../src/core/labels/question.ts";
import { startLabelServer } from "../../../src/io/labels/label-server.ts";
import type { Turn } from "../../../src/io/labels/label-turns.ts";
import { readPageAssets } from "../../../src/io/pages/page-assets.ts";
import { renderAskingPage, renderShowingPage } from "../../../src/render/labels/label-page.ts";
import { describeInBrowser, openBrowser } from "../../browser.ts";

const ODD = `/photos/<img src=x onerror="document.title=1">\n"\u{1F600}".jpg`;
const ENDED = "dupfind has ended. Every answer that was given is kept.";

/** Of pictures 10 + `number` and 20 + `number` pixels wide; a path with "lost" in it has none. */
function turn(number: number, paths: readonly [string, string] = [`/photos/1${number}.jpg`, `/photos/2${number}.jpg`]): Turn {
  const photos = paths.map((path) => ({ path, facts: `facts of ${path}` })) as [Turn["view"]["photos"][0], Turn["view"]["photos"][0]];
  return { view: { number, total: 5, similarity: "0.912", counts: `${number - 1} same`, photos }, photos: paths };
}

async function thumbnail(path: string): Promise<Uint8Array | null> {
  if (path.includes("lost")) return null;
  const width = Number(/(\d\d)\.jpg$/.exec(path)?.[1] ?? 50);
  return sharp({ create: { width, height: 30, channels: 3, background: "#456" } })
    .jpeg()
    .toBuffer();
}

describeInBrowser("the page of label", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function serve(mode: "asking" | "showing") {
    const page = mode === "asking" ? renderAskingPage : renderShowingPage;
    const server = await startLabelServer({ page, assets: readPageAssets("labels"), thumbnail, takesReplies: mode === "asking" });
    let isOpen = true;
    const close = async (text: string) => {
      if (isOpen) await server.close(text);
      isOpen = false;
    };
    onTestFinished(() => close(""));
    return { ...server, close };
  }

  /** A page that complains, or asks anyone else for anything, fails whatever else it does. */
  async function open(url: string, options: { readonly complains?: boolean } & Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
    const { complains = false, ...rest } = options;
    const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, ...rest });
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith("data:")) foreign.push(request.url());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(url);
    onTestFinished(async () => {
      await page.close();
      expect(foreign).toEqual([]);
      if (!complains) expect(errors).toEqual([]);
    });
    return page;
  }

  const shows = (page: Page, text: string) => expect.poll(() => page.textContent("#question")).toContain(text);

  /** Natural widths of both pictures, once they are there and seen. */
  const widths = (page: Page) =>
    expect.poll(async () => {
      const isSeen = (await page.isVisible("#a")) && (await page.isVisible("#b"));
      return isSeen && page.evaluate("[...document.images].map((image) => image.naturalWidth)");
    });

  test("shows both photos with their names and facts, sharp and side by side", async () => {
    const server = await serve("asking");
    void server.ask(turn(1));
    const page = await open(server.url);
    await shows(page, "Question 1 of 5, similarity 0.912");
    expect(await page.textContent("#counts")).toBe("0 same");
    expect(await page.locator("figcaption span").allTextContents()).toEqual(["/photos/11.jpg", "/photos/21.jpg"]);
    expect(await page.textContent("#b-facts")).toBe("facts of /photos/21.jpg");
    await widths(page).toEqual([11, 21]);
    const [a, b] = [await page.locator("#a").boundingBox(), await page.locator("#b").boundingBox()];
    expect(a?.y).toBe(b?.y);
    expect((b?.x ?? 0) - (a?.x ?? 0)).toBeGreaterThan(400);
  });

  test("puts the photos above each other on a phone, with every button in sight", async () => {
    const server = await serve("asking");
    void server.ask(turn(1));
    const page = await open(server.url, { viewport: { width: 390, height: 780 }, hasTouch: true });
    await shows(page, "Question 1");
    const [a, b] = [await page.locator("#a").boundingBox(), await page.locator("#b").boundingBox()];
    expect(a?.x).toBe(b?.x);
    for (const button of await page.locator("button").all()) {
      const box = await button.boundingBox();
      expect((box?.y ?? 1e9) + (box?.height ?? 0)).toBeLessThanOrEqual(780);
    }
  });

  test("replies by button and by key, in capitals too, and shows the next question", async () => {
    const server = await serve("asking");
    const first = server.ask(turn(1));
    const page = await open(server.url);
    await shows(page, "Question 1");
    const replies: LabelReply[] = [];
    const give: readonly (() => Promise<void>)[] = [
      () => page.click("text=Same picture"),
      () => page.keyboard.press("d"),
      () => page.keyboard.press("U"),
      () => page.click("text=Back"),
    ];
    let asked = first;
    for (const [i, press] of give.entries()) {
      await press();
      replies.push(await asked);
      asked = server.ask(turn(i + 2));
      await shows(page, `Question ${i + 2}`);
      await widths(page).toEqual([12 + i, 22 + i]);
    }
    expect(replies).toEqual(["same", "different", "unsure", "back"]);
    await page.click("text=Done");
    expect(await asked).toBe("quit");
    await server.close("Done: 1 same.");
    await shows(page, "Done: 1 same.");
    expect(await page.locator("main, nav").count()).toBe(0);
  });

  test("takes no key that is held, part of a shortcut or pressed while the next question is on its way", async () => {
    const server = await serve("asking");
    const first = server.ask(turn(1));
    const page = await open(server.url);
    await shows(page, "Question 1");
    await page.keyboard.press("Control+s");
    await page.keyboard.press("x");
    await page.evaluate('dispatchEvent(new KeyboardEvent("keydown", { key: "q", repeat: true }))');
    await page.keyboard.press("s");
    await page.keyboard.press("q");
    await page.keyboard.press("d");
    expect(await first).toBe("same");
    const second = server.ask(turn(2));
    await shows(page, "Question 2");
    await page.keyboard.press("u");
    expect(await second).toBe("unsure");
  });

  test("takes one reply where it is open in two tabs, and the other comes along", async () => {
    const server = await serve("asking");
    const first = server.ask(turn(1));
    const [one, other] = [await open(server.url), await open(server.url)];
    await shows(one, "Question 1");
    await shows(other, "Question 1");
    await one.keyboard.press("s");
    expect(await first).toBe("same");
    const second = server.ask(turn(2));
    await shows(one, "Question 2");
    await other.keyboard.press("d"); // to the question that it still shows
    await shows(other, "Question 2");
    await other.keyboard.press("u");
    expect(await second).toBe("unsure");
  });

  test("follows what is asked on the terminal, in every tab, and takes no reply", async () => {
    const server = await serve("showing");
    server.show(turn(1));
    const [one, other] = [await open(server.url), await open(server.url)];
    for (const page of [one, other]) await shows(page, "Question 1");
    expect(await one.textContent("nav")).toContain("Answer in the terminal: s same, d different, u unsure, b back, q quit.");
    expect(await one.locator("button").count()).toBe(0);
    await one.keyboard.press("s");
    server.show(turn(2));
    for (const page of [one, other]) {
      await shows(page, "Question 2");
      await widths(page).toEqual([12, 22]);
    }
    await server.close("That was all.");
    for (const page of [one, other]) await shows(page, "That was all.");
  });

  test("says so where a photo cannot be shown, and takes an odd name for text", async () => {
    const server = await serve("asking");
    void server.ask(turn(1, [ODD, "/photos/lost.jpg"]));
    const page = await open(server.url, { complains: true }); // of the picture that is not there
    await shows(page, "Question 1");
    expect(await page.textContent("#a-path")).toBe(ODD);
    await expect.poll(() => page.getAttribute("#b", "alt")).toBe("/photos/lost.jpg cannot be shown");
    await expect.poll(() => page.isVisible("#b")).toBe(true);
    expect(await page.title()).toBe("dupfind: the same picture?");
  });

  test("says that dupfind has ended when it has", async () => {
    const server = await serve("asking");
    void server.ask(turn(1));
    const page = await open(server.url, { complains: true }); // of the connection that is refused
    await shows(page, "Question 1");
    await server.close("unseen");
    await page.keyboard.press("s");
    await shows(page, ENDED);
  });
});
