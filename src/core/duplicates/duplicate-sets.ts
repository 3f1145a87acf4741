/**
 * From the library's contents and pairs to sets a person can act on: one keeper and the photos it makes redundant.
 */
import type { ContentId, LibraryContent, LibraryPhoto, Pair } from "../library/contents.ts";
import { comparePaths, isWithin } from "../paths.ts";
import { NEARLY_EMPTY_BELOW } from "../photos/detail.ts";
import { areDifferentExposures } from "../photos/exposure.ts";
import type { CompanionFile } from "../photos/photo.ts";
import type { Similarity } from "../units.ts";
import { type Cluster, cluster, type Linkage } from "./clustering.ts";
import type { DecidedPairs } from "./decided-pairs.ts";
import { compareKeepers, isProtected, type KeeperChoice, type KeeperReason, keeperReason, type RankedContent } from "./keeper.ts";
import { type Candidate, partedCompanions } from "./merits.ts";

/** `copies`: one exposure, several files; `burst`: several exposures of one scene. */
type SetKind = "copies" | "burst";

/** `same-bytes`: the file equals the keeper; `near`: the encoder says it is the same picture. */
type Evidence = "same-bytes" | "near";

export interface DuplicateSet {
  readonly kind: SetKind;
  readonly keeper: Candidate;
  readonly keeperReason: KeeperReason;
  /** At least one, but in a report on some folders: none of what lies outside them is one. */
  readonly extras: readonly Extra[];
  /** What stays all the same, since it lies outside the folders that the report is about. */
  readonly outside: readonly Extra[];
  /** Lowest similarity of any two members, the keeper among them. */
  readonly lowestSimilarity: Similarity;
  /** Bytes that removing every extra would free; zero for a burst, whose photos are no copies. */
  readonly reclaimableBytes: number;
}

export interface Extra extends Candidate {
  readonly evidence: Evidence;
  /** To the keeper. */
  readonly similarity: Similarity;
  /** Its companions for which the keeper has no equal: they would be left without a picture if the extra went. */
  readonly parted: readonly CompanionFile[];
}

export interface SetChoice extends KeeperChoice {
  readonly linkage: Linkage;
  /** Only sets whose members lie under at least two of these folders; null for all sets. */
  readonly acrossRoots: readonly string[] | null;
  readonly decided: DecidedPairs;
}

/** Similarity of any two contents of the library, below the floor too. */
export type SimilarityOf = (one: ContentId, other: ContentId) => Similarity;

/** Clusters of contents, before it is known which photos of theirs stay. */
export interface ClusteredSets {
  readonly copies: readonly Cluster[];
  readonly bursts: readonly Cluster[];
}

/** As a report reads them; `rankContents` makes them. */
export type RankedContents = ReadonlyMap<ContentId, RankedContent>;

/** `clusterSets` and `buildSets` in one, where every similarity is at hand. */
export function findSets(
  contents: RankedContents,
  pairs: readonly Pair[],
  similarityOf: SimilarityOf,
  choice: SetChoice,
): readonly DuplicateSet[] {
  return buildSets(clusterSets(contents, pairs, choice), contents, similarityOf, choice);
}

/**
 * Copies first, then bursts among what the copies leave.
 * @param pairs all at or above the threshold; those that a person calls the same are added
 */
export function clusterSets(contents: RankedContents, pairs: readonly Pair[], choice: SetChoice): ClusteredSets {
  const { copyPairs, burstPairs } = sortPairs(pairs, contents, choice.decided);
  const copies = clusterContents(copyPairs, contents, choice, "copies");
  const extras = new Set(copies.flatMap((found) => found.extras));
  const standing = burstPairs.filter((pair) => !extras.has(pair.a) && !extras.has(pair.b));
  const bursts = clusterContents(standing, contents, { ...choice, linkage: "star" }, "burst");

  const clustered = new Set(copies.flatMap((found) => [found.keeper, ...found.extras]));
  const sameBytesOnly = [...contents.values()]
    .filter((content) => content.photos.length > 1 && !clustered.has(content.id))
    .map((content): Cluster => ({ keeper: content.id, extras: [] }));
  return { copies: [...copies, ...sameBytesOnly], bursts };
}

/** Contents whose similarities `buildSets` asks for: those of clusters of several. */
export function membersOf({ copies, bursts }: ClusteredSets): ReadonlySet<ContentId> {
  return new Set([...copies, ...bursts].flatMap(({ keeper, extras }) => (extras.length === 0 ? [] : [keeper, ...extras])));
}

/**
 * The set with the most reclaimable bytes stands first, then in path order.
 * @param similarityOf asked only for members of one set
 */
export function buildSets(
  { copies, bursts }: ClusteredSets,
  contents: RankedContents,
  similarityOf: SimilarityOf,
  choice: SetChoice,
): readonly DuplicateSet[] {
  const build = (kind: SetKind) => (found: Cluster) => toSet(kind, found, contents, similarityOf, choice);
  return [...copies.flatMap(build("copies")), ...bursts.flatMap(build("burst"))]
    .filter((set) => choice.acrossRoots === null || rootsSpanned(set, choice.acrossRoots) > 1)
    .sort(compareSets);
}

/** A pair with a nearly empty picture says nothing; one of two exposures is a burst's, never a copy's; but a person's word comes first. */
function sortPairs(pairs: readonly Pair[], contents: ReadonlyMap<ContentId, LibraryContent>, decided: DecidedPairs) {
  const copyPairs: Pair[] = [];
  const burstPairs: Pair[] = [];
  for (const pair of pairs) {
    const a = contents.get(pair.a);
    const b = contents.get(pair.b);
    if (a === undefined || b === undefined || decided.verdictOf(pair.a, pair.b) !== null) continue;
    if (a.detail < NEARLY_EMPTY_BELOW || b.detail < NEARLY_EMPTY_BELOW) continue;
    (areDifferentExposures(a.facts, b.facts) ? burstPairs : copyPairs).push(pair);
  }
  copyPairs.push(...decided.same.filter(({ a, b }) => contents.has(a) && contents.has(b)));
  return { copyPairs, burstPairs };
}

function clusterContents(pairs: readonly Pair[], contents: RankedContents, choice: SetChoice, kind: SetKind): readonly Cluster[] {
  const better = compareKeepers(choice);
  // The best photo of each content stands for it.
  const candidate = (id: ContentId) => (contents.get(id) as RankedContent).candidates[0] as Candidate;
  const facts = (id: ContentId) => (contents.get(id) as RankedContent).facts;
  const ids = [...new Set(pairs.flatMap((pair) => [pair.a, pair.b]))].sort((one, other) => better(candidate(one), candidate(other)));
  const mayShareCluster = (one: ContentId, other: ContentId) => {
    const verdict = choice.decided.verdictOf(one, other);
    return verdict === null ? kind === "burst" || !areDifferentExposures(facts(one), facts(other)) : verdict === "same";
  };
  return cluster({ ids, pairs, mayShareCluster }, choice.linkage);
}

/** No set where every photo but one is protected, or where a burst has one photo left. */
function toSet(
  kind: SetKind,
  found: Cluster,
  contents: RankedContents,
  similarityOf: SimilarityOf,
  choice: SetChoice,
): readonly DuplicateSet[] {
  const photosOf = (id: ContentId) => (contents.get(id) as RankedContent).candidates;
  const [keeper, ...copies] = photosOf(found.keeper) as [Candidate, ...Candidate[]];
  const similarityToKeeper = (id: ContentId) => (id === found.keeper ? (1 as Similarity) : similarityOf(found.keeper, id));
  const others = kind === "burst" ? found.extras.flatMap((id) => photosOf(id).slice(0, 1)) : [...copies, ...found.extras.flatMap(photosOf)];
  const extras = others
    .filter(({ photo }) => kind === "burst" || !isProtected(choice, photo))
    .map(
      (extra): Extra => ({
        ...extra,
        evidence: extra.content.id === found.keeper ? "same-bytes" : "near",
        similarity: similarityToKeeper(extra.content.id),
        parted: partedCompanions(extra, keeper),
      }),
    );
  const runnerUp = [...extras].sort(compareKeepers(choice))[0];
  if (runnerUp === undefined) return [];
  return [
    {
      kind,
      keeper,
      keeperReason: keeperReason(choice, keeper, runnerUp),
      outside: [],
      extras: extras.sort((one, other) => other.similarity - one.similarity || comparePaths(one.photo.path, other.photo.path)),
      lowestSimilarity: lowestSimilarity([...new Set([found.keeper, ...extras.map((extra) => extra.content.id)])], similarityOf),
      reclaimableBytes: kind === "burst" ? 0 : extras.reduce((sum, extra) => sum + extra.content.bytes, 0),
    },
  ];
}

/** Over all pairs of members, not only those with the keeper. */
function lowestSimilarity(ids: readonly ContentId[], similarityOf: SimilarityOf): Similarity {
  let lowest = 1 as Similarity;
  for (const [index, one] of ids.entries()) {
    for (const other of ids.slice(index + 1)) {
      const found = similarityOf(one, other);
      if (found < lowest) lowest = found;
    }
  }
  return lowest;
}

function rootsSpanned(set: DuplicateSet, roots: readonly string[]): number {
  const rootOf = (photo: LibraryPhoto) => roots.filter((root) => isWithin(photo.path, root)).sort((a, b) => b.length - a.length)[0];
  return new Set([set.keeper, ...set.extras].map(({ photo }) => rootOf(photo)).filter((root) => root !== undefined)).size;
}

/** Sets with most bytes to gain first, then in path order; copies before bursts. */
export function compareSets(one: DuplicateSet, other: DuplicateSet): number {
  return (
    comparePaths(other.kind, one.kind) || // copies before burst
    other.reclaimableBytes - one.reclaimableBytes ||
    comparePaths(one.keeper.photo.path, other.keeper.photo.path)
  );
}
