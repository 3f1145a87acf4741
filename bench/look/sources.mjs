/**
 * The public sets, and where their files lie: clones of Git repositories that the user has made, below one folder. Nothing here
 * goes to a network, and nothing of these sets stands in this repository; `bench/README.md` names their licences.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * @typedef {object} PublicSet
 * @property {string} repository
 * @property {RegExp} files paths within the repository; what its groups match, joined, is the file's name here
 */

/** @type {Readonly<Record<"receipts" | "photos" | "memes", PublicSet>>} */
export const SETS = {
  receipts: { repository: "zzzDavid/ICDAR-2019-SROIE", files: /^data\/img\/(.*\.jpg)$/ },
  photos: { repository: "BIDS/BSDS500", files: /^BSDS500\/data\/images\/(?:test|val)\/(.*\.jpg)$/ },
  memes: { repository: "jacebrowning/memegen", files: /^templates\/([^/]+)\/default(\.(?:jpg|png))$/ },
};

/** Pages of old books, in black and white by two methods. The first letter of a name is the book. */
export const BOOKS = ["Otsu", "MaxEntropy"].map((method) => ({
  repository: "PedroBarcha/old-books-dataset",
  files: new RegExp(`^binarized_300dpi/(${method})/(\\w+\\.tiff)$`),
}));

/** Series of photos: the first group of the pattern is the series. `most`: so many of its photos. */
export const SERIES = [
  {
    kind: "series: frames of a moving scene",
    repository: "yoxu515/aot-benchmark",
    files: /^datasets\/Demo\/images\/(\w+)\/(.*\.jpg)$/,
    most: 30,
  },
  { kind: "series: frames of a moving scene", repository: "foolwood/SiamMask", files: /^data\/(tennis)\/(.*\.jpg)$/, most: 30 },
  { kind: "series: frames of a moving scene", repository: "princeton-vl/RAFT", files: /^(demo-frames)\/(.*\.png)$/, most: 10 },
  { kind: "series: frames of a moving scene", repository: "google-research/frame-interpolation", files: /^(photos)\/(.*\.png)$/, most: 2 },
  { kind: "series: walk around a thing", repository: "openMVG/ImageDataset_SceauxCastle", files: /^(images)\/(.*\.jpg)$/i, most: 11 },
  { kind: "series: walk around a thing", repository: "alicevision/dataset_monstree", files: /^(full)\/(.*\.jpg)$/i, most: 25 },
  {
    kind: "series: photos to be joined",
    repository: "ImageStitching/Image-Stitching",
    files: /^src\/main\/resources\/static\/(?:example_data\/)?(CMU\d|NSH|uav|zijing|myself|ptit\w*|classroom|street)\/(.*\.(?:jpg|png))$/i,
    most: 20,
  },
];

/** Flags as drawings. */
export const FLAGS = { repository: "hampusborgos/country-flags", files: /^svg\/(\w\w)(\.svg)$/ };

/** Apps whose screens are published in many languages: the folder names the language, the file the screen. */
export const APPS = [
  "d4rken-org/bluemusic",
  "Faltenreich/Diaguard",
  "Futsch1/medTimer",
  "gatesuperapp/g8-invoicing",
  "Kr0oked/Metronome",
].map((repository) => ({ repository, files: /^fastlane\/metadata\/android\/([^/]+)\/images\/phoneScreenshots\/([^/]+\.(?:png|jpe?g))$/ }));

/**
 * Copies a set's files out of its clone, once.
 * @param {PublicSet} set
 * @param {{ clones: string | undefined, folder: string }} where clones: folder of clones, each named `owner+name` or `name`, bare or not
 * @returns {{ readonly path: string, readonly parts: readonly string[] }[]} in order of their names, with what the groups of
 *   the set's pattern matched; none if there is no clone
 */
export function filesOf({ repository, files }, { clones, folder }) {
  const clone = clones === undefined ? undefined : findClone(clones, repository);
  if (clone === undefined) return [];
  const names = git(clone, "ls-tree", "-r", "-z", "--name-only", "HEAD").toString("utf8").split("\0").sort();
  return names.flatMap((name) => {
    const parts = files.exec(name)?.slice(1);
    if (parts === undefined) return [];
    const path = join(folder, "sets", repository.replace("/", "+"), parts.join(", ").replace(", .", "."));
    return existsSync(path) || writeBlob(clone, name, path) ? [{ path, parts }] : [];
  });
}

/** @returns {boolean} false where the clone lists the file and lacks it, as partial ones do */
function writeBlob(clone, name, path) {
  try {
    const bytes = git(clone, "cat-file", "blob", `HEAD:${name}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return true;
  } catch {
    return false;
  }
}

function findClone(clones, repository) {
  const name = repository.replace("/", "+");
  return [join(clones, name, "repo"), join(clones, name), join(clones, repository), join(clones, repository.replace(/^.*\//, ""))].find(
    existsSync,
  );
}

function git(clone, ...args) {
  return execFileSync("git", ["-C", clone, ...args], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
}
