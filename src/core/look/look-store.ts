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

export interface ClaimedPairs {
  readonly taken: readonly ContentPair[];
  readonly seen: readonly KeptLook[];
}

/** Verdicts belong to contents, whatever encoder proposed them. */
export interface LookStore {
  /** All of the present version (`LOOK_VERSION`), in pages, in no order. */
  looks(): AsyncIterable<readonly KeptLook[]>;
  /** Those of the present version at these pairs, in no order. */
  looksAt(pairs: readonly ContentPair[]): Promise<readonly KeptLook[]>;
  /** In place of what an earlier version saw. */
  record(looks: readonly KeptLook[]): Promise<void>;
  /** The encoder whose pairs a scan has looked through, with nothing compared since; null where there is something left, or may be. */
  lookedThrough(): Promise<EncoderKey | null>;
  markLookedThrough(encoder: EncoderKey | null): Promise<void>;
  /**
   * Takes pairs to look at, so that no other process looks at them too, until they are recorded or let go. What a process that is gone had taken is
   * there to be taken again.
   * @returns those that are to be looked at, and what others have seen of the rest by now. At pairs in neither somebody is looking: ask again
   */
  claim(pairs: readonly ContentPair[]): Promise<ClaimedPairs>;
  /** Lets go of all that was taken and not recorded. */
  letGo(): Promise<void>;
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
