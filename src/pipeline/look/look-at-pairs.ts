/**
 * Looks at pairs of contents that were not looked at yet, and keeps what was seen as it comes: a killed scan loses a second of it.
 */
import type { ContentId, LibraryContent } from "../../core/library/contents.ts";
import { inLookOrder, type KeptLook, type LookAtPictures, type LookStore } from "../../core/look/look-store.ts";
import type { LooksSeen } from "../../core/look/looks-seen.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { inParallel } from "../in-parallel.ts";

export interface LookPorts {
  readonly store: Pick<LookStore, "record" | "claim" | "letGo">;
  readonly look: LookAtPictures;
  /** Called with how many of the pairs are done. */
  readonly onLook: (done: number) => void;
  /** Pictures looked at side by side. */
  readonly parallel: number;
  /** Waits a moment, before pairs that others look at are asked for again. */
  readonly pause: () => Promise<void>;
  readonly stop: AbortSignal;
}

export interface PairToLookAt {
  readonly one: LibraryContent;
  readonly other: LibraryContent;
}

/**
 * Looks at pairs, adds what it sees to `seen`, and gives back those that were not seen: a photo of them cannot be read now, or it was
 * stopped.
 */
export type LookMore = (pairs: readonly PairToLookAt[], seen: LooksSeen) => Promise<readonly PairToLookAt[]>;

/** So many with one picture go to a worker at once: it is read once for them. */
const MOST_AT_ONCE = 16;
const PAGE_OF_LOOKS = 64;
/** What was seen is kept at least so often. */
const KEEP_EVERY_MS = 1_000;

/**
 * @param seen takes what is seen, here or meanwhile by others
 * @returns pairs that were not seen: a photo of them cannot be read now, or it was stopped
 */
export async function lookAtPairs(ports: LookPorts, pairs: readonly PairToLookAt[], seen: LooksSeen): Promise<readonly PairToLookAt[]> {
  const { store, look, onLook, parallel, pause, stop } = ports;
  let page: KeptLook[] = [];
  let done = 0;
  let kept = performance.now();
  const keep = async () => {
    await store.record(page);
    page = [];
    kept = performance.now();
  };
  const noteDone = (count: number) => {
    done += count;
    onLook(done);
  };
  const onSeen = (looks: readonly KeptLook[]) => {
    for (const entry of looks) seen.add(entry);
    noteDone(looks.length);
  };
  const lookAt = async ({ one, others }: Task) => {
    const looks = await look(
      photoOf(one),
      others.map(({ other }) => photoOf(other)),
    );
    return others.map((pair, i) => ({ pair, look: looks[i] ?? null }));
  };
  try {
    for (let rest = tasksOf(pairs); rest.length > 0 && !stop.aborted; ) {
      const left: Task[] = [];
      const before = done;
      for await (const looks of inParallel(claimed(rest, left, { store, stop, onSeen }), parallel, lookAt)) {
        for (const { pair, look: found } of looks) {
          if (found === null) continue;
          const entry = { one: pair.one.id, other: pair.other.id, look: found };
          seen.add(entry);
          page.push(entry);
        }
        noteDone(looks.length);
        if (page.length >= PAGE_OF_LOOKS || performance.now() - kept > KEEP_EVERY_MS) await keep();
      }
      // Before others are waited for: they may be waiting for this.
      if (page.length > 0) await keep();
      if (left.length > 0 && done === before) await pause();
      rest = left;
    }
  } finally {
    await store.letGo();
  }
  return pairs.filter(({ one, other }) => !seen.has(one.id, other.id));
}

interface Claiming extends Pick<LookPorts, "stop"> {
  readonly store: Pick<LookStore, "claim">;
  /** Called with what others have seen. */
  readonly onSeen: (looks: readonly KeptLook[]) => void;
}

/** What is to be looked at here. @param left takes what others are looking at */
async function* claimed(tasks: readonly Task[], left: Task[], { store, stop, onSeen }: Claiming): AsyncGenerator<Task> {
  for (const { one, others } of tasks) {
    if (stop.aborted) return;
    const { taken, seen } = await store.claim(others.map(({ other }) => ({ one: one.id, other: other.id })));
    const isTaken = new Set(taken.map(({ other }) => other));
    const isSeen = new Set(seen.map(({ other }) => other));
    if (seen.length > 0) onSeen(seen);
    const elsewhere = others.filter(({ other }) => !isTaken.has(other.id) && !isSeen.has(other.id));
    if (elsewhere.length > 0) left.push({ one, others: elsewhere });
    if (taken.length > 0) yield { one, others: others.filter(({ other }) => isTaken.has(other.id)) };
  }
}

interface Task {
  readonly one: LibraryContent;
  readonly others: readonly PairToLookAt[];
}

/** Pairs of one picture together, in the order in which pictures are looked at. */
function tasksOf(pairs: readonly PairToLookAt[]): readonly Task[] {
  const byOne = new Map<ContentId, PairToLookAt[]>();
  for (const pair of pairs) {
    const ordered = inLookOrder(pair.one, pair.other);
    const known = byOne.get(ordered.one.id);
    if (known === undefined) byOne.set(ordered.one.id, [ordered]);
    else known.push(ordered);
  }
  return [...byOne.values()].flatMap((others) => {
    const tasks: Task[] = [];
    for (let from = 0; from < others.length; from += MOST_AT_ONCE)
      tasks.push({ one: (others[0] as PairToLookAt).one, others: others.slice(from, from + MOST_AT_ONCE) });
    return tasks;
  });
}

/** Of several photos that hold it, the first. */
function photoOf({ hash, bytes, photos }: LibraryContent): IdentifiedPhoto {
  const [photo] = photos;
  if (photo === undefined) throw new RangeError(`Expected a photo that holds ${hash}, got none`);
  return { hash, file: { ...photo, bytes } };
}
