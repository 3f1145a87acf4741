/**
 * The page of `dupfind review` as its reader uses it: in a real browser, over a real library, down to the clean-up and back.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { standingDecisions } from "../../../src/core/decisions/decisions.ts";
import { DecisionsFile } from "../../../src/io/decisions/decisions-file.ts";
import { describeInBrowser, openBrowser } from "../../browser.ts";
import { PROGRAM } from "../../built-program.ts";
import { plantTree, type Tree } from "../../cli/cleanup/tree.ts";
import { PHOTOS } from "../../photos.ts";
import { lastingFolder } from "../../temporary-folder.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 390, height: 780 };

describeInBrowser("the page of review", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  /** The real program, at work. */
  async function start(tree: Tree, ...args: readonly string[]) {
    const child: ChildProcess = spawn(process.execPath, [PROGRAM, "review", ...args], { cwd: tree.folder, env: tree.env, stdio: "pipe" });
    onTestFinished(() => void child.kill("SIGKILL"));
    let [said, answered] = ["", ""];
    child.stdout?.on("data", (text) => {
      answered += text;
    });
    const closed = once(child, "close");
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr?.on("data", (text) => {
        said += text;
        const [found] = /http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      void closed.then(() => reject(new Error(said)));
    });
    const ended = async () => {
      const [code] = await closed;
      return { code, said, answered };
    };
    return { url, ended, child };
  }

  /** A page that complains, or asks anyone else for anything, fails whatever else it does. */
  async function open(url: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, ...options });
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith("data:")) foreign.push(request.url());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(url);
    onTestFinished(async () => {
      await page.close();
      expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
    });
    return page;
  }

  /** Decoders of HEIC take their time. */
  const SOON = { timeout: 20_000 };
  const shows = (page: Page, text: string) => expect.poll(() => page.textContent("#position"), SOON).toBe(text);
  const says = (page: Page, text: string) => expect.poll(() => page.textContent("#message"), SOON).toContain(text);

  function scanned(folder?: string): Tree {
    const tree = plantTree(folder);
    cpSync(PHOTOS.forest, tree.at("photos/phone/forest.jpg"));
    mkdirSync(tree.at("photos/album"));
    cpSync(PHOTOS.forest, tree.at("photos/album/forest.jpg"));
    expect(tree.scan().code).toBe(0);
    return tree;
  }

  test("is reviewed by keyboard down to a plan, which the program applies and undoes", async () => {
    const tree = scanned();
    const before = tree.files();
    const { url, ended } = await start(tree);
    const page = await open(url);
    // Of IMG_2682 the export is a near copy, and stands first.
    await shows(page, "Set 1 of 4");
    expect(await page.textContent("#class")).toBe("same picture");
    expect(await page.textContent("#keeper .path")).toMatch(/^1 {2}photos\/(?:phone|backup)\/IMG_2682\.heic$/);
    await expect
      .poll(() => page.evaluate("[...document.querySelectorAll('.paper img')].map((image) => image.naturalWidth > 0)"), SOON)
      .toEqual([true, true]);
    await page.keyboard.press("n");
    await shows(page, "Set 2 of 4");
    await page.keyboard.press("u");
    await shows(page, "Set 1 of 4");
    await says(page, "Taken back.");
    await page.keyboard.press("x");
    await shows(page, "Set 2 of 4");
    const second = await page.textContent("#keeper .path");
    await page.keyboard.press("2");
    await expect.poll(() => page.textContent("#keeper .path"), SOON).toMatch(/^2 {2}/);
    await page.keyboard.press("Enter");
    await shows(page, "Set 3 of 4");
    await page.keyboard.press("k");
    await shows(page, "Set 4 of 4");
    expect(await page.textContent("#progress")).toMatch(/^3 of 4 chosen, \d photos go$/);
    expect(tree.files()).toEqual(before);
    await page.keyboard.press("p");
    await expect.poll(() => page.textContent("#message code"), SOON).toBe("dupfind apply plan.json");
    expect(await ended()).toMatchObject({ code: 0, answered: expect.stringContaining("dupfind apply plan.json") });

    const plan = JSON.parse(readFileSync(tree.at("plan.json"), "utf8"));
    expect(plan.steps.every((step: { readonly reviewed: boolean }) => step.reviewed)).toBe(true);
    const going: readonly string[] = plan.steps.map((step: { readonly extra: { readonly path: string } }) => step.extra.path);
    expect(going).toContain(tree.at((second ?? "").replace(/^1 {2}/, "")));
    expect(tree.files()).toEqual(before);
    expect(tree.run("apply", "plan.json", "--yes")).toMatchObject({ code: 0 });
    expect(going.filter((path) => existsSync(path))).toEqual([]);
    expect(tree.run("undo")).toMatchObject({ code: 0 });
    expect(tree.files()).toEqual(before);
  });

  test("keeps every choice where it is broken off, and goes on from there", async () => {
    const tree = scanned();
    const first = await start(tree);
    const page = await open(first.url);
    await shows(page, "Set 1 of 4");
    await page.keyboard.press("n");
    await shows(page, "Set 2 of 4");
    await page.keyboard.press("x");
    await shows(page, "Set 3 of 4");
    first.child.kill("SIGINT");
    const { code, said, answered } = await first.ended();
    expect({ code, answered }, said).toEqual({
      code: 130,
      answered: expect.stringContaining("Every choice is kept.\nTo continue: dupfind review"),
    });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
    await shows(page, "dupfind has ended. Every choice that was made is kept.");
    const { decisions } = await new DecisionsFile(tree.at("library.db")).read();
    expect(standingDecisions(decisions).map(({ verdict }) => verdict)).toEqual(["not-duplicates"]);

    const again = await start(tree);
    const later = await open(again.url);
    await expect.poll(() => later.textContent("#progress"), SOON).toMatch(/^1 of \d chosen, 1 photos go$/);
  });

  test("zooms both pictures together, lays the extra on the keeper, and takes touch", async () => {
    const tree = scanned();
    const { url } = await start(tree);
    const page = await open(url, { viewport: PHONE, hasTouch: true, colorScheme: "dark" });
    await shows(page, "Set 1 of 4");
    const transforms = () => page.evaluate("[...document.querySelectorAll('.sheet')].map((sheet) => sheet.style.transform)");
    await page.keyboard.press("+");
    expect(await transforms()).toEqual(Array(2).fill("translate(-25%, -25%) scale(1.5)"));
    await page.keyboard.press("0");
    expect(await transforms()).toEqual(Array(2).fill("translate(0%, 0%) scale(1)"));
    await page.keyboard.press("f");
    expect(await page.locator("#keeper .over").count()).toBe(1);
    await page.keyboard.press("f");
    expect(await page.locator("#keeper .over").count()).toBe(0);
    const [a, b] = [await page.locator("#keeper").boundingBox(), await page.locator("#extra").boundingBox()];
    expect(a?.x).toBe(b?.x);
    for (const side of ["keeper", "extra"]) {
      const [stage, paper] = [await page.locator(`#${side} .stage`).boundingBox(), await page.locator(`#${side} .paper`).boundingBox()];
      expect((paper?.y ?? 1e9) + (paper?.height ?? 0)).toBeLessThanOrEqual((stage?.y ?? 0) + (stage?.height ?? 0) + 1);
    }
    for (const button of await page.locator("nav button").all()) {
      const box = await button.boundingBox();
      expect((box?.y ?? 1e9) + (box?.height ?? 0)).toBeLessThanOrEqual(780);
    }
    await page.tap("#do-keep-all");
    await shows(page, "Set 2 of 4");
  });

  describe("passes axe", () => {
    let tree: Tree;
    const folder = lastingFolder();
    beforeAll(() => {
      tree = scanned(folder);
      return () => rmSync(folder, { recursive: true });
    });

    const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
      ["in the light", { colorScheme: "light" }],
      ["in the dark", { colorScheme: "dark" }],
      ["on a phone", { viewport: PHONE, hasTouch: true }],
    ];
    test.each(LOOKS)("%s, with the divider and at the end too", async (_, options) => {
      rmSync(tree.at("library.db.review.jsonl"), { force: true });
      const { url } = await start(tree);
      // The page's policy lets no script in but its own, which is no matter of what axe looks at.
      const page = await open(url, { ...options, bypassCSP: true });
      await shows(page, "Set 1 of 4");
      await page.keyboard.press("x");
      await shows(page, "Set 2 of 4");
      await page.evaluate(AXE);
      const faults = async () => {
        const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
        expect(passes.map(({ id }) => id)).toContain("color-contrast");
        return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
      };
      expect(await faults()).toEqual([]);
      await page.keyboard.press("s");
      expect(await faults()).toEqual([]);
      await page.keyboard.press("p");
      await expect.poll(() => page.textContent("#message code"), SOON).toBe("dupfind apply plan.json");
      expect(await faults()).toEqual([]);
    });
  });

  test("slides a divider over both by key, mouse and touch", async () => {
    const tree = scanned();
    const { url } = await start(tree);
    const page = await open(url, { hasTouch: true });
    await shows(page, "Set 1 of 4");
    const divider = page.locator("#keeper .divider");
    const value = async () => Number(await divider.getAttribute("aria-valuenow"));
    const width = async () => (await page.locator("#keeper .stage").boundingBox())?.width ?? 0;
    const before = await width();
    await page.click("#do-slide");
    expect([await value(), (await width()) > before * 1.2]).toEqual([50, true]);
    // Arrows move the divider, and go to another set as before where it is not in focus.
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    expect(await value()).toBe(62);
    await page.keyboard.press("Home");
    expect(await value()).toBe(0);
    await page.keyboard.press("End");
    expect(await page.locator("#keeper .half").getAttribute("style")).toContain("clip-path: inset(0px 0px 0px 100%)");
    expect(await page.textContent("#position")).toBe("Set 1 of 4");
    const dragTo = async (share: number, move: (x: number, y: number) => Promise<void>) => {
      const paper = await page.locator("#keeper .paper").boundingBox();
      if (paper === null) throw new Error("There is no picture");
      await move(paper.x + paper.width * share, paper.y + paper.height / 2);
    };
    await dragTo(1, (x, y) => page.mouse.move(x - 3, y));
    await page.mouse.down();
    await dragTo(0.25, (x, y) => page.mouse.move(x, y));
    await page.mouse.up();
    expect(await value()).toBe(25);
    const touches = await page.context().newCDPSession(page);
    const touch = (type: string, x: number, y: number) =>
      touches.send("Input.dispatchTouchEvent", { type: type as "touchStart", touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    await dragTo(0.25, async (x, y) => void (await touch("touchStart", x, y)));
    await dragTo(0.75, async (x, y) => void (await touch("touchMove", x, y)));
    await touch("touchEnd", 0, 0);
    expect(await value()).toBe(75);
    // Enlarged, it stays where it is in the picture, and as wide as a finger.
    await page.keyboard.press("+");
    expect(Math.round((await divider.boundingBox())?.width ?? 0)).toBe(44);
    await page.keyboard.press("s");
    expect(await divider.count()).toBe(0);
    expect(await width()).toBeCloseTo(before, 0);
    await page.keyboard.press("ArrowRight");
    await shows(page, "Set 2 of 4");
  });
});
