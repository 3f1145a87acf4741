/**
 * A question as a person reads it, and what the page of `dupfind label` is told of it.
 */

export interface QuestionView {
  readonly number: number;
  readonly total: number;
  readonly similarity: string;
  readonly counts: string;
  readonly photos: readonly [PhotoView, PhotoView];
}

export interface PhotoView {
  readonly path: string;
  /** Size, format and date in one line. */
  readonly facts: string;
}

/** What the page shows; the pictures of a turn are at `photo/<turn>/a` and `photo/<turn>/b`. */
export type LabelState =
  /** `turn` grows with each asking, be it of the same question. */
  ({ readonly turn: number; readonly done: false } & QuestionView) | { readonly turn: number; readonly done: true; readonly text: string };
