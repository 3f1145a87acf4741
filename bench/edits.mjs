/**
 * Which edits of a photo a report finds, and whether it lists different photos: the program as it is installed scans and reports pictures
 * that `training/encoder/save_edits.py` saved, with the look and by the encoder alone.
 *
 *     node bench/edits.mjs <folder of pictures> [--worst <n>] [--keep <folder>] [--groups <file>]
 *
 * Two pictures of one photo are a true pair, found where they are in one set; two of different photos in one set are a false pair.
 * `--worst` names so many false pairs, and so many edits that are not beside their original. `--keep` keeps the library there, or goes on with
 * it. `--groups` judges the groups of another program instead: a JSON list of lists of paths.
 */
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { atLeast, atMost, figure, printRatios, printRaw, runDupfind, secondsOf } from "./measure.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const LEAST_RECALL = 0.995;
/** What a report lists unasked. */
const SAME = ["same-bytes", "same-pixels", "same-picture"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { worst: { type: "string", default: "0" }, keep: { type: "string" }, groups: { type: "string" } },
});
const folder = realpathSync(positionals[0] ?? ".");
const pictures = readdirSync(folder).map(pictureOf);
const truePairs = [...groupedBy(pictures, ({ photo }) => photo).values()].flatMap(pairsOf);
printRaw(`${pictures.length} pictures: ${truePairs.length} true pairs of ${(pictures.length * (pictures.length - 1)) / 2}`);

if (values.groups !== undefined) judge("groups", JSON.parse(readFileSync(values.groups, "utf8")));
else judgeReports();

function judgeReports() {
  const database = ["--db", join(values.keep ?? makeTemporaryFolder(), "library.db")];
  const scan = runDupfind(["scan", folder, "--quiet", ...database]);
  printRaw(`scan ${secondsOf(scan.seconds)}, of the processor ${secondsOf(scan.processorSeconds ?? Number.NaN)}`);
  const reported = (...options) => JSON.parse(runDupfind(["report", "--json", ...options, ...database]).output).sets;
  const looked = reported();
  judge("same", setsOf(looked, SAME), true);
  judge("same or altered", setsOf(looked, [...SAME, "altered"]));
  judge("same, altered or undecided", setsOf(looked, [...SAME, "altered", "undecided"]));
  judge("encoder alone", setsOf(reported("--no-look"), null));
}

/**
 * @param {readonly string[] | null} classes those that count; null where a report without looks has none
 * @returns {readonly (readonly string[])[]} paths of what is listed under one keeper, which may have a set of copies and one of altered pictures
 */
function setsOf(sets, classes) {
  const isCounted = (extra) => classes === null || classes.includes(extra.class);
  return [...groupedBy(sets, ({ keeper }) => keeper.path)].map(([keeper, of]) => [
    keeper,
    ...of.flatMap(({ extras }) => extras.filter(isCounted).map(({ path }) => path)),
  ]);
}

/**
 * @param {string} what
 * @param {readonly (readonly string[])[]} sets
 * @param {boolean} [isAimedAt]
 */
function judge(what, sets, isAimedAt = false) {
  const members = sets.map((set) => set.map((path) => pictureOf(basename(path))));
  const setOf = new Map(members.flatMap((set, at) => set.map(({ name }) => [name, at])));
  const areTogether = (one, other) => setOf.has(one) && setOf.get(one) === setOf.get(other);
  const found = truePairs.filter(([one, other]) => areTogether(one.name, other.name)).length;
  const falsePairs = members.flatMap(pairsOf).filter(([one, other]) => one.photo !== other.photo);
  const edits = pictures.filter(({ edit }) => edit !== null);
  const isBesideOriginal = ({ name, photo }) => areTogether(name, `${photo}.png`);
  const recall = found / truePairs.length;
  printRatios(`edits, ${what}`, [
    isAimedAt ? atLeast("true pairs found", recall, LEAST_RECALL) : figure("true pairs found", recall),
    isAimedAt ? atMost("false pairs", falsePairs.length, 0) : figure("false pairs", falsePairs.length),
    figure("edits beside their original", edits.filter(isBesideOriginal).length / edits.length),
  ]);
  const byEdit = [...groupedBy(edits, ({ edit }) => edit)];
  printRaw(byEdit.map(([edit, all]) => `${edit} ${all.filter(isBesideOriginal).length}`).join(", "));
  const worst = Number(values.worst);
  for (const [one, other] of falsePairs.slice(0, worst)) printRaw(`false: ${one.name} | ${other.name}`);
  for (const { name } of edits.filter((one) => !isBesideOriginal(one)).slice(0, worst)) printRaw(`missed: ${name}`);
}

/**
 * @param {string} name as `save_edits.py` gives them
 * @returns {{ readonly name: string, readonly photo: string, readonly edit: string | null }} no edit: the photo as it is
 */
function pictureOf(name) {
  const [, photo = name, edit = null] = /^(\d{4}) (.*)\.jpg$/.exec(name) ?? [name, name.replace(/\.png$/, "")];
  return { name, photo, edit };
}

function groupedBy(all, keyOf) {
  const groups = new Map();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function pairsOf(set) {
  return set.flatMap((one, at) => set.slice(at + 1).map((other) => [one, other]));
}
