/**
 * How long a scan of new photos takes, against the slower bound of its parts on the same processors: decoding alone,
 * encoding alone, or the processor time of both spread over all processors.
 *
 *     node bench/scan.mjs [photos folder]
 *
 * Without a folder it makes 2,000 photos of about 800 pixels from the examples, the same ones in every run. The time is
 * that of the whole process, into a new library; what it takes to start and to load the model on every processor is
 * measured by a scan of one photo a processor and told apart. The parts count neither.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { extname, join, resolve } from "node:path";
import { atMost, figure, measurePart, median, printRatios, printRaw, runDupfind, secondsOf } from "./measure.mjs";
import { makePhotos } from "./scan-photos.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const ROUNDS = 3;
const PHOTOS = 2000;
const TARGET = 1.1;

const processors = availableParallelism();
const folder = makeTemporaryFolder();
const given = process.argv[2];
const photos = given === undefined ? join(folder, "photos") : resolve(given);
if (given === undefined) await makePhotos(photos, PHOTOS);

/** @type {{ scan: Times, start: Times, decode: Part, encode: Part }[]} */
const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const decode = part("decode");
  const encode = part("encode");
  rounds.push({ scan: scan(photos, round), start: scan(fewPhotos(decode.samples), `start-${round}`), decode, encode });
}

const { count } = rounds[0].decode;
const all = (pick) => rounds.map(pick);
const middle = (pick) => median(all(pick));
const decodeWall = middle(({ decode }) => decode.wall);
const encodeWall = middle(({ encode }) => encode.wall);
const processorOfParts = middle(({ decode, encode }) => decode.processor + encode.processor);
const shared = processorOfParts / processors;
const bound = Math.max(decodeWall, encodeWall, shared);
const wall = middle(({ scan }) => scan.wall);
const start = middle(({ start }) => start.wall);
const work = rounds.flatMap(({ scan, start }) => (scan.processor === null ? [] : [scan.processor - start.processor]));

printRaw(
  `${count} photos on ${processors} processors: ${secondsOf(...all(({ scan }) => scan.wall))}, ${(count / wall).toFixed(0)} photos a second`,
);
printRaw(`start, model load and one photo a processor: ${secondsOf(...all(({ start }) => start.wall))}`);
printRaw(`bounds: decode ${secondsOf(decodeWall)}, encode ${secondsOf(encodeWall)}, processor time of both shared ${secondsOf(shared)}`);
printRatios("scan", [
  atMost("whole process / bound", wall / bound, TARGET),
  atMost("without start and model load", (wall - start) / bound, TARGET),
  ...(work.length > 0 ? [figure("processor time without start / that of the parts", median(work) / processorOfParts)] : []),
]);

/**
 * @typedef {object} Times
 * @property {number} wall seconds
 * @property {number | null} processor seconds of all threads together; null where the system does not tell
 */

/**
 * @typedef {object} Part
 * @property {number} count photos
 * @property {readonly string[]} samples paths of a few of them
 * @property {number} wall seconds
 * @property {number} processor seconds of all threads together
 */

/**
 * @param {"decode" | "encode"} name
 * @returns {Part}
 */
function part(name) {
  return measurePart(new URL("./scan-part.mjs", import.meta.url), [name, photos]);
}

/** Times one scan into a library of its own; fails where photos were left out, since that would be a faster scan. */
function scan(photos, name) {
  const { seconds, processorSeconds, output } = runDupfind(["scan", photos, "--db", join(folder, `${name}.db`), "--json"]);
  const { embedded, found, known } = JSON.parse(output);
  if (embedded === 0 || embedded + known !== found) throw new Error(`Expected ${found} photos to be read, got ${output}`);
  return { wall: seconds, processor: processorSeconds };
}

/** One photo a processor, so that every one of them loads the model. */
function fewPhotos(samples) {
  const few = join(folder, "few");
  mkdirSync(few, { recursive: true });
  samples.slice(0, processors).forEach((path, i) => {
    copyFileSync(path, join(few, `${i}${extname(path)}`));
  });
  return few;
}
