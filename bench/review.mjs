/**
 * How quickly a review answers: its first page, the next set, and a choice.
 *
 *     node bench/review.mjs [sets=10000]
 *
 * A made-up report of that many sets of two to four photos, whose files are links to the example photos. The page is that of the program,
 * in Chromium (`CHROMIUM_PATH`, else /usr/bin/chromium). A set stands there when its words do and both its pictures are decoded; between
 * two keys a person looks for a third of a second.
 */
import { mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveReview } from "../dist/commands/review/serve-review.js";
import { candidateOf } from "../dist/core/duplicates/merits.js";
import { NO_EXPOSURE } from "../dist/core/photos/exposure.js";
import { DecisionsFile } from "../dist/io/decisions/decisions-file.js";
import { ReviewFile } from "../dist/io/review/review-file.js";
import { ReviewSession } from "../dist/pipeline/review/review-session.js";
import { atMost, figure, median, numberArgument, printRatios, printRaw, secondsOf } from "./measure.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const TARGET_FIRST = 1;
const TARGET_NEXT = 0.1;
const STEPS = 40;
const LOOKING_MS = 333;
/** Large photos would make this a benchmark of decoding. */
const SMALL_BYTES = 200_000;

const count = numberArgument(0, 10_000, 100);
const folder = makeTemporaryFolder();
const examples = fileURLToPath(new URL("../examples/photos/originals", import.meta.url));
const photos = readdirSync(examples).filter((name) => name.endsWith(".jpg") && statSync(join(examples, name)).size < SMALL_BYTES);
const sets = Array.from({ length: count }, (_, number) => madeSet(number));

const library = join(folder, "library.db");
const begun = performance.now();
const ports = { store: new ReviewFile(library), decisions: new DecisionsFile(library), now: () => new Date().toISOString() };
const session = await ReviewSession.open({ sets }, { folders: [], protectedFolders: [] }, ports);
printRaw(`${count} sets put in order in ${secondsOf((performance.now() - begun) / 1000)}`);

const stop = new AbortController();
const url = await new Promise((resolve) => {
  const writeError = (/** @type {string} */ text) => resolve(/http:\/\/\S+/.exec(text)?.[0]);
  const host = /** @type {any} */ ({ writeError, isTerminal: false, workingFolder: folder, stop: stop.signal });
  void serveReview(session, () => Promise.reject(new Error("no plan")), { port: 0, opener: null }, host);
});
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
await page.goto("about:blank");
const opened = performance.now();
await page.goto(url);
await page.waitForFunction("document.querySelector('#position').textContent.startsWith('Set ')");
const first = (performance.now() - opened) / 1000;

const next = await timesOf("ArrowRight");
const choice = await timesOf("k");
const alike = await timeOfAll();
await browser.close();
stop.abort();

printRaw(`first page ${secondsOf(first)}; ${STEPS} sets each, in milliseconds, median and the slowest:`);
printRaw(`next: words ${told(next.words)}, with both pictures ${told(next.pictures)}`);
printRaw(`a choice, and the next set: words ${told(choice.words)}, with both pictures ${told(choice.pictures)}`);
printRaw(`the same for all others ${secondsOf(alike)}`);
printRatios("review", [
  atMost("first page", first / TARGET_FIRST, 1),
  atMost("next set", median(next.pictures) / TARGET_NEXT, 1),
  atMost("choice and next set", median(choice.pictures) / TARGET_NEXT, 1),
  figure("the same for all, in s", alike),
]);

/** @param {string} key */
async function timesOf(key) {
  const words = [];
  const pictures = [];
  for (let i = 0; i < STEPS; i++) {
    await page.waitForTimeout(LOOKING_MS);
    const [told, shown] = /** @type {[number, number]} */ (
      await page.evaluate(`(async () => {
      const position = document.querySelector("#position");
      const before = position.textContent;
      const begun = performance.now();
      dispatchEvent(new KeyboardEvent("keydown", { key: ${JSON.stringify(key)} }));
      while (position.textContent === before) await new Promise((resolve) => setTimeout(resolve, 1));
      const told = performance.now() - begun;
      await Promise.all([...document.querySelectorAll(".paper img")].map((image) => image.decode()));
      return [told / 1000, (performance.now() - begun) / 1000];
    })()`)
    );
    words.push(told);
    pictures.push(shown);
  }
  return { words, pictures };
}

/** Every set that is left, chosen in one go. */
async function timeOfAll() {
  const from = performance.now();
  await page.keyboard.press("a");
  await page.keyboard.press("a");
  await page.waitForFunction("document.querySelector('#message').textContent.startsWith('The same is chosen')");
  return (performance.now() - from) / 1000;
}

/** @param {readonly number[]} seconds */
function told(seconds) {
  return [median(seconds), Math.max(...seconds)].map((each) => Math.round(each * 1000)).join(" ");
}

/** @param {number} number */
function madeSet(number) {
  const members = Array.from({ length: 2 + (number % 3) }, (_, member) => {
    const path = join(folder, member === 0 ? "a" : "b", `${number}-${member}.jpg`);
    mkdirSync(join(path, ".."), { recursive: true });
    symlinkSync(join(examples, photos[(number + member) % photos.length] ?? ""), path);
    const id = number * 4 + member;
    const facts = {
      width: 800,
      height: 534,
      format: "jpeg",
      exposure: NO_EXPOSURE,
      exifFields: 0,
      pixelsHash: null,
      bits: 8,
      hasPlace: false,
    };
    const photo = { path, modifiedMs: 0, changedMs: 0, fileId: `1:${id}` };
    const hash = id.toString(16).padStart(64, "0");
    const content = { id, hash, bytes: 100_000, facts: { ...facts, editor: false, inside: [] }, detail: 0.5, photos: [photo] };
    return candidateOf(/** @type {any} */ (content), /** @type {any} */ (photo), []);
  });
  const [keeper, ...others] = members;
  const similarity = 0.8 + (number % 1000) / 10_000;
  const extras = others.map((extra) => ({ ...extra, class: "same-picture", similarity, look: null, parted: [] }));
  const set = {
    kind: "copies",
    keeper,
    keeperReason: { rule: "bytes" },
    extras,
    outside: [],
    lowestSimilarity: similarity,
    reclaimableBytes: 0,
  };
  return /** @type {any} */ (set);
}
