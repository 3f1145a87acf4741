/**
 * Makes the pictures of the documents again: docs/images/report.webp and docs/images/review.webp, of the example photos alone.
 *
 *     npm run build && node scripts/write-screenshots.mjs
 *
 * The photos are copied to a folder of their own, which the pictures call /home/ann. Takes Chromium (`CHROMIUM_PATH`, else /usr/bin/chromium).
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, "dist/dupfind.cjs");
const images = join(root, "docs/images");
const SHOWN_AS = "/home/ann";
/** Set that the review is shown at: one that was altered, with boxes. */
const SET = 1;
const SIZE = { width: 1200, height: 800 };
const BYTES_AT_MOST = 200_000;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "dupfind-images-")));
try {
  for (const name of ["originals", "copies"])
    cpSync(join(root, "examples/photos", name), join(folder, "Photos", name), { recursive: true });
  mkdirSync(images, { recursive: true });
  run("scan", "Photos");
  run("report", "--keep", "folder:Photos/originals", "-o", "report.html");
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  await drawReport(browser);
  await drawReview(browser);
  await browser.close();
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {import("playwright-core").Browser} browser */
async function drawReport(browser) {
  const page = await browser.newPage({ viewport: SIZE, bypassCSP: true });
  await page.goto(pathToFileURL(join(folder, "report.html")).href);
  await renameFolder(page);
  await page.evaluate("scrollTo(0, document.querySelector('article').offsetTop - 12)");
  await save(await page.screenshot(), "report.webp");
}

/** @param {import("playwright-core").Browser} browser */
async function drawReview(browser) {
  const child = spawn(process.execPath, [program, "review", "--opener", "none"], {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await new Promise((found) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const address = /http:\/\/\S+/.exec(said)?.[0];
      if (address !== undefined) found(address);
    });
  });
  const page = await browser.newPage({ viewport: SIZE, bypassCSP: true });
  await page.goto(url);
  for (let set = 1; set <= SET; set++) {
    await page.waitForFunction(`document.querySelector("#position").textContent.startsWith("Set ${set} ")`);
    if (set < SET) await page.keyboard.press("ArrowRight");
  }
  await page.waitForFunction("[...document.querySelectorAll('img')].every((image) => image.complete)");
  await save(await page.screenshot(), "review.webp");
  child.kill("SIGINT");
}

/** @param {import("playwright-core").Page} page */
async function renameFolder(page) {
  await page.evaluate(`{
    const [folder, shown] = ${JSON.stringify([folder, SHOWN_AS])};
    // Where a path may be broken there is an element in it.
    for (const part of document.querySelectorAll("article *")) {
      const isPath = part.textContent.includes(folder) && [...part.children].every((child) => child.localName === "wbr");
      if (isPath) part.textContent = part.textContent.replaceAll(folder, shown);
    }
  }`);
}

/** @param {Buffer} png @param {string} name */
async function save(png, name) {
  const image = await sharp(png).webp({ quality: 85, effort: 6 }).toBuffer();
  if (image.length > BYTES_AT_MOST) throw new Error(`${name} has ${image.length} bytes, more than ${BYTES_AT_MOST}`);
  writeFileSync(join(images, name), image);
}

/** @param {readonly string[]} args */
function run(...args) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args, "--quiet"], {
    cwd: folder,
    env: environment(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`dupfind ${args.join(" ")} ended with ${status}: ${stderr}`);
}

function environment() {
  return { ...process.env, DUPFIND_DB: join(folder, "library.db") };
}
