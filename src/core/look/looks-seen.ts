/**
 * Looks by the two contents they are of, in whichever order these are asked for.
 */
import type { ContentId } from "../units.ts";
import type { KeptLook } from "./look-store.ts";
import { type Look, turnRound, type Verdict } from "./verdict.ts";

export class LooksSeen {
  readonly #looks = new Map<ContentId, Map<ContentId, Look>>();
  readonly #differing = new Map<ContentId, number>();

  add({ one, other, look }: KeptLook): void {
    const known = this.#looks.get(one);
    if (known === undefined) this.#looks.set(one, new Map([[other, look]]));
    else known.set(other, look);
    if (look.verdict !== "different") return;
    for (const id of [one, other]) this.#differing.set(id, this.differing(id) + 1);
  }

  /** Undefined where the two were not looked at. */
  of(one: ContentId, other: ContentId): Look | undefined {
    const look = this.#looks.get(one)?.get(other);
    if (look !== undefined) return look;
    const turned = this.#looks.get(other)?.get(one);
    return turned === undefined ? undefined : turnRound(turned);
  }

  /** Of the look at the two, which is the same from either side. */
  verdictOf(one: ContentId, other: ContentId): Verdict | undefined {
    return (this.#looks.get(one)?.get(other) ?? this.#looks.get(other)?.get(one))?.verdict;
  }

  has(one: ContentId, other: ContentId): boolean {
    return (this.#looks.get(one)?.has(other) ?? false) || (this.#looks.get(other)?.has(one) ?? false);
  }

  /** Pictures that were seen to be different from this one. */
  differing(id: ContentId): number {
    return this.#differing.get(id) ?? 0;
  }

  *[Symbol.iterator](): Iterator<KeptLook> {
    for (const [one, others] of this.#looks) for (const [other, look] of others) yield { one, other, look };
  }
}
