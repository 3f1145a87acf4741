/**
 * The story of a scan: walk the folders by names and stats, read what is new, decode and encode what has no embedding yet.
 * Cheap steps first; each works only on what the one before left undecided.
 */
import type { Encoder } from "../../core/encoders/ports.ts";
import type { ScanStore, StockTaken } from "../../core/library/scan-store.ts";
import { isWithin } from "../../core/paths.ts";
import { measureDetail } from "../../core/photos/detail.ts";
import type { EmbeddedPhoto, IdentifiedPhoto, PhotoFile, SkippedPhoto } from "../../core/photos/photo.ts";
import type { Decode, ExclusionKind, Identify, Outcome, Presence, Walk } from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { ContentHash } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";
import { decodeSurely } from "../photos/decode-surely.ts";

export interface ScanPorts {
  readonly walk: Walk;
  readonly presence: Presence;
  readonly identify: Identify;
  readonly decode: Decode;
  readonly encoder: Encoder;
  readonly store: ScanStore;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  /** When it fires, photos under way are finished and no more are begun. */
  readonly stop: AbortSignal;
}

export interface ScanSummary extends StockTaken {
  /** Files with a photo's name. */
  readonly found: number;
  /** Path, size and mtime as before: not opened. */
  readonly unchanged: number;
  /** Read, but their content had its embedding already. */
  readonly known: number;
  /** Decoded and encoded. */
  readonly embedded: number;
  /** Not compared, whether found out now or at an earlier scan. */
  readonly skipped: number;
  /** Found and not read, for a stop or a root that went away. */
  readonly unread: number;
  /** Roots that went away during the scan: what is known below them stays as it was. */
  readonly lostRoots: readonly string[];
  readonly excluded: Readonly<Record<ExclusionKind, number>>;
  /** Walked and read to the end. */
  readonly finished: boolean;
}

export async function scanLibrary(ports: ScanPorts): Promise<ScanSummary> {
  const walked = await walkRoots(ports);
  const read = await embedPending(ports);
  const unread = ports.store.pendingCount();
  const lostRoots = [...new Set([...walked.lostRoots, ...(await ports.presence.lostRoots())])];
  return {
    ...walked,
    known: read.known,
    embedded: read.embedded,
    skipped: ports.store.skippedCount(),
    unread,
    lostRoots,
    finished: !ports.stop.aborted && unread === 0 && lostRoots.length === 0,
  };
}

/** Walks without opening a file. A walk that was stopped half-way marks nothing as missing. */
async function walkRoots({ walk, presence, store, onProgress, stop }: ScanPorts) {
  const excluded: Record<ExclusionKind, number> = { "other-file": 0, hidden: 0, link: 0, "same-folder-again": 0 };
  const metAgain: string[] = [];
  let found = 0;
  let unchanged = 0;
  for await (const entry of walk()) {
    if (stop.aborted) break;
    if (entry.kind === "excluded") {
      excluded[entry.because]++;
      if (entry.because === "same-folder-again") metAgain.push(entry.path);
    } else if (entry.kind === "companion") store.noteSideFile(entry.file);
    else if (entry.kind === "skipped") store.noteSkipped(entry.skipped, null);
    else {
      if (store.takeStockOf(entry.file) === "unchanged") unchanged++;
      onProgress({ step: "walk", found: ++found });
    }
  }
  const lostRoots = await presence.lostRoots();
  const isMetAgain = (path: string) => metAgain.some((folder) => isWithin(path, folder));
  const taken: StockTaken = stop.aborted
    ? { missing: 0, unsure: 0, emptyRoots: [] }
    : await store.finishStock(lostRoots, async (photo) => (isMetAgain(photo.path) ? "excluded" : presence.whyUnmet(photo)));
  store.commit();
  return { ...taken, found, unchanged, lostRoots, excluded };
}

type ReadPhoto = { readonly kind: "known"; readonly photo: IdentifiedPhoto } | { readonly kind: "embedded"; readonly photo: EmbeddedPhoto };

async function embedPending(ports: ScanPorts) {
  const { store, presence, onProgress, stop } = ports;
  const total = store.pendingCount();
  const counts = { known: 0, embedded: 0, skipped: 0 };
  const underWay = new Map<ContentHash, Promise<unknown>>();
  const read = async (file: PhotoFile) => ({ file, outcome: await readPhoto(file, ports, underWay) });
  for await (const { file, outcome } of inParallel(until(stop, store.pending()), ports.parallel, read)) {
    if (!outcome.ok) {
      if (await isAway(outcome.skipped, presence)) continue; // stays pending
      store.noteSkipped(outcome.skipped, file);
      counts.skipped++;
    } else if (outcome.value.kind === "known") {
      store.recordKnown(outcome.value.photo);
      counts.known++;
    } else {
      store.recordEmbedded(outcome.value.photo);
      underWay.delete(outcome.value.photo.photo.hash);
      counts.embedded++;
    }
    onProgress({ step: "embed", done: counts.known + counts.embedded + counts.skipped, total });
  }
  store.commit();
  return counts;
}

/** Identify, then decode and encode unless the content is known or is being encoded under another path. */
async function readPhoto(file: PhotoFile, ports: ScanPorts, underWay: Map<ContentHash, Promise<unknown>>): Promise<Outcome<ReadPhoto>> {
  const identified = await ports.identify(file);
  if (!identified.ok) return identified;
  const photo = identified.value;
  const twin = underWay.get(photo.hash);
  if (twin !== undefined || ports.store.hasEmbedding(photo.hash)) {
    const outcome = (await twin) as Outcome<EmbeddedPhoto> | undefined;
    if (outcome === undefined || outcome.ok) return { ok: true, value: { kind: "known", photo } };
  }
  const embedding = embed(photo, ports);
  underWay.set(photo.hash, embedding);
  const outcome = await embedding;
  if (!outcome.ok) underWay.delete(photo.hash);
  return outcome.ok ? { ok: true, value: { kind: "embedded", photo: outcome.value } } : outcome;
}

async function embed(photo: IdentifiedPhoto, { decode, identify, encoder }: ScanPorts): Promise<Outcome<EmbeddedPhoto>> {
  const decoded = await decodeSurely(photo, decode, identify);
  if (!decoded.ok) return decoded;
  const { facts, pixels } = decoded.value;
  const detail = measureDetail(pixels);
  return { ok: true, value: { photo, facts, detail, vector: await encoder.encode(pixels) } };
}

/** Whether a photo could not be read because its whole root went away: nothing is wrong with the photo. */
async function isAway({ path, reason }: SkippedPhoto, presence: Presence): Promise<boolean> {
  if (reason !== "vanished" && reason !== "unreadable") return false;
  return (await presence.lostRoots()).some((root) => isWithin(path, root));
}

function* until<Item>(stop: AbortSignal, items: Iterable<Item>): Generator<Item> {
  for (const item of items) {
    if (stop.aborted) return;
    yield item;
  }
}
