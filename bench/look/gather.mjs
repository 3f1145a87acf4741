/**
 * Gathers and draws the labelled pairs of the look's benchmark.
 *
 *     node bench/look/gather.mjs <folder> [--clones <folder>] [--photos <folder>] [--categories <folder>] [--labels <file>]
 *       [--only <part>]
 *
 * `--clones`: Git clones of the public sets (sources.mjs). `--photos`: photos of different scenes, else those of the examples.
 * `--categories`: a folder of `category__name.jpg`, many of each. `--labels`: pairs of your own, lines of `kind,a,b,truth`. What
 * is not given is left out, and said. `--only` makes one part anew and leaves the others' pairs as they are.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { EXAMPLE_PHOTOS } from "../realistic-library/build.mjs";
import { addApps } from "./apps.mjs";
import { addBooks } from "./books.mjs";
import { addCollages } from "./collages.mjs";
import { addForms } from "./forms.mjs";
import { COLUMN_LINE, openGathering, readRows, stemOf } from "./gathering.mjs";
import { addLookalikes } from "./lookalikes.mjs";
import { addMemes } from "./memes.mjs";
import { similarPairs, vectorsOf } from "./nearest.mjs";
import { addFlags, addPatterns } from "./patterns.mjs";
import { addPairsOfEdits, addPhotoEdits, addSharedFurniture } from "./photos.mjs";
import { addScannedPages } from "./scanned-pages.mjs";
import { addSeries } from "./series.mjs";
import { FLAGS, filesOf, SETS } from "./sources.mjs";

const PHOTO = /\.(jpe?g|png)$/i;
/** Of the public photos, every so-many-th is edited. */
const EVERY = 10;
/** Below it the encoder does not propose a pair. */
const FLOOR = 0.4;
const FLAG_PAIRS = 400;
/** One name for all pairs of your own, chosen to fall into the half `tune`: they are always shown. */
const OWN_SOURCE = "yours";

/** @typedef {{ clones?: string, photos?: string, categories?: string, labels?: string, only?: string }} Given */

/** @typedef {import("./gathering.mjs").Gathering} Gathering */

/** @type {Readonly<Record<string, (gathering: Gathering, given: Given) => Promise<readonly string[]>>>} each tells what it lacks */
const PARTS = {
  async photos(gathering, given) {
    const { photos, missing } = differentPhotos(gathering, given);
    await addPhotoEdits(gathering, photos);
    addPairsOfEdits(gathering);
    await addSharedFurniture(gathering, photos);
    return missing;
  },

  async receipts(gathering, given) {
    const paths = filesOf(SETS.receipts, where(gathering, given)).map(({ path }) => path);
    if (paths.length === 0) return [SETS.receipts.repository];
    const vectors = vectorsOf(paths, join(gathering.folder, "vectors-receipts.jsonl"));
    await addScannedPages(gathering, "receipts", vectors, { sourceOf: (path) => `receipt ${stemOf(path)}`, rescans: 60, mostPairs: 4000 });
    return [];
  },

  books: (gathering, given) => addBooks(gathering, where(gathering, given)),

  async lookalikes(gathering, { categories }) {
    if (categories === undefined) return ["folder of categories"];
    const folder = resolve(categories);
    const names = readdirSync(folder)
      .filter((name) => PHOTO.test(name))
      .sort();
    addLookalikes(
      gathering,
      vectorsOf(
        names.map((name) => join(folder, name)),
        join(gathering.folder, "vectors-categories.jsonl"),
      ),
    );
    return [];
  },

  async forms(gathering) {
    await addForms(gathering);
    return [];
  },

  apps: (gathering, given) => addApps(gathering, where(gathering, given)),

  series: (gathering, given) => addSeries(gathering, where(gathering, given)),

  async memes(gathering, given) {
    const templates = filesOf(SETS.memes, where(gathering, given));
    await addMemes(gathering, templates);
    return templates.length === 0 ? [SETS.memes.repository] : [];
  },

  async patterns(gathering, given) {
    await addPatterns(gathering);
    const flags = filesOf(FLAGS, where(gathering, given));
    const kept = join(gathering.folder, "vectors-flags.jsonl");
    await addFlags(gathering, flags, (paths) => similarPairs(vectorsOf(paths, kept), FLOOR).slice(0, FLAG_PAIRS));
    return flags.length === 0 ? [FLAGS.repository] : [];
  },

  async labels(gathering, { labels }) {
    if (labels === undefined) return [];
    for (const [kind, a, b, truth] of readRows(labels)) {
      const pictures = [a, b].map((path) => ({ path: resolve(dirname(labels), path), source: OWN_SOURCE }));
      gathering.add(kind, pictures[0], pictures[1], truth);
    }
    return [];
  },

  async collages(gathering, given) {
    const { photos, missing } = differentPhotos(gathering, given);
    await addCollages(gathering, photos);
    return missing;
  },
};

/** Photos of different scenes: the given ones, and some of the public set. */
function differentPhotos(gathering, given) {
  const folder = resolve(given.photos ?? EXAMPLE_PHOTOS);
  // The same portrait lies there a second time, to be turned.
  const own = readdirSync(folder)
    .filter((name) => PHOTO.test(name) && !name.includes("orientation"))
    .map((name) => join(folder, name));
  const set = filesOf(SETS.photos, where(gathering, given));
  return {
    photos: [...own, ...set.filter((_, at) => at % EVERY === 0).map(({ path }) => path)],
    missing: set.length === 0 ? [SETS.photos.repository] : [],
  };
}

function where({ folder }, { clones }) {
  return { clones, folder };
}

/**
 * @param {string} folder made if it is missing
 * @param {Given} given
 */
export async function gather(folder, given) {
  mkdirSync(folder, { recursive: true });
  for (const [name, add] of Object.entries(PARTS)) {
    if (given.only !== undefined && given.only !== name) continue;
    const gathering = openGathering(folder);
    const missing = await add(gathering, given);
    if (missing.length > 0) console.error(`${name}: left out, or in part: no ${missing.join(", ")}`);
    gathering.save(partFile(folder, "pairs", name), partFile(folder, "unjudged", name));
  }
  joinParts(folder, "pairs", COLUMN_LINE);
  joinParts(folder, "unjudged", "");
}

/** One file of all the parts that are there. */
function joinParts(folder, kind, head) {
  const parts = Object.keys(PARTS)
    .map((name) => partFile(folder, kind, name))
    .filter((path) => existsSync(path));
  writeFileSync(join(folder, `${kind}.csv`), head + parts.map((path) => readFileSync(path, "utf8").slice(head.length)).join(""));
}

function partFile(folder, kind, name) {
  return join(folder, `${kind}-${name}.csv`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      clones: { type: "string" },
      photos: { type: "string" },
      categories: { type: "string" },
      labels: { type: "string" },
      only: { type: "string" },
    },
  });
  if (positionals.length !== 1) throw new Error("Expected one folder");
  await gather(resolve(positionals[0]), values);
}
