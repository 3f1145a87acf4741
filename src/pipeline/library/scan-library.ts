/**
 * The story of a scan: walk names and stats, bring what is known of photos up to date, read what is new, decode and encode what has
 * no embedding yet.
 * Cheap steps first; each works only on what the one before left undecided.
 */
import { PHOTOS_READ_AHEAD } from "../../core/defaults.ts";
import type { Encoder } from "../../core/encoders/ports.ts";
import type { ScanSummary } from "../../core/library/scan-result.ts";
import type { MetEntry, ReadOutcome, ScanStore, Unmet, WalkResult } from "../../core/library/scan-store.ts";
import { isWithin } from "../../core/paths.ts";
import type { EmbeddedPhoto, IdentifiedPhoto, PhotoFile, SkippedPhoto } from "../../core/photos/photo.ts";
import type {
  Accepts,
  Decode,
  ExclusionKind,
  Identify,
  Outcome,
  Presence,
  ReadFacts,
  StampAt,
  Walk,
  WalkEntry,
} from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { ContentHash } from "../../core/units.ts";
import { askTogether } from "../ask-together.ts";
import { InFlight } from "../in-flight.ts";
import { inParallel } from "../in-parallel.ts";
import { decodeSurely } from "../photos/decode-surely.ts";
import { embedPhoto } from "../photos/embed-photo.ts";
import { readFactsAgain } from "./read-facts-again.ts";

export interface ScanPorts {
  readonly walk: Walk;
  readonly accepts: Accepts;
  readonly presence: Presence;
  readonly stampAt: StampAt;
  readonly identify: Identify;
  readonly decode: Decode;
  readonly readFacts: ReadFacts;
  readonly encoder: Encoder;
  readonly store: ScanStore;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  /** When it fires, photos under way are finished and no more are begun. */
  readonly stop: AbortSignal;
}

/** Entries of the walk, and photos that were read, that go to the library at once. */
const PAGE_OF_ENTRIES = 1_000;
const PAGE_OF_OUTCOMES = 64;
/** What was read is kept at least so often: a killed scan loses that much and no more. */
const KEEP_EVERY_MS = 200;

export async function scanLibrary(ports: ScanPorts): Promise<ScanSummary> {
  const walked = await walkRoots(ports);
  await readFactsAgain(ports);
  const read = await readShared(ports);
  // An original whose photo turned out to be unreadable is the only picture of its exposure.
  const late = read.skipped > 0 && !ports.stop.aborted ? (await meetLoneOriginals(ports)).found - walked.originals : 0;
  const all = sumOf(read, late > 0 ? await readShared(ports) : NONE_READ);
  const unread = await ports.store.pendingCount();
  const { originals: _, ...walk } = walked;
  const lostRoots = [...new Set([...walked.lostRoots, ...(await ports.presence.lostRoots())])];
  return {
    ...walk,
    found: walk.found + Math.max(0, late),
    known: all.known,
    renamed: all.renamed,
    copied: all.copied,
    embedded: all.embedded,
    skipped: await ports.store.skippedCount(),
    unread,
    lostRoots,
    finished: !ports.stop.aborted && unread === 0 && lostRoots.length === 0,
  };
}

/** Walks without opening a file. A walk that was stopped half-way marks nothing as missing. */
async function walkRoots(ports: ScanPorts) {
  const { walk, accepts, presence, store, onProgress, stop } = ports;
  const excluded: Record<ExclusionKind, number> = {
    "other-name": 0,
    "by-choice": 0,
    "by-filter": 0,
    hidden: 0,
    link: 0,
    "other-file": 0,
    "same-folder-again": 0,
  };
  const metAgain: string[] = [];
  /** Folders that the walk was not to go into this time: a handful, on other devices. */
  const passedFolders: string[] = [];
  let page: MetEntry[] = [];
  let found = 0;
  let unchanged = 0;
  const handIn = async () => {
    const states = await store.meet(page);
    unchanged += states.filter((state) => state === "unchanged").length;
    page = [];
  };
  for await (const walked of walk()) {
    if (stop.aborted) break;
    if (walked.kind === "passed-by" && walked.passedBy.reason === "by-filter") passedFolders.push(walked.passedBy.path);
    const entry = filtered(walked, accepts);
    if (entry.kind === "excluded") {
      excluded[entry.because]++;
      if (entry.because === "same-folder-again") metAgain.push(entry.path);
      continue;
    }
    if (entry.kind === "passed-by") excluded[entry.passedBy.reason]++;
    if (entry.kind === "photo") onProgress({ step: "walk", found: ++found });
    if (page.push(entry) >= PAGE_OF_ENTRIES) await handIn();
  }
  await handIn();
  const originals = stop.aborted ? NO_ORIGINALS : await meetLoneOriginals(ports);
  const lostRoots = await presence.lostRoots();
  const isMetAgain = (path: string) => metAgain.some((folder) => isWithin(path, folder));
  const unmet: Unmet = {
    whyUnmet: async (photo) => (isMetAgain(photo.path) ? "excluded" : presence.whyUnmet(photo)),
    isForAnotherRoot: (path) => passedFolders.some((folder) => isWithin(path, folder)) || presence.isForAnotherRoot(path),
  };
  const result: WalkResult = stop.aborted
    ? { missing: 0, nowExcluded: 0, unsure: 0, emptyRoots: [] }
    : await store.finishWalk(lostRoots, unmet);
  return {
    ...result,
    found: found + originals.found,
    unchanged: unchanged + originals.unchanged,
    originals: originals.found,
    lostRoots,
    excluded,
  };
}

/** What this scan does not take in is passed by, and left in the library as it was. */
function filtered(entry: WalkEntry, accepts: Accepts): WalkEntry {
  if (entry.kind !== "photo" && entry.kind !== "skipped") return entry;
  const file = entry.kind === "photo" ? entry.file : { path: entry.skipped.path, bytes: null, modifiedMs: null };
  return accepts(file) ? entry : { kind: "passed-by", passedBy: { path: file.path, reason: "by-filter" } };
}

/** Once all photos are met: camera originals that travel with none of them are photos too. */
async function meetLoneOriginals({ store, stampAt, accepts }: ScanPorts) {
  const counts = { found: 0, unchanged: 0 };
  for await (const paths of store.loneOriginals()) {
    const files = await Promise.all(paths.map(async (path) => ({ path, stamp: await stampAt(path) })));
    const entries = files.flatMap(({ path, stamp }): MetEntry[] => {
      if (stamp === null) return [];
      const file = { path, ...stamp };
      return accepts(file) ? [{ kind: "photo", file }] : [{ kind: "passed-by", passedBy: { path, reason: "by-filter" } }];
    });
    const states = await store.meet(entries);
    counts.found += states.length;
    counts.unchanged += states.filter((state) => state === "unchanged").length;
  }
  return counts;
}

type ReadPhoto = { readonly kind: "known"; readonly photo: IdentifiedPhoto } | { readonly kind: "embedded"; readonly photo: EmbeddedPhoto };

/** What reading one photo needs beside the ports. */
interface Underway {
  /** Contents whose embedding is on its way to the library. Null: it has it already. */
  readonly photos: InFlight<ContentHash, Outcome<EmbeddedPhoto> | null>;
  readonly isEmbedded: (hash: ContentHash) => Promise<boolean>;
}

const NO_ORIGINALS = { found: 0, unchanged: 0 };
const NONE_READ = { known: 0, renamed: 0, copied: 0, embedded: 0, skipped: 0 };

/** Until none of the photos is left, be it that this machine has read them or another. */
async function readShared(ports: ScanPorts): Promise<typeof NONE_READ> {
  let all = NONE_READ;
  do all = sumOf(all, await readPending(ports));
  while (!ports.stop.aborted && (await ports.store.awaitOthers()));
  return all;
}

function sumOf(one: typeof NONE_READ, other: typeof NONE_READ): typeof NONE_READ {
  return {
    known: one.known + other.known,
    renamed: one.renamed + other.renamed,
    copied: one.copied + other.copied,
    embedded: one.embedded + other.embedded,
    skipped: one.skipped + other.skipped,
  };
}

async function readPending(ports: ScanPorts) {
  const { store, presence, onProgress, stop } = ports;
  const total = await store.pendingCount();
  const counts = { known: 0, embedded: 0, skipped: 0 };
  const underway: Underway = {
    photos: new InFlight((outcome) => outcome?.ok === true),
    isEmbedded: askTogether((hashes) => store.embeddedAmong(hashes)),
  };
  const outcomes = keeping(store, underway.photos);
  const identify = async (file: PhotoFile) => ({ file, identified: await ports.identify(file) });
  const read = async ({ file, identified }: Awaited<ReturnType<typeof identify>>) => {
    return { file, outcome: identified.ok ? await readPhoto(identified.value, ports, underway) : identified };
  };
  const ahead = inParallel(each(store.pending(), stop), ports.parallel + PHOTOS_READ_AHEAD, identify);
  for await (const { file, outcome } of inParallel(until(ahead, stop), ports.parallel, read)) {
    if (outcome.ok) {
      await outcomes.add(outcome.value);
      counts[outcome.value.kind]++;
    } else {
      if (await isAway(outcome.skipped, presence)) continue; // stays pending
      await outcomes.add({ kind: "skipped", skipped: outcome.skipped, file });
      counts.skipped++;
    }
    onProgress({ step: "embed", done: counts.known + counts.embedded + counts.skipped, total });
  }
  return { ...counts, ...(await outcomes.keep()) };
}

/**
 * Hands outcomes on by pages; `keep` tells what all so far came to. A photo counts as under way until the library has it; a twin of it, whose reading may end first, waits
 * for a page in which it is.
 */
function keeping(store: ScanStore, underway: Underway["photos"]) {
  let page: ReadOutcome[] = [];
  let kept = performance.now();
  const again = { renamed: 0, copied: 0 };
  const keep = async () => {
    const embedded = page.flatMap((outcome) => (outcome.kind === "embedded" ? [outcome.photo.photo.hash] : []));
    const mustWait = (outcome: ReadOutcome) =>
      outcome.kind === "known" && underway.has(outcome.photo.hash) && !embedded.includes(outcome.photo.hash);
    const handed = page.filter((outcome) => !mustWait(outcome)).sort((one, other) => rankOf(one) - rankOf(other));
    page = page.filter(mustWait);
    const { renamed, copied } = await store.record(handed);
    again.renamed += renamed;
    again.copied += copied;
    kept = performance.now();
    for (const hash of embedded) underway.end(hash);
    return again;
  };
  return {
    add: async (outcome: ReadOutcome) => {
      if (page.push(outcome) >= PAGE_OF_OUTCOMES || performance.now() - kept > KEEP_EVERY_MS) await keep();
    },
    keep,
  };
}

/** A content comes before the further photos that hold it. */
function rankOf({ kind }: ReadOutcome): number {
  return kind === "embedded" ? 0 : 1;
}

/** Decodes and encodes unless the content is known or is being encoded under another path. */
async function readPhoto(photo: IdentifiedPhoto, ports: ScanPorts, underway: Underway): Promise<Outcome<ReadPhoto>> {
  for (;;) {
    const { isFirst, value } = underway.photos.share(photo.hash, () => embedUnlessKnown(photo, ports, underway));
    const outcome = await value;
    if (outcome === null || (outcome.ok && !isFirst)) return { ok: true, value: { kind: "known", photo } };
    if (outcome.ok) return { ok: true, value: { kind: "embedded", photo: outcome.value } };
    if (isFirst) return outcome;
    // What was wrong with the twin may be wrong with its path alone: this one is tried by itself.
  }
}

async function embedUnlessKnown(photo: IdentifiedPhoto, { decode, identify, encoder }: ScanPorts, { isEmbedded }: Underway) {
  if (await isEmbedded(photo.hash)) return null;
  return embedPhoto(photo, { decode: (identified) => decodeSurely(identified, decode, identify), encoder });
}

/** Whether a photo could not be read because its whole root went away: nothing is wrong with the photo. */
async function isAway({ path, reason }: SkippedPhoto, presence: Presence): Promise<boolean> {
  if (reason !== "vanished" && reason !== "unreadable") return false;
  return (await presence.lostRoots()).some((root) => isWithin(path, root));
}

/** What is not begun when it is time to stop is left for the next scan. */
async function* until<Item>(items: AsyncIterable<Item>, stop: AbortSignal): AsyncGenerator<Item> {
  for await (const item of items) {
    if (stop.aborted) return;
    yield item;
  }
}

/** The items of the pages, until it is time to stop. */
async function* each<Item>(pages: AsyncIterable<readonly Item[]>, stop: AbortSignal): AsyncGenerator<Item> {
  for await (const page of pages) {
    for (const item of page) {
      if (stop.aborted) return;
      yield item;
    }
  }
}
