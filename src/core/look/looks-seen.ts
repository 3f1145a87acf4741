/**
 * Looks by the two contents they are of, in whichever order these are asked for.
 */
import type { ContentId } from "../units.ts";
import type { KeptLook } from "./look-store.ts";
import { type Look, turnRound } from "./verdict.ts";

export class LooksSeen {
  readonly #looks = new Map<ContentId, Map<ContentId, Look>>();

  add({ one, other, look }: KeptLook): void {
    const known = this.#looks.get(one);
    if (known === undefined) this.#looks.set(one, new Map([[other, look]]));
    else known.set(other, look);
  }

  /** Undefined where the two were not looked at. */
  of(one: ContentId, other: ContentId): Look | undefined {
    const look = this.#looks.get(one)?.get(other);
    if (look !== undefined) return look;
    const turned = this.#looks.get(other)?.get(one);
    return turned === undefined ? undefined : turnRound(turned);
  }

  has(one: ContentId, other: ContentId): boolean {
    return (this.#looks.get(one)?.has(other) ?? false) || (this.#looks.get(other)?.has(one) ?? false);
  }

  *[Symbol.iterator](): Iterator<KeptLook> {
    for (const [one, others] of this.#looks) for (const [other, look] of others) yield { one, other, look };
  }
}
