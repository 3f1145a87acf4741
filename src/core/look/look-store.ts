/**
 * What was seen, kept so that nothing is looked at twice.
 */
import type { IdentifiedPhoto } from "../photos/photo.ts";
import type { ContentHash, ContentId, EncoderKey } from "../units.ts";
import type { Look } from "./verdict.ts";

/** Two contents in the order of `inLookOrder`. */
export interface ContentPair {
  readonly one: ContentId;
  readonly other: ContentId;
}

export interface KeptLook extends ContentPair {
  readonly look: Look;
}

/** Verdicts belong to contents, whatever encoder proposed them. */
export interface LookStore {
  /** All of the present version (`LOOK_VERSION`), in pages, in no order. */
  looks(): AsyncIterable<readonly KeptLook[]>;
  /** In place of what an earlier version saw. */
  record(looks: readonly KeptLook[]): Promise<void>;
  /** The encoder whose pairs a scan has looked through, with nothing compared since; null where there is something left, or may be. */
  lookedThrough(): Promise<EncoderKey | null>;
  markLookedThrough(encoder: EncoderKey | null): Promise<void>;
  /**
   * Waits until no other machine looks ahead: what it has seen is kept then, and need not be seen again.
   * @returns null where it was stopped while it waited
   */
  inTurn<Result>(stop: AbortSignal, work: () => Promise<Result>): Promise<Result | null>;
}

/**
 * Looks at one picture and several others, in their order; null where a photo could not be read now.
 */
export type LookAtPictures = (one: IdentifiedPhoto, others: readonly IdentifiedPhoto[]) => Promise<readonly (Look | null)[]>;

/** The content with the smaller hash is the one: two pictures are looked at in one order, whichever library they are in. */
export function inLookOrder<Content extends { readonly hash: ContentHash }>(
  a: Content,
  b: Content,
): { readonly one: Content; readonly other: Content } {
  return a.hash <= b.hash ? { one: a, other: b } : { one: b, other: a };
}
