/**
 * What a scan and a reindex have in common: the folders' photos embedded with one encoder, compared with each other, and looked at where they
 * are alike.
 */
import type { ScanRoot } from "../../core/library/contents.ts";
import { countLeftOut } from "../../core/library/left-out.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { ScanResult, ScanSummary } from "../../core/library/scan-result.ts";
import type { Approximation } from "../../core/library/vectors.ts";
import type { Library } from "../../core/library-port.ts";
import { addApproximations, NOTHING_APPROXIMATE } from "../../core/pairs/approximation.ts";
import type { Accepts } from "../../core/photos/ports.ts";
import type { Run } from "../../core/run.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { readApart } from "../../io/photos/apart/read-apart.ts";
import { createPresence } from "../../io/photos/presence.ts";
import { stampAt } from "../../io/photos/stamp-at.ts";
import { createWalk } from "../../io/photos/walk.ts";
import { lazyApproximateSearch } from "../../io/vectors/lazy-pair-search.ts";
import { type Approximating, compareContents } from "../../pipeline/library/compare-new-contents.ts";
import { scanLibrary } from "../../pipeline/library/scan-library.ts";
import { returnedPhotos } from "../cleanup/cleanup-ports.ts";
import { warnOfDrift } from "../drift/drift-ports.ts";
import { lookAhead } from "../duplicates/look-ahead.ts";
import { type Effort, withWorkbench } from "../workbench.ts";

export interface UpdateChoice extends Effort {
  /** Lets an index of nearest neighbours propose the pairs of very many new photos. */
  readonly ann?: boolean;
  /** Whether to look at what is alike now; else the first report does. */
  readonly looking: boolean;
}

/** What is read. */
export interface ScanScope {
  readonly roots: readonly ScanRoot[];
  /** Absolute paths of files beside what lies below the roots. */
  readonly files: readonly string[];
  /** Globs that leave out some of the files. */
  readonly exclude: readonly string[];
  readonly accepts: Accepts;
  readonly oneFileSystem: boolean;
}

/**
 * @param library opened for writing, with other writers kept out
 * @param place where it lives
 */
export async function updateLibrary(
  library: Library,
  place: LibraryPlace,
  encoder: InstalledEncoder,
  scope: ScanScope,
  { looking, ann = false, ...effort }: UpdateChoice,
  run: Run,
): Promise<ScanResult> {
  const begun = performance.now();
  const summary = await scan(library, encoder, scope, effort, run);
  // A scan of what is known already, by night say, has nothing to look at, and need not load the pairs to find out.
  if ((await library.pairsOf(encoder).uncomparedCount()) > 0) await library.looks().markLookedThrough(null);
  const comparison = createComparison(ann, effort.threads);
  const compared = !run.signal.aborted && (await compare(library, encoder, comparison.approximating, run));
  if (looking && !run.signal.aborted && (await library.looks().lookedThrough()) !== encoder.key)
    await lookAhead(library, place, encoder, effort, run);
  const leftOut = await countLeftOut(
    library,
    encoder.key,
    // Files may lie anywhere.
    scope.files.length > 0 ? [] : scope.roots.map((root) => root.path),
  );
  const returned = await returnedPhotos(library, place);
  return {
    ...summary,
    compared,
    approximation: comparison.measured(),
    leftOut,
    returned,
    seconds: Math.round(performance.now() - begun) / 1000,
  };
}

function scan(library: Library, encoder: InstalledEncoder, scope: ScanScope, effort: Effort, run: Run): Promise<ScanSummary> {
  const { roots, accepts } = scope;
  const onSilence = (path: string, seconds: number) => run.onNotice({ kind: "silence", path, seconds });
  const apart = readApart({ resize: encoder.spec.image.resize, ...effort });
  const scanned = withWorkbench(encoder, effort, async (bench) => {
    const presence = createPresence(roots, await library.roots(), apart.listedOn);
    const store = await library.scanWith(encoder, roots, bench.decoderVersion);
    await warnOfDrift(library, encoder, bench, run);
    return scanLibrary({
      walk: createWalk(roots, { ...scope, ...effort, onSilence }),
      accepts,
      presence,
      stampAt,
      identify: apart.identify,
      decode: apart.decode,
      readFacts: apart.readFacts,
      encoder: bench.encoder,
      store,
      onProgress: run.onProgress,
      parallel: bench.parallel,
      stop: run.signal,
    });
  });
  return scanned.finally(() => apart.close());
}

/** @returns whether everything is compared now */
function compare(
  library: Library,
  encoder: InstalledEncoder,
  approximating: Approximating | null,
  { onProgress, signal }: Run,
): Promise<boolean> {
  const { floor } = encoder.spec.threshold;
  return compareContents({ store: library.pairsOf(encoder), floor, approximating, onProgress, stop: signal });
}

/** Exact where `approximating` is null; what an index misses of the rest is `measured`. */
function createComparison(ann: boolean, threads: number) {
  let measured: Approximation | null = null;
  const onMeasured = (row: Approximation) => {
    measured = addApproximations(measured ?? NOTHING_APPROXIMATE, row);
  };
  const approximating = ann ? { searchPairs: lazyApproximateSearch({ threads, onMeasured }), onMeasured } : null;
  return { approximating, measured: () => measured };
}
