/**
 * Asking a person whether two photos are the same picture.
 */
import type { ChosenEncoder } from "../encoders/ports.ts";
import type { ContentId, LibraryContent, Pair } from "../library/contents.ts";
import type { LabelledPair } from "../pairs/labelled-pair.ts";
import type { PhotoPath, Similarity } from "../units.ts";

export interface Question {
  readonly a: LibraryContent;
  readonly b: LibraryContent;
  /** By the encoder that is asked about. */
  readonly similarity: Similarity;
}

/** `unsure`: recorded nowhere; `back`: take the last answer back; `quit`: enough. */
export const LABEL_REPLIES = ["same", "different", "unsure", "back", "quit"] as const;
export type LabelReply = (typeof LABEL_REPLIES)[number];

/** What is pressed for each, on the terminal and on the page. */
export const REPLY_KEYS: Readonly<Record<LabelReply, string>> = { same: "s", different: "d", unsure: "u", back: "b", quit: "q" };

export type LabelAnswer = Extract<LabelReply, "same" | "different" | "unsure">;

/** How far the asking has come; `total` questions at most. */
export interface LabelProgress extends Readonly<Record<LabelAnswer, number>> {
  readonly asked: number;
  readonly total: number;
}

/** The library as the asking sees it. */
export interface LabelStore {
  /** The encoder that is asked about, then the others that embedded photos of this library. */
  readonly encoders: readonly [ChosenEncoder, ...ChosenEncoder[]];
  /** Nearest first, at most `limit` at or above and `limit` below. */
  pairsNear(encoder: ChosenEncoder, similarity: number, limit: number): Promise<readonly Pair[]>;
  /** Those of the contents that the encoder has embedded. */
  vectors(encoder: ChosenEncoder, contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>>;
  /** Those of the contents that present photos hold. */
  contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>>;
  /** What known paths hold; others are left out. */
  contentsAt(paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>>;
}

/** An answer that was given. */
export type Label = Omit<LabelledPair, "line">;

/** The photo of a content that is shown and named: the first by path. */
export function shownPhoto({ photos }: LibraryContent): PhotoPath {
  return (photos[0] as (typeof photos)[number]).path;
}

/** @returns null for a key that says nothing */
export function replyFor(key: string): LabelReply | null {
  return LABEL_REPLIES.find((reply) => REPLY_KEYS[reply] === key.toLowerCase()) ?? null;
}
