/**
 * Fills a library with photos that were never decoded, through the stores that a scan writes with. To encode 100,000
 * photos would take a quarter of an hour and change nothing in what a rescan, a comparison or a report does with the rows.
 */
import { inLookOrder } from "../dist/core/look/look-store.js";
import { NO_EXPOSURE } from "../dist/core/photos/exposure.js";
import { SqliteLibrary } from "../dist/io/library/sqlite-library.js";

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
 * Notes of all pairs that are kept that they were looked at and are the same, as a finished scan leaves it: files that hold no picture would
 * be tried again by each report.
 * @param {string} path of the library
 * @param {ChosenEncoder} encoder
 */
export async function markLookedAt(path, encoder) {
  const library = SqliteLibrary.open(path);
  try {
    const store = library.reportOf(encoder);
    for await (const page of store.pairsAtOrAbove(encoder.spec.threshold.floor)) {
      const contents = await store.contents(new Set(page.flatMap(({ a, b }) => [a, b])));
      const idsInLookOrder = ({ a, b }) => {
        const { one, other } = inLookOrder(contents.get(a), contents.get(b));
        return { one: one.id, other: other.id };
      };
      await library.looks().record(page.map((pair) => ({ ...idsInLookOrder(pair), look: SEEN_THE_SAME })));
    }
    await library.looks().markLookedThrough(encoder.key);
  } finally {
    await library.close();
  }
}
