/**
 * Whether slow storage leaves the encoder without photos: a scan of files each of which takes a while to open, against the same
 * scan without that.
 *
 *     node bench/slow-reader.mjs [milliseconds=90] [photos folder]
 *
 * The wait is in the program's own calls to the system (`slow-reader.c`, built with the system's compiler), in the thread that makes the call, as
 * on a network drive. Without a folder it makes 400 photos of about 800 pixels from the examples. Both scans are told without start and
 * model load, which a scan of one photo takes.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost, figure, median, numberArgument, printRatios, printRaw, runNode, secondsOf } from "./measure.mjs";
import { makePhotos } from "./scan-photos.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
const ROUNDS = 3;
const PHOTOS = 400;
const TARGET = 1.1;

const milliseconds = numberArgument(0, 90, 0);
const folder = makeTemporaryFolder();
const photos = process.argv[3] === undefined ? join(folder, "photos") : resolve(process.argv[3]);
if (process.argv[3] === undefined) await makePhotos(photos, PHOTOS);
const shim = join(folder, "slow-reader.so");
const { status } = spawnSync("gcc", [
  "-shared",
  "-fPIC",
  "-O2",
  "-o",
  shim,
  fileURLToPath(new URL("./slow-reader.c", import.meta.url)),
  "-ldl",
]);
if (status !== 0) throw new Error("Expected a C compiler: gcc");

const [first = ""] = readdirSync(photos, { recursive: true, encoding: "utf8" }).filter((name) => extname(name) !== "");
mkdirSync(join(folder, "one"));
copyFileSync(join(photos, first), join(folder, "one", `one${extname(first)}`));

let libraries = 0;
/** @type {{ start: number, fast: number, slow: number }[]} */
const rounds = [];
for (let round = 0; round < ROUNDS; round++)
  rounds.push({ start: scan(join(folder, "one"), 0), fast: scan(photos, 0), slow: scan(photos, milliseconds) });
const [start, fast, slow] = /** @type {const} */ (["start", "fast", "slow"]).map((which) => median(rounds.map((round) => round[which])));
printRaw(`without a wait ${secondsOf(...rounds.map((round) => round.fast))}, of which start ${secondsOf(start)}`);
printRaw(`with ${milliseconds} ms a file ${secondsOf(...rounds.map((round) => round.slow))}`);
printRatios("slow reader", [
  atMost("slow / fast without start", (slow - start) / (fast - start), TARGET),
  figure("whole process", slow / fast),
]);

/**
 * @param {string} from
 * @param {number} wait milliseconds a file
 * @returns {number} seconds
 */
function scan(from, wait) {
  const library = join(folder, `${libraries++}.db`);
  const environment = { ...process.env, LD_PRELOAD: shim, SLOW_FOLDER: from, SLOW_MILLISECONDS: String(wait) };
  const { seconds, output } = runNode([PROGRAM, "scan", from, "--no-look", "--db", library, "--json"], environment);
  const { embedded, found, known } = JSON.parse(output);
  if (embedded === 0 || embedded + known !== found) throw new Error(`Expected ${found} photos to be read, got ${output}`);
  return seconds;
}
