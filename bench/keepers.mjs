/**
 * Whether the report keeps the right photos: a realistic library is built, scanned and reported by the built program, and the
 * report is held against the truth (realistic-library/truth.mjs).
 *
 *     node bench/keepers.mjs [--groups 1500] [--seed 1] [--photos <folder>] [--library <folder>] [--worst <n>]
 *
 * `--library` takes a library that `realistic-library.mjs` built, in place of a new one. `--worst` lists so many faults of each
 * kind with the program's own reason. `--model` and `--threshold` go to the program.
 */
import { readFileSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { atLeast, atMost, printRatios, printRaw, runDupfind } from "./measure.mjs";
import { buildLibrary, EXAMPLE_PHOTOS } from "./realistic-library/build.mjs";
import { judge } from "./realistic-library/judge.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const { values } = parseArgs({
  options: {
    groups: { type: "string", default: "1500" },
    seed: { type: "string", default: "1" },
    photos: { type: "string", default: EXAMPLE_PHOTOS },
    library: { type: "string" },
    worst: { type: "string", default: "0" },
    model: { type: "string" },
    threshold: { type: "string" },
  },
});

const temporary = makeTemporaryFolder();
const folder = values.library === undefined ? join(temporary, "library") : realpathSync(values.library);
const truth = values.library === undefined ? await build() : JSON.parse(readFileSync(join(folder, "truth.json"), "utf8"));
const report = scanAndReport();
const judgement = judge(truth, copiesIn(report));
print(judgement);

function build() {
  return buildLibrary(folder, { groups: Number(values.groups), seed: Number(values.seed), photos: resolve(values.photos) });
}

function scanAndReport() {
  const database = ["--db", join(temporary, "library.db")];
  const model = values.model === undefined ? [] : ["--model", values.model];
  const threshold = values.threshold === undefined ? [] : ["--threshold", values.threshold];
  const protect = truth.protectedFolders.flatMap((path) => ["--protect", join(folder, path)]);
  runDupfind(["scan", ...truth.folders.map((path) => join(folder, path)), "--quiet", ...database, ...model]);
  return JSON.parse(runDupfind(["report", "--json", ...protect, ...database, ...model, ...threshold]).output);
}

/** @returns {readonly import("./realistic-library/judge.mjs").ReportedSet[]} */
function copiesIn({ sets }) {
  const local = (path) => relative(folder, path).split(sep).join("/");
  const photo = ({ path, companions, parted = [], ...rest }) => ({
    ...rest,
    path: local(path),
    companions: companions.map(local),
    parted: parted.map(local),
  });
  const kept = ({ reason, ...keeper }) => ({ ...photo(keeper), reason: reasonWords(reason) });
  return sets.filter(({ kind }) => kind === "copies").map(({ keeper, extras }) => ({ keeper: kept(keeper), extras: extras.map(photo) }));
}

/** @param {import("./realistic-library/judge.mjs").Judgement} judged */
function print(judged) {
  const skipped = new Set(report.skipped.map(({ path }) => relative(folder, path).split(sep).join("/")));
  const damagedTold = truth.damaged.filter(({ path }) => skipped.has(path)).length;
  printRaw(`${truth.pictures.length} pictures, ${report.photos} photos compared, ${judged.sets} sets of copies`);
  printTable("keepers right, by how the picture came in", judged.keepersByOrigin);
  printTable("keepers right, by the program's reason", judged.keepersByReason);
  printTable("copies found, by what they are", judged.found);
  printTable("companions shown, by what they hold", judged.companions);
  printRaw("");
  for (const [kind, sets] of judged.mixtures) printRaw(`${kind}: ${sets} sets`);
  printRaw(`frames of bursts kept apart: ${of(judged.frames)}`);
  printRaw(`companions shown that are none: ${judged.strangers}`);
  printRaw(
    `companions orphaned: ${judged.orphaned.files} in ${judged.orphaned.sets} sets; ${judged.orphaned.told} more are of extras that -0 holds back, ${judged.orphaned.repeated} say nothing of their own`,
  );
  printRaw(`pictures of which nothing right to keep would be left: ${judged.lostPictures}`);
  printRaw(`sets without their original: ${judged.withoutOriginal}; damaged files told: ${damagedTold} of ${truth.damaged.length}`);
  const kinds = new Set(judged.faults.map(({ kind }) => kind));
  for (const kind of Number(values.worst) > 0 ? kinds : [])
    printFaults(
      kind,
      judged.faults.filter((fault) => fault.kind === kind),
    );
  printRatios("keepers", [
    atLeast("sets with a right keeper", share(judged.keepers), 0.99),
    atMost("companions orphaned", judged.orphaned.files, 0),
    atLeast("frames of bursts apart", share(judged.frames), 1),
  ]);
}

function printTable(title, tallies) {
  printRaw("");
  printRaw(title);
  for (const [name, tally] of tallies) printRaw(`  ${name.padEnd(44)} ${of(tally)}`);
}

function printFaults(kind, faults) {
  printRaw("");
  printRaw(`${kind} (${faults.length})`);
  for (const { kept, reason, instead } of faults.slice(0, Number(values.worst)))
    printRaw(`  kept ${kept} for ${reason}\n      not ${instead}`);
}

function of({ right, all }) {
  return `${right} of ${all} (${(100 * share({ right, all })).toFixed(1)} %)`;
}

/** "companions raw, film". */
function reasonWords({ rule, holdings = [], tells = [] }) {
  return [rule, [...holdings, ...tells].join(", ")].filter((part) => part !== "").join(" ");
}

function share({ right, all }) {
  return all === 0 ? 1 : right / all;
}
