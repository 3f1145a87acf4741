/**
 * The whole way of a person with a household's photos, by the program as it is installed: scan, a report with pictures, a review by
 * keyboard, the plan, its clean-up, and all of it back.
 *
 *     node bench/whole-way.mjs [groups=900] [sets=50]
 *
 * The library is the realistic one (`realistic-library.mjs`), about two files a group. Of the sets every third keeps all, as somebody would
 * who looks. A set stands there when its words do and both its pictures are decoded. At the end every file has the hash, the time and the
 * rights that it had. `--keep <folder>` leaves everything there, with screenshots; `--library <folder>` takes a library that was built before.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { figure, median, printRatios, printRaw, secondsOf } from "./measure.mjs";
import { buildLibrary, EXAMPLE_PHOTOS } from "./realistic-library/build.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
/** A person looks this long, and no set is there for longer. */
const LOOKING_MS = 333;
/** In the page: a set's words stand there, and both its pictures are decoded or known to be none. */
const IS_SHOWN =
  '(document.querySelector("#position").textContent.startsWith("Set ") && [...document.querySelectorAll(".paper img")].length === 2 && [...document.querySelectorAll(".paper img")].every((image) => image.complete))';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: "string" }, library: { type: "string" } } });
const [groups = 900, setCount = 50] = positionals.map(Number);
const folder = values.keep === undefined ? makeTemporaryFolder() : resolve(values.keep);
const photos = values.library === undefined ? join(folder, "photos") : realpathSync(values.library);
const env = { ...process.env, DUPFIND_DB: join(folder, "library.db"), XDG_DATA_HOME: join(folder, "data") };
mkdirSync(folder, { recursive: true });
if (values.library === undefined) await buildLibrary(photos, { groups, seed: 1, photos: EXAMPLE_PHOTOS });

const before = stateOf(photos);
const scan = timed("scan", photos, "--quiet");
const report = timed("report", "-o", join(folder, "report.html"), "--quiet");
const totals = JSON.parse(run("report", "--json").stdout).totals;
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const reportPage = await timeToOpen(pathToFileURL(join(folder, "report.html")).href, "h1");
const review = await reviewed();
await browser.close();
const planned = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")).steps.length;
const apply = timed("apply", join(folder, "plan.json"), "--yes", "--quiet");
const gone = before.size - stateOf(photos).size;
const undo = timed("undo", "--quiet");
const after = stateOf(photos);
const wrong = [...before].filter(([path, state]) => after.get(path) !== state).length + (after.size - before.size);

const pageBytes = statSync(join(folder, "report.html")).size;
printRaw(`${before.size} files; ${totals.sets} sets, ${totals.extras} extras; scan ${secondsOf(scan)}`);
printRaw(`report with pictures ${secondsOf(report)}, ${Math.round(pageBytes / 1e5) / 10} MB, opened in ${secondsOf(reportPage)}`);
printRaw(
  `review: first page ${told([review.first])} ms; next set, median and slowest of ${review.next.length}: ${told(review.next)} ms; plan ${secondsOf(review.plan)}`,
);
printRaw(`${planned} steps, ${gone} files: apply ${secondsOf(apply)}, undo ${secondsOf(undo)}; ${wrong} files that are not as they were`);
printRatios("whole way", [
  figure("review, first page, in ms", review.first * 1000),
  figure("next set, in ms", median(review.next) * 1000),
  figure("apply, in ms a step", (apply * 1000) / planned),
  figure("undo, in ms a step", (undo * 1000) / planned),
  figure("files that are not as they were", wrong),
]);
if (wrong > 0) process.exitCode = 1;

/** Sets are chosen for until so many are; then the plan is written. */
async function reviewed() {
  const child = spawn(process.execPath, [PROGRAM, "review", "--opener", "none", "--plan", join(folder, "plan.json")], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const closed = new Promise((done) => child.on("close", done));
  const url = await new Promise((found) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const address = /http:\/\/\S+/.exec(said)?.[0];
      if (address !== undefined) found(address);
    });
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, bypassCSP: true });
  const begun = performance.now();
  await page.goto(url);
  await page.waitForFunction(IS_SHOWN);
  const first = (performance.now() - begun) / 1000;
  const next = [];
  for (let set = 0; set < setCount; set++) {
    if (values.keep !== undefined && set % 10 === 0) await page.screenshot({ path: join(folder, `review-${set}.png`) });
    await page.waitForTimeout(LOOKING_MS);
    const position = await page.textContent("#position");
    const from = performance.now();
    await page.keyboard.press(set % 3 === 2 ? "k" : "x");
    await page.waitForFunction(`document.querySelector("#position").textContent !== ${JSON.stringify(position)} && ${IS_SHOWN}`);
    next.push((performance.now() - from) / 1000);
  }
  const from = performance.now();
  await page.keyboard.press("p");
  await page.waitForSelector("#message code");
  await closed;
  return { first, next, plan: (performance.now() - from) / 1000 };
}

/** @param {string} url @param {string} selector */
async function timeToOpen(url, selector) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const from = performance.now();
  await page.goto(url);
  await page.waitForSelector(selector);
  const seconds = (performance.now() - from) / 1000;
  if (values.keep !== undefined) await page.screenshot({ path: join(folder, "report.png") });
  await page.close();
  return seconds;
}

/** @param {readonly string[]} args @returns seconds that it took */
function timed(...args) {
  const from = performance.now();
  run(...args);
  return (performance.now() - from) / 1000;
}

/** @param {readonly string[]} args */
function run(...args) {
  const done = spawnSync(process.execPath, [PROGRAM, ...args], { env, cwd: folder, encoding: "utf8", maxBuffer: 1e9 });
  if (done.status !== 0) throw new Error(`dupfind ${args.join(" ")} ended with ${done.status}: ${done.stderr}${done.stdout}`);
  return done;
}

/** @param {string} root @returns hash, time and rights of every file, by its path */
function stateOf(root) {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name));
  return new Map(
    files.flatMap((path) => {
      const { mtimeNs, mode } = lstatSync(path, { bigint: true });
      if (!lstatSync(path).isFile()) return [];
      return [[path, `${createHash("sha256").update(readFileSync(path)).digest("hex")} ${mtimeNs} ${mode}`]];
    }),
  );
}

/** @param {readonly number[]} seconds */
function told(seconds) {
  return [...new Set([median(seconds), Math.max(...seconds)])].map((each) => Math.round(each * 1000)).join(" ");
}
