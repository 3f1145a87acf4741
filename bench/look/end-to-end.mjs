/**
 * The benchmark's pictures as one library: what the program itself lists as extras, by class, against the truth.
 */
import { copyFileSync, linkSync, mkdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { runDupfind } from "../measure.mjs";

/** @typedef {import("./gathering.mjs").LabelledPair} LabelledPair */
/**
 * @typedef {object} ListedExtra
 * @property {string} class the report's own
 * @property {"the same" | "altered" | "not judged" | "false"} truth
 * @property {string} keeper
 * @property {string} extra
 * @property {string} kind the first the extra is in
 */

/**
 * @param {readonly LabelledPair[]} pairs
 * @param {readonly (readonly [string, string])[]} unjudged pairs nobody has said anything about
 * @param {string} folder empty; the pictures and the library go into it
 * @returns {{ readonly pictures: number, readonly seconds: number, readonly extras: readonly ListedExtra[] }}
 */
export function reportOn(pairs, unjudged, folder) {
  const paths = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const originals = pack(paths, join(folder, "pictures"));
  const database = ["--db", join(folder, "library.db")];
  const scan = runDupfind(["scan", join(folder, "pictures"), "--quiet", ...database]);
  const report = JSON.parse(runDupfind(["report", "--json", ...database]).output);
  const truthOf = truths(pairs, unjudged);
  const kinds = new Map(
    pairs.flatMap(({ kind, a, b }) => [
      [a, kind],
      [b, kind],
    ]),
  );
  const extras = report.sets
    .filter(({ kind }) => kind !== "burst")
    .flatMap((set) =>
      set.extras.map((extra) => {
        const [keeper, other] = [set.keeper.path, extra.path].map((path) => originals.get(basename(path)));
        return { class: extra.class ?? set.class ?? set.kind, truth: truthOf(keeper, other), keeper, extra: other, kind: kinds.get(other) };
      }),
    );
  return { pictures: paths.length, seconds: scan.seconds, extras };
}

/** @returns {Map<string, string>} the path of each packed picture by its new name */
function pack(paths, folder) {
  mkdirSync(folder, { recursive: true });
  return new Map(
    paths.map((path, at) => {
      const name = `${String(at).padStart(6, "0")}${extname(path).toLowerCase()}`;
      try {
        linkSync(path, join(folder, name));
      } catch {
        // Another disk, or one that knows no links.
        copyFileSync(path, join(folder, name));
      }
      return [name, path];
    }),
  );
}

/**
 * What two pictures are to each other, also where no pair says so: copies of one picture are copies of each other.
 * @returns {(one: string, other: string) => ListedExtra["truth"]}
 */
function truths(pairs, unjudged) {
  const copies = groups(pairs.filter(({ truth }) => truth === "same"));
  const families = groups(pairs.filter(({ truth }) => truth !== "different"));
  const open = new Set(unjudged.flatMap(([one, other]) => [`${one}\n${other}`, `${other}\n${one}`]));
  const isOpen = (one, other) => open.has(`${one}\n${other}`);
  return (one, other) => {
    if (copies(one) === copies(other)) return "the same";
    if (families(one) === families(other)) return "altered";
    return isOpen(one, other) ? "not judged" : "false";
  };
}

/** @returns {(path: string) => string} the first of the path's group, itself if it is in none */
function groups(pairs) {
  const parents = new Map();
  const find = (path) => {
    const parent = parents.get(path) ?? path;
    if (parent === path) return path;
    const root = find(parent);
    parents.set(path, root);
    return root;
  };
  for (const { a, b } of pairs) parents.set(find(a), find(b));
  return find;
}
