/**
 * Holds a report against the truth of a realistic library: which sets keep the right file, what is called a copy and is none,
 * what travels with a file that would go, and which copies were not found.
 */
import { RELATIONS } from "./truth.mjs";

/** @typedef {import("./truth.mjs").Truth} Truth */
/** @typedef {import("./truth.mjs").PictureTruth} PictureTruth */
/** @typedef {import("./truth.mjs").FileTruth} FileTruth */

/**
 * A set of copies as the JSON report has it, its paths relative to the library.
 * @typedef {{ readonly keeper: ReportedPhoto & { readonly reason: string }, readonly extras: readonly ReportedPhoto[] }} ReportedSet
 */
/**
 * @typedef {{ readonly path: string, readonly companions: readonly string[], readonly parted?: readonly string[] }} ReportedPhoto
 *   `parted`, of an extra: its companions that the keeper lacks, as the program tells them; such an extra is not listed by `-0`
 */

/** @typedef {{ right: number, all: number }} Tally */
/**
 * @typedef {object} Fault
 * @property {"wrong keeper" | "orphaned" | MixtureKind} kind
 * @property {string} kept
 * @property {string} reason the program's own
 * @property {string} instead what should have been kept, what is orphaned, or which picture is none of this set's
 */
/**
 * Two pictures in one set: both whole, so that one of them would go, or a copy beside a picture that it is not of.
 * @typedef {"burst called copies" | "alike called copies" | "screens called copies" | "different pictures called copies" | "copy beside another picture"} MixtureKind
 */

/**
 * @typedef {object} Judgement
 * @property {number} sets
 * @property {Tally} keepers of the sets that hold a right one
 * @property {number} withoutOriginal sets of copies that hold no file that would be right to keep: nothing is lost by them
 * @property {ReadonlyMap<string, Tally>} keepersByOrigin
 * @property {ReadonlyMap<string, Tally>} keepersByReason the program's
 * @property {ReadonlyMap<MixtureKind, number>} mixtures sets
 * @property {Tally} frames different frames of bursts, two and two, that are not in one set
 * @property {number} lostPictures pictures of which no file that is right to keep would be left
 * @property {{ readonly files: number, readonly sets: number, readonly told: number, readonly repeated: number }} orphaned companions
 *   of extras that `report -0` lists and whose keeper has none of its own for; `told` are those of extras that it holds back, `repeated`
 *   those that say nothing the keeper does not say itself, not counted in `files` either
 * @property {ReadonlyMap<string, Tally>} found copies by their relation
 * @property {ReadonlyMap<string, Tally>} companions shown beside the photos of sets, by what they hold
 * @property {number} strangers companions shown that are none
 * @property {readonly Fault[]} faults
 */

/**
 * @param {Truth} truth
 * @param {readonly ReportedSet[]} sets of copies
 * @returns {Judgement}
 */
export function judge(truth, sets) {
  const known = new Map(truth.pictures.flatMap((picture) => picture.files.map((file) => [file.path, { picture, file }])));
  const seriesOf = new Map(truth.series.flatMap((series) => series.pictures.map((id) => [id, series])));
  const judged = sets.map((set) => judgeSet(set, known, seriesOf));
  const faults = judged.flatMap(({ faults: found }) => found);
  const decided = judged.filter(({ keeper }) => keeper !== null);
  const extras = new Set(sets.flatMap((set) => set.extras.map(({ path }) => path)));
  return {
    sets: sets.length,
    keepers: tallyOf(decided.map(({ keeper }) => keeper)),
    withoutOriginal: judged.length - decided.length,
    keepersByOrigin: tallies(decided.map((one) => [one.origin, one.keeper])),
    keepersByReason: tallies(decided.map((one) => [one.reason, one.keeper])),
    mixtures: counts(judged.flatMap(({ mixture }) => (mixture === null ? [] : [mixture]))),
    frames: framesApart(truth, sets),
    lostPictures: truth.pictures.filter(({ keepers }) => keepers.every((path) => extras.has(path))).length,
    orphaned: {
      files: sum(judged.map(({ orphans }) => orphans.length)),
      sets: judged.filter(({ orphans }) => orphans.length > 0).length,
      told: sum(judged.map(({ told }) => told)),
      repeated: sum(judged.map(({ repeated }) => repeated)),
    },
    found: inOrder(tallies(copiesFound(truth, sets)), RELATIONS),
    ...companionsShown(sets, known),
    faults,
  };
}

function judgeSet(set, known, seriesOf) {
  const members = [set.keeper, ...set.extras].flatMap(({ path }) => known.get(path) ?? []);
  const kept = known.get(set.keeper.path);
  if (kept === undefined) throw new Error(`The truth does not know ${set.keeper.path}`);
  const { reason, path } = set.keeper;
  const rightOnes = members.filter(({ picture, file }) => picture === kept.picture && picture.keepers.includes(file.path));
  const keeper = rightOnes.length === 0 ? null : kept.picture.keepers.includes(path);
  const mixture = mixtureOf(members, seriesOf);
  const { orphans, told, repeated } = orphansOf(set, kept, known);
  const fault = (kind, instead) => ({ kind, kept: path, reason, instead });
  const faults = [
    ...(keeper === false ? [fault("wrong keeper", `${rightOnes[0].file.path} (${kept.picture.origin}: ${kept.picture.keeperRule})`)] : []),
    ...(mixture === null
      ? []
      : [
          fault(
            mixture,
            members
              .filter(({ picture }) => picture !== kept.picture)
              .map(({ file }) => file.path)
              .join(", "),
          ),
        ]),
    ...orphans.map((orphan) => fault("orphaned", orphan)),
  ];
  return { keeper, origin: kept.picture.origin, reason, mixture, orphans, told, repeated, faults };
}

/** @returns {MixtureKind | null} */
function mixtureOf(members, seriesOf) {
  const pictures = new Set(members.map(({ picture }) => picture));
  if (pictures.size === 1) return null;
  const whole = new Set(members.filter(({ picture, file }) => picture.keepers.includes(file.path)).map(({ picture }) => picture));
  if (whole.size < 2) return "copy beside another picture";
  const series = new Set([...whole].map(({ id }) => seriesOf.get(id)));
  const [only] = series;
  return series.size === 1 && only !== undefined ? `${only.kind} called copies` : "different pictures called copies";
}

function orphansOf(set, kept, known) {
  const kindOf = ({ picture }, { holds }) => `${picture.id} ${holds}`;
  const stays = new Set(kept.file.companions.map((one) => kindOf(kept, one)));
  const alone = set.extras.flatMap(({ path, parted = [] }) => {
    const extra = known.get(path);
    const lacking = (extra?.file.companions ?? []).filter((one) => !stays.has(kindOf(extra, one)));
    return lacking.map((one) => ({ ...one, isTold: parted.length > 0 }));
  });
  const own = alone.filter(({ repeated }) => !repeated);
  const pathsWhere = (isTold) => new Set(own.filter((one) => one.isTold === isTold).map(({ path }) => path));
  return { orphans: [...pathsWhere(false)], told: pathsWhere(true).size, repeated: alone.length - own.length };
}

/** A copy is found when a set holds it with the original, or with another file that is right to keep. */
function copiesFound({ pictures }, sets) {
  const setOf = setsByPath(sets);
  return pictures.flatMap(({ files: [original, ...copies], keepers }) =>
    copies.map((copy) => {
      const others = [original.path, ...keepers].filter((path) => path !== copy.path);
      const set = setOf.get(copy.path);
      return [copy.relation, set !== undefined && others.some((path) => setOf.get(path) === set)];
    }),
  );
}

function framesApart({ pictures, series }, sets) {
  const setOf = setsByPath(sets);
  const originals = new Map(pictures.map(({ id, files }) => [id, files[0].path]));
  const pairs = series
    .filter(({ kind }) => kind === "burst")
    .flatMap(({ pictures: ids }) =>
      ids.flatMap((one, index) => ids.slice(index + 1).map((other) => [originals.get(one), originals.get(other)])),
    );
  return tallyOf(pairs.map(([one, other]) => setOf.get(one) === undefined || setOf.get(one) !== setOf.get(other)));
}

function companionsShown(sets, known) {
  const shown = [];
  let strangers = 0;
  for (const { path, companions } of sets.flatMap((set) => [set.keeper, ...set.extras])) {
    const own = known.get(path)?.file.companions ?? [];
    const paths = new Set(companions);
    shown.push(...own.map((one) => [one.holds, paths.has(one.path)]));
    strangers += companions.filter((one) => !own.some((right) => right.path === one)).length;
  }
  return { companions: tallies(shown), strangers };
}

function setsByPath(sets) {
  return new Map(sets.flatMap((set) => [set.keeper, ...set.extras].map(({ path }) => [path, set])));
}

/** @param {readonly (readonly [string, boolean])[]} outcomes */
function tallies(outcomes) {
  const names = [...new Set(outcomes.map(([name]) => name))].sort();
  return new Map(names.map((name) => [name, tallyOf(outcomes.filter(([one]) => one === name).map(([, right]) => right))]));
}

function inOrder(byName, names) {
  return new Map(names.flatMap((name) => (byName.has(name) ? [[name, byName.get(name)]] : [])));
}

function tallyOf(outcomes) {
  return { right: outcomes.filter(Boolean).length, all: outcomes.length };
}

function counts(names) {
  return new Map([...new Set(names)].sort().map((name) => [name, names.filter((one) => one === name).length]));
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
