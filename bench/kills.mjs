/**
 * Kills dupfind again and again while it works on one library, and counts what it finds afterwards.
 *
 *     node bench/kills.mjs [kills=60] [seed=1]
 *
 * A round runs one command on a library of the example photos and kills it with SIGKILL after a drawn time, within what the same
 * command takes undisturbed. After each round the library's pages are whole, no photo that was embedded is lost, and no photo of
 * the folder has changed. In the end a scan that is left alone gives the report of a library that was never disturbed, byte for byte.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Database } from "../dist/io/library/better-sqlite3.js";
import { numberArgument, printRaw } from "./measure.mjs";
import { seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../examples/photos", import.meta.url));

const kills = numberArgument(0, 60, 1);
const random = seededRandom(numberArgument(1, 1, 0));
const folder = makeTemporaryFolder();
const photos = join(folder, "photos");
const disturbed = join(folder, "disturbed.db");
const calm = join(folder, "calm.db");

cpSync(EXAMPLES, photos, { recursive: true });
const untouched = digestOf(photos);
/** What is run, and how often it is drawn. Reindexing forgets all vectors first, so that the scans after it have something to lose. */
const ROUNDS = [
  { name: "scan", share: 0.6, args: ["scan", photos] },
  { name: "report", share: 0.15, args: ["report", "--json"] },
  { name: "reindex", share: 0.15, args: ["reindex", "--model", "dupfind-lite", "--rebuild"] },
  { name: "prune", share: 0.1, args: ["prune"] },
];

finish(["scan", photos], calm);
const expected = finish(["report", "--json"], calm);
const times = new Map(ROUNDS.map(({ name, args }) => [name, timeOf(args)]));

const counts = { killed: 0, ended: 0, torn: 0, lost: 0, changed: 0 };
let embedded = 0;
for (let round = 0; counts.killed < kills && round < kills * 4; round++) {
  const { name, args } = drawn();
  const code = await killed(args, 100 + random() * (times.get(name) ?? 0));
  if (code === null) counts.killed++;
  else counts.ended++;
  const found = inspect(disturbed);
  if (!found.isWhole) counts.torn++;
  // A reindex with --rebuild forgets on purpose.
  if (found.embedded < embedded && name !== "reindex") counts.lost++;
  embedded = found.embedded;
  if (digestOf(photos) !== untouched) counts.changed++;
}
finish(["scan", photos], disturbed);
const same = finish(["report", "--json"], disturbed) === expected;
printRaw(
  `${counts.killed} kills, ${counts.ended} commands that ended before: ${counts.torn} torn libraries, ${counts.lost} with lost work, ` +
    `${counts.changed} with a changed photo; the report afterwards is ${same ? "the same byte for byte" : "ANOTHER ONE"}`,
);
process.exitCode = counts.torn + counts.lost + counts.changed === 0 && same ? 0 : 1;

function drawn() {
  let left = random();
  for (const round of ROUNDS) {
    left -= round.share;
    if (left < 0) return round;
  }
  return ROUNDS[0];
}

/** @returns {Promise<number | null>} null where it was killed */
async function killed(args, afterMs) {
  const child = spawn(process.execPath, [PROGRAM, ...args, "--db", disturbed], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  await Promise.race([wait(afterMs), ended]);
  child.kill("SIGKILL");
  return ended;
}

function finish(args, library) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args, "--db", library], { encoding: "utf8" });
  if (status !== 0) throw new Error(`dupfind ${args[0]} ended with ${status}:\n${stderr}`);
  return stdout;
}

/** How long the command takes on a library of its own. */
function timeOf(args) {
  const library = join(folder, `timed-${args[0]}.db`);
  if (args[0] !== "scan") finish(["scan", photos], library);
  const begun = performance.now();
  finish(args, library);
  return performance.now() - begun;
}

function inspect(path) {
  if (!existsSync(path) || statSync(path).size === 0) return { isWhole: true, embedded: 0 };
  const db = new Database(path);
  try {
    const hasTables = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() > 0;
    const isWhole = db.pragma("integrity_check", { simple: true }) === "ok" && db.pragma("foreign_key_check").length === 0;
    return { isWhole, embedded: hasTables ? db.prepare("SELECT count(*) FROM embedding").pluck().get() : 0 };
  } finally {
    db.close();
  }
}

/** Of every file's name, bytes, time and mode. */
function digestOf(root) {
  const hash = createHash("sha256");
  for (const name of readdirSync(root, { recursive: true }).map(String).sort()) {
    const path = join(root, name);
    const { mtimeMs, mode, size } = statSync(path);
    hash.update(JSON.stringify([name, mtimeMs, mode, size]));
    if (statSync(path).isFile()) hash.update(readFileSync(path));
  }
  return hash.digest("hex");
}
