/**
 * A review of a report's sets: choices are taken one at a time, each on the disk before it is answered, and can be undone one by one.
 */
import type { Decision, DecisionStore, Verdict } from "../../core/decisions/decisions.ts";
import type { Report } from "../../core/duplicates/report.ts";
import { keyOfMembers, type ReviewChoice, type ReviewRecord, type ReviewStore, standingChoices } from "../../core/review/choices.ts";
import { type ChosenSet, type ChosenSets, chosenSets } from "../../core/review/chosen-sets.ts";
import {
  alikeKey,
  decidedPhoto,
  keeperAlike,
  maySurelyGo,
  type ReviewMember,
  type ReviewScope,
  type ReviewSet,
  reviewSets,
} from "../../core/review/review-sets.ts";
import type { ReviewProgress } from "../../core/review/review-view.ts";

export interface ReviewPorts {
  readonly store: ReviewStore;
  readonly decisions: DecisionStore;
  /** ISO 8601. */
  readonly now: () => string;
}

/** A set, and what is chosen for it. */
export interface ReviewedSet {
  readonly number: number;
  readonly set: ReviewSet;
  readonly choice: ReviewChoice | null;
  /** Number of the member that is chosen to stay; 0, the proposed one, where nothing is chosen. */
  readonly keeper: number;
}

/** @property refused why nothing was done */
export type Chosen = { readonly refused: string } | { readonly refused: null; readonly number: number; readonly changed: number };

const NOTHING: Chosen = { refused: "There is nothing to undo." };

export class ReviewSession {
  readonly #ports: ReviewPorts;
  readonly #sets: readonly ReviewSet[];
  /** Of each set, by which its choice is known again. */
  readonly #keys: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** Numbers of sets of one class in the same folders. */
  readonly #alike: ReadonlyMap<string, readonly number[]>;
  /** In the order they were made. */
  readonly #choices: Map<string, ReviewRecord>;
  #lastBatch: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(sets: readonly ReviewSet[], records: readonly ReviewRecord[], ports: ReviewPorts) {
    this.#ports = ports;
    this.#sets = sets;
    this.#keys = sets.map(({ members }) => keyOfMembers(members.map(decidedPhoto)));
    this.#numbers = new Map(this.#keys.map((key, number) => [key, number]));
    const alike = new Map<string, number[]>();
    for (const [number, set] of sets.entries()) {
      const key = alikeKey(set);
      const numbers = alike.get(key);
      if (numbers === undefined) alike.set(key, [number]);
      else numbers.push(number);
    }
    this.#alike = alike;
    this.#choices = new Map([...standingChoices(records)].filter(([key]) => this.#numbers.has(key)));
    this.#lastBatch = records.reduce((last, { batch }) => Math.max(last, batch), 0);
  }

  /** Goes on where an earlier review of the same files stopped. */
  static async open({ sets }: Pick<Report, "sets">, scope: ReviewScope, ports: ReviewPorts): Promise<ReviewSession> {
    return new ReviewSession(reviewSets(sets, scope), (await ports.store.read()).records, ports);
  }

  get count(): number {
    return this.#sets.length;
  }

  /** Null where there is none of that number. */
  at(number: number): ReviewedSet | null {
    const set = this.#sets[number];
    if (set === undefined) return null;
    const record = this.#choices.get(this.#keys[number] as string);
    if (record === undefined) return { number, set, choice: null, keeper: 0 };
    const keeper = set.members.findIndex(({ photo }) => photo.path === record.keeper.path);
    return { number, set, choice: record.choice as ReviewChoice, keeper };
  }

  /** @param count at most */
  page(start: number, count: number): readonly ReviewedSet[] {
    return this.#sets.slice(start, start + count).map((_, index) => this.at(start + index) as ReviewedSet);
  }

  /** Linear in the sets. */
  progress(): ReviewProgress {
    const next = this.#keys.findIndex((key) => !this.#choices.has(key));
    let going = 0;
    for (const { set, choice, keeper } of this.#chosen())
      if (choice === "extras-go") going += set.members.filter(({ stays }, number) => number !== keeper && stays === null).length;
    return { total: this.#sets.length, chosen: this.#choices.size, going, next: next < 0 ? null : next };
  }

  choose(number: number, choice: ReviewChoice, keeper: number): Promise<Chosen> {
    return this.#inTurn(() => {
      const set = this.#sets[number];
      if (set === undefined || set.members[keeper] === undefined) return { refused: "There is no such photo." };
      return this.#record(number, choice, [{ number, keeper }]);
    });
  }

  /** Sets to which the choice for this one can be carried over: extras go unseen only where they are surely the same picture. */
  alikeTo(number: number): readonly { readonly number: number; readonly keeper: number }[] {
    const from = this.at(number);
    if (from === null || from.choice === null || (from.choice === "extras-go" && !maySurelyGo(from.set))) return [];
    return (this.#alike.get(alikeKey(from.set)) ?? []).flatMap((other) => {
      if (this.#choices.has(this.#keys[other] as string)) return [];
      const keeper = keeperAlike(from.set, from.keeper, this.#sets[other] as ReviewSet);
      return keeper === null ? [] : [{ number: other, keeper }];
    });
  }

  /** The same for all of `alikeTo`, in one go. */
  chooseAlike(number: number): Promise<Chosen> {
    return this.#inTurn(() => {
      const choice = this.at(number)?.choice ?? null;
      const others = this.alikeTo(number);
      if (choice === null || others.length === 0) return { refused: "There is no other set of these folders and this class." };
      return this.#record(number, choice, others);
    });
  }

  /** Takes back what was chosen last, in this review or an earlier one: one set, or all that were chosen with it. */
  undo(): Promise<Chosen> {
    return this.#inTurn(async () => {
      const batch = [...this.#choices.values()].at(-1)?.batch;
      const undone = [...this.#choices].filter(([, record]) => record.batch === batch);
      const [first] = undone;
      if (first === undefined) return NOTHING;
      const records = undone.map(([, record]) => record);
      const at = this.#ports.now();
      await this.#takeBackDecisions(records, at);
      await this.#ports.store.add(records.map((record) => ({ ...record, choice: "withdrawn", at })));
      for (const [key] of undone) this.#choices.delete(key);
      return { refused: null, number: this.#numbers.get(first[0]) as number, changed: undone.length };
    });
  }

  /** What the choices come to. */
  chosen(): ChosenSets {
    return chosenSets(this.#chosen());
  }

  #chosen(): readonly ChosenSet[] {
    return [...this.#choices.keys()].map((key) => this.at(this.#numbers.get(key) as number) as ChosenSet);
  }

  async #record(
    number: number,
    choice: ReviewChoice,
    of: readonly { readonly number: number; readonly keeper: number }[],
  ): Promise<Chosen> {
    const at = this.#ports.now();
    const batch = this.#lastBatch + 1;
    const earlier: ReviewRecord[] = [];
    const records = of.map(({ number: each, keeper }): ReviewRecord => {
      const members = (this.#sets[each] as ReviewSet).members;
      const standing = this.#choices.get(this.#keys[each] as string);
      if (standing !== undefined) earlier.push(standing);
      const others = members.filter((_, index) => index !== keeper).map(decidedPhoto);
      return { batch, choice, keeper: decidedPhoto(members[keeper] as ReviewMember), others, at };
    });
    const decisions = choice === "not-duplicates" ? records.flatMap(decisionsOf) : [];
    if (choice === "not-duplicates" && decisions.length === 0) return { refused: "These files are equal byte for byte." };
    await this.#takeBackDecisions(earlier, at);
    await this.#ports.decisions.add(decisions);
    await this.#ports.store.add(records);
    this.#lastBatch = batch;
    for (const [index, { number: each }] of of.entries()) {
      const key = this.#keys[each] as string;
      this.#choices.delete(key); // what was chosen last stands last
      this.#choices.set(key, records[index] as ReviewRecord);
    }
    return { refused: null, number, changed: records.length };
  }

  /** What was decided of each pair before counts again, unless something else has been decided since. */
  async #takeBackDecisions(records: readonly ReviewRecord[], at: string): Promise<void> {
    const ours = records.filter(({ choice }) => choice === "not-duplicates").flatMap(decisionsOf);
    if (ours.length === 0) return;
    const verdicts = new Map<string, Verdict[]>();
    for (const { a, b, verdict } of (await this.#ports.decisions.read()).decisions) {
      const key = pairKey(a.sha256, b.sha256);
      const known = verdicts.get(key);
      if (known === undefined) verdicts.set(key, [verdict]);
      else known.push(verdict);
    }
    const back = ours.flatMap((decision): readonly Decision[] => {
      const [before = "withdrawn", last] = [undefined, ...(verdicts.get(pairKey(decision.a.sha256, decision.b.sha256)) ?? [])].slice(-2);
      return last === "not-duplicates" ? [{ ...decision, verdict: before, at }] : [];
    });
    await this.#ports.decisions.add(back);
  }

  /** One after the other: two windows may choose at once. */
  #inTurn(work: () => Promise<Chosen> | Chosen): Promise<Chosen> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** Files with the same bytes are one picture, whatever is said of them. */
function decisionsOf({ keeper, others, at }: ReviewRecord): readonly Decision[] {
  const different = new Map(others.filter(({ sha256 }) => sha256 !== keeper.sha256).map((other) => [other.sha256, other]));
  return [...different.values()].map((other) => ({ a: keeper, b: other, verdict: "not-duplicates", at }));
}

function pairKey(one: string, other: string): string {
  return [one, other].sort().join(" ");
}
