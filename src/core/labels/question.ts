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
  pairsNear(encoder: ChosenEncoder, similarity: number, limit: number): readonly Pair[];
  /** Null where the encoder has not embedded both. */
  similarityBy(encoder: ChosenEncoder, a: ContentId, b: ContentId): Similarity | null;
  /** Contents that present photos hold. */
  contentsFor(pairs: readonly Pair[]): ReadonlyMap<ContentId, LibraryContent>;
  contentAt(path: PhotoPath): ContentId | null;
}

/** An answer that was given. */
export type Label = Omit<LabelledPair, "line">;

/** The photo of a content that is shown and named: the first by path. */
export function shownPhoto({ photos }: LibraryContent): PhotoPath {
  return (photos[0] as (typeof photos)[number]).path;
}
