/**
 * Fills a library with photos that were never decoded, through the stores that a scan writes with. To encode 100,000
 * photos would take a quarter of an hour and change nothing in what a rescan, a comparison or a report does with the rows.
 */
import { NOTHING_DECIDED } from "../dist/core/duplicates/decided-pairs.js";
import { DEFAULT_RULES } from "../dist/core/duplicates/keeper.js";
import { NO_EXPOSURE } from "../dist/core/photos/exposure.js";
import { SqliteLibrary } from "../dist/io/library/sqlite-library.js";
import { findCandidates } from "../dist/pipeline/duplicates/find-candidates.js";
import { settleSets } from "../dist/pipeline/duplicates/settle-sets.js";

const PAGE = 1000;

/** @typedef {import("../src/core/photos/photo.ts").EmbeddedPhoto} EmbeddedPhoto */
/** @typedef {import("../src/core/photos/photo.ts").IdentifiedPhoto} IdentifiedPhoto */
/** @typedef {import("../src/core/encoders/ports.ts").ChosenEncoder} ChosenEncoder */

/**
 * @typedef {object} MadePhotos
 * @property {Iterable<EmbeddedPhoto>} embedded photos with distinct contents
 * @property {Iterable<IdentifiedPhoto>} [copies] further photos that hold one of these contents
 */

/**
 * @param {string} path of the library
 * @param {ChosenEncoder} encoder
 * @param {string} root folder the photos lie in
 * @param {MadePhotos} photos
 */
export async function fillLibrary(path, encoder, root, { embedded, copies = [] }) {
  const library = SqliteLibrary.open(path);
  try {
    const store = await library.scanWith(encoder, [{ path: root, exclude: [], followLinks: false }], "bench");
    for (const page of pages(embedded)) await store.record(page.map((photo) => ({ kind: "embedded", photo })));
    for (const page of pages(copies)) await store.record(page.map((photo) => ({ kind: "known", photo })));
    await store.finishWalk([], { whyUnmet: async () => "gone", isForAnotherRoot: () => false }); // nothing was there before
  } finally {
    await library.close();
  }
}

/**
 * @template Item
 * @param {Iterable<Item>} items
 */
function* pages(items) {
  /** @type {Item[]} */
  let page = [];
  for (const item of items) {
    if (page.push(item) < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/**
 * Keeps these pairs and notes that everything is compared, as a finished scan leaves it.
 * @param {string} path of the library
 * @param {ChosenEncoder} encoder
 * @param {readonly (readonly [row: number, row: number, similarity: number])[]} pairs rows in the order they were embedded
 */
export async function markCompared(path, encoder, pairs) {
  const library = SqliteLibrary.open(path);
  try {
    const store = library.pairsOf(encoder);
    const { contentIds } = await store.loadVectors();
    const content = (row) => contentIds[row];
    const stored = pairs.map(([one, other, similarity]) => ({ a: content(one), b: content(other), similarity }));
    await store.recordPairs({ pairs: stored, through: contentIds.at(-1) });
  } finally {
    await library.close();
  }
}

/**
 * A photo as a scan would have recorded it.
 * @param {IdentifiedPhoto} photo
 * @param {Float32Array} vector
 * @param {Partial<import("../src/core/photos/photo.ts").PictureFacts>} [facts] where they matter
 * @returns {EmbeddedPhoto}
 */
export function embeddedPhoto(photo, vector, facts = {}) {
  const marks = { exifFields: 30, pixelsHash: null, bits: 8, hasPlace: false, editor: false, inside: [], isWhole: true };
  return {
    photo,
    facts: { width: 4000, height: 3000, format: "jpeg", exposure: NO_EXPOSURE, ...marks, ...facts },
    detail: 0.3,
    vector,
  };
}

/** The whole of each picture on the whole of the other. */
const WHOLE = /** @type {const} */ ([0, 0, 1, 0, 1, 1, 0, 1]);
/** @type {import("../src/core/look/verdict.ts").Look} */
const SEEN_THE_SAME = {
  verdict: "same",
  agreement: 1,
  laying: {
    otherOnOne: WHOLE,
    oneOnOther: WHOLE,
    colour: { one: "as-the-other", other: "as-the-other" },
    isFramed: { one: false, other: false },
    isEnlarged: { one: false, other: false },
  },
  regions: [],
};

/**
 * Looks as a finished scan does, at what a report asks about, and sees the same picture in all of it: files that hold no picture would be
 * tried again by each report.
 * @param {string} path of the library
 * @param {ChosenEncoder} encoder
 */
export async function markLookedAt(path, encoder) {
  const library = SqliteLibrary.open(path);
  const looks = library.looks();
  const decided = NOTHING_DECIDED;
  const choice = /** @type {const} */ ({
    rules: DEFAULT_RULES,
    protectedFolders: [],
    linkage: "star",
    acrossRoots: null,
    folders: [],
    decided,
  });
  /** @type {import("../src/pipeline/look/look-at-pairs.ts").LookMore} */
  const lookMore = async (asked, seen) => {
    const found = asked.map(({ one, other }) => ({ one: one.id, other: other.id, look: SEEN_THE_SAME }));
    for (const look of found) seen.add(look);
    await looks.record(found);
    return [];
  };
  try {
    const { pairs, known } = await findCandidates(library.reportOf(encoder), encoder.spec.threshold.floor, choice);
    const deciding = { kept: looks, lookMore, stop: new AbortController().signal, undecidedFrom: 1 };
    await settleSets(known, pairs, deciding, choice, null);
    await looks.markLookedThrough(encoder.key);
  } finally {
    await library.close();
  }
}
