/**
 * Scans ten thousand damaged files of every format with the built program: flipped bits, cuts, zeroed ends, changed headers and lengths. The
 * scan may not crash, hang or lose one: each is compared, or listed with its reason.
 *
 *     npm run build && nice node bench/mutations.mjs [files=10000] [seed=1] [keep]
 *
 * `keep` leaves the folder, to look at what was found.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { spoil } from "./fuzz-files.mjs";
import { numberArgument } from "./measure.mjs";
import { goodFiles } from "./mutation-files.mjs";
import { seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
const PHOTOS = ["tanners_ridge", "prairie_falcon", "cyclamen_persicum", "silver_fir"];
/** Of a scan that makes no progress any more. */
const HANGS_AFTER_MS = 30 * 60_000;
const INTERRUPTED = 130;
/** So often is asked whether all is read. */
const ASK_EVERY_MS = 10_000;
const [WIDTH, HEIGHT] = [96, 64];
const FILES_OF_A_FOLDER = 500;

const files = numberArgument(0, 10_000, 1);
const seed = numberArgument(1, 1, 0);
const folder = process.argv[4] === "keep" ? realpathSync(mkdtempSync(join(tmpdir(), "dupfind-mutations-"))) : makeTemporaryFolder();
const random = seededRandom(seed);
const photos = join(folder, "photos");
const library = join(folder, "library.db");

const written = await writeDamaged();
const begun = performance.now();
// What is alike is not looked at: of the formats that nothing here writes there are thousands of copies.
const scan = await run(["scan", photos, "--db", library, "--json"], async () => (await run(["status", "--json", "--db", library])).output);
const seconds = (performance.now() - begun) / 1000;
const status = await run(["status", "--left-out", "--json", "--db", library]);
const { skipped, leftOutFiles = [], photos: compared = 0 } = status.code === 0 ? JSON.parse(status.output) : {};
const accounted = new Map([...leftOutFiles, ...(skipped ?? [])].map(({ path, reason, detail }) => [path, { reason, detail }]));

console.log(`${files} files, seed ${seed}: scanned in ${seconds.toFixed(0)} s, peak ${(scan.peakBytes / 1e6).toFixed(0)} MB`);
for (const [ending, counts] of tally()) console.log(`  ${ending.padEnd(6)} ${counts}`);
const unaccounted = files - compared - (skipped?.length ?? 0);
const faults = [
  [
    "crashes",
    [0, INTERRUPTED].includes(scan.code) && status.code === 0
      ? []
      : [`scan ended with ${scan.code}, status with ${status.code}: ${scan.errors}`],
  ],
  ["hangs", scan.isHung ? ["the scan came to no end"] : []],
  ["neither compared nor listed", unaccounted === 0 ? [] : [String(unaccounted)]],
  [
    "left for a missing decoder, or unread",
    [...accounted]
      .filter(([, { reason }]) => ["no-decoder", "unreadable", "vanished"].includes(reason))
      .map(([path, { reason, detail }]) => `${path}: ${reason} ${detail}`),
  ],
  ["too slow", [...accounted].filter(([, { reason }]) => reason === "too-slow").map(([path, { detail }]) => `${path}: ${detail}`)],
  [
    "said in words that tell nothing",
    [...accounted]
      .filter(([, { detail }]) =>
        /undefined|\[object|Cannot read propert|is not a function|RangeError|TypeError|The value of "/.test(detail),
      )
      .map(([path, { detail }]) => `${path}: ${detail}`),
  ],
];
for (const [what, cases] of faults) {
  console.log(`${what}: ${cases.length}`);
  for (const line of cases.slice(0, 20)) console.log(`    ${line}`);
}
process.exitCode = faults.some(([, cases]) => cases.length > 0) ? 1 : 0;

/** Each from a picture of its own, as far as this can write its format. @returns names below the folder */
async function writeDamaged() {
  const names = [];
  let good = [];
  for (let i = 0; i < files; i++) {
    if (i % 100 === 0) good = await goodFiles(await cutOut());
    if (i % FILES_OF_A_FOLDER === 0) mkdirSync(join(photos, String(i / FILES_OF_A_FOLDER)), { recursive: true });
    const source = good[Math.floor(random() * good.length)];
    const { accident, bytes } = spoil(source.bytes, random);
    const name = join(String(Math.floor(i / FILES_OF_A_FOLDER)), `${i}-${accident}-${source.name}`);
    // No bytes at all are a reason of their own, which needs no ten thousand files.
    writeFileSync(join(photos, name), bytes.length === 0 ? source.bytes.subarray(0, 1) : bytes);
    names.push(name);
  }
  return names;
}

async function cutOut() {
  const photo = fileURLToPath(new URL(`../examples/photos/originals/${PHOTOS[Math.floor(random() * PHOTOS.length)]}.jpg`, import.meta.url));
  const { width, height } = await sharp(photo).metadata();
  const [left, top] = [Math.floor(random() * (width - 2 * WIDTH)), Math.floor(random() * (height - 2 * HEIGHT))];
  return sharp(photo)
    .extract({ left, top, width: 2 * WIDTH, height: 2 * HEIGHT })
    .resize(WIDTH, HEIGHT, { fit: "fill" })
    .modulate({ hue: Math.floor(random() * 360) })
    .png()
    .toBuffer();
}

/**
 * @param {readonly string[]} args
 * @param {(() => Promise<string>) | null} askStatus where the program is to be interrupted once all is read
 * @returns {Promise<{ code: number | string; output: string; errors: string; peakBytes: number; isHung: boolean }>}
 */
function run(args, askStatus = null) {
  return new Promise((resolve) => {
    const program = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const said = { output: "", errors: "" };
    let peakBytes = 0;
    let isHung = false;
    program.stdout.on("data", (text) => {
      said.output += text;
    });
    program.stderr.on("data", (text) => {
      said.errors = (said.errors + text).slice(-2000);
    });
    const look = setInterval(() => {
      peakBytes = Math.max(peakBytes, heldBy(program.pid));
    }, 200);
    let isAsked = false;
    const asking = setInterval(async () => {
      if (askStatus === null || isAsked || !isRead(await askStatus()) || isAsked) return;
      isAsked = true; // a second signal would end it at once
      program.kill("SIGINT");
    }, ASK_EVERY_MS);
    const limit = setTimeout(() => {
      isHung = true;
      program.kill("SIGKILL");
    }, HANGS_AFTER_MS);
    program.on("close", (code, signal) => {
      clearInterval(look);
      clearInterval(asking);
      clearTimeout(limit);
      resolve({ ...said, code: signal ?? code, peakBytes, isHung });
    });
  });
}

/** Whether a scan has come by every file, and read each. */
function isRead(status) {
  if (status === "") return false;
  const { photos: known, pending, skipped: listed, unwalked } = JSON.parse(status);
  return pending === 0 && unwalked.length === 0 && known + listed.length === files;
}

/** What the program and the processes that it started hold now, where the system tells; what they share is counted once. */
function heldBy(pid) {
  try {
    const own = 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + heldBy(child), own);
  } catch {
    return 0;
  }
}

/** By ending: how many there are, and how many of them are listed for which reason. */
function tally() {
  const byEnding = new Map();
  for (const name of written) {
    const counts = byEnding.get(extname(name)) ?? new Map();
    const reason = accounted.get(join(photos, name))?.reason ?? "compared";
    byEnding.set(extname(name), counts.set(reason, (counts.get(reason) ?? 0) + 1));
  }
  return [...byEnding].sort().map(([ending, counts]) => [
    ending,
    [...counts]
      .sort(([, one], [, other]) => other - one)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(", "),
  ]);
}
