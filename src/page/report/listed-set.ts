/**
 * What a report's page knows of its sets, and which of them a reader asked for. Knows no element.
 */

export interface ListedSet {
  /** Where it stands in the report. */
  readonly place: number;
  readonly classes: readonly string[];
  /** The lowest of any two of its photos. */
  readonly similarity: number;
  readonly bytes: number;
  /** "2019-03-21T11:04:22" of the keeper; empty where it is not known. */
  readonly taken: string;
  /** Of all its photos, in lower case, the keeper's first. */
  readonly paths: readonly string[];
}

/** Empty for what is not asked. */
export interface Asked {
  readonly class: string;
  readonly path: string;
  /** Days: "2019-03-21". A set without a date is in no range. */
  readonly from: string;
  readonly to: string;
  readonly low: string;
  readonly high: string;
  readonly order: string;
}

/** In the order asked for. */
export function chosenSets<One extends ListedSet>(sets: readonly One[], asked: Asked): readonly One[] {
  const compare = COMPARE[asked.order];
  const chosen = sets.filter((set) => isAsked(set, asked));
  return compare === undefined ? chosen : chosen.sort((one, other) => compare(one, other) || one.place - other.place);
}

function isAsked({ classes, similarity, taken, paths }: ListedSet, asked: Asked): boolean {
  const day = taken.slice(0, 10);
  const path = asked.path.trim().toLowerCase();
  return (
    (asked.class === "" || classes.includes(asked.class)) &&
    (path === "" || paths.some((one) => one.includes(path))) &&
    (asked.from === "" || (day !== "" && day >= asked.from)) &&
    (asked.to === "" || (day !== "" && day <= asked.to)) &&
    (asked.low === "" || similarity >= Number(asked.low)) &&
    (asked.high === "" || similarity <= Number(asked.high))
  );
}

const COMPARE: Readonly<Record<string, (one: ListedSet, other: ListedSet) => number>> = {
  size: (one, other) => other.bytes - one.bytes,
  similarity: (one, other) => one.similarity - other.similarity,
  date: (one, other) => compareTexts(one.taken || "~", other.taken || "~"),
  folder: (one, other) => compareTexts(one.paths[0] ?? "", other.paths[0] ?? ""),
};

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
