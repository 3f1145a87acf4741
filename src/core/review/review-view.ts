/**
 * What passes between the page of a review and the program that serves it.
 */
import type { Box, Quad } from "../look/verdict.ts";
import type { ReviewChoice } from "./choices.ts";

/** Sets that are asked for at once. */
export const SETS_A_PAGE = 20;

/** A set as it is shown with one of its members as the keeper. */
export interface SetView {
  readonly number: number;
  /** Class of its least sure extra, in words. */
  readonly class: string;
  /** Number of the member that is shown as the keeper. */
  readonly keeper: number;
  readonly why: string;
  readonly members: readonly MemberView[];
  readonly chosen: ReviewChoice | null;
}

export interface MemberView {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly facts: readonly FactView[];
  /** Why it stays whatever is chosen, and what it lacks; "" for nothing. */
  readonly note: string;
  /** Beside the keeper; null for the keeper itself. */
  readonly pair: PairView | null;
}

export interface FactView {
  readonly name: "pixels" | "bytes" | "date" | "camera" | "companions";
  readonly value: string;
  /** From the keeper's. */
  readonly differs: boolean;
}

export interface PairView {
  readonly class: string;
  /** "" where nobody has compared these two. */
  readonly similarity: string;
  readonly differences: string;
  readonly boxes: readonly { readonly keeper: Box; readonly extra: Box }[];
  /** Corners of the extra as they lie on the keeper; null where that is not known. */
  readonly extraOnKeeper: Quad | null;
}

export interface ReviewProgress {
  readonly total: number;
  readonly chosen: number;
  /** Photos that are chosen to go. */
  readonly going: number;
  /** The first set, in their order, for which nothing is chosen; null for none. */
  readonly next: number | null;
}

export interface SetsPage {
  readonly sets: readonly SetView[];
  readonly progress: ReviewProgress;
}

/** @property set whose state the reply is about; null where nothing was done */
export interface ChoiceReply {
  readonly fault: string | null;
  readonly set: SetView | null;
  readonly progress: ReviewProgress;
  /** Sets that were changed. */
  readonly changed: number;
  /** Further sets of the same folders and class, for which nothing is chosen, and for which the same may be. */
  readonly alike: number;
}

export type PlanReply = { readonly fault: string } | { readonly fault: null; readonly text: string; readonly command: string };

export type ReviewCommand = ReviewChoice | "undo" | "plan" | "flicker" | "slide";

/** What is pressed for each; digits choose the keeper. */
export const REVIEW_KEYS: Readonly<Record<ReviewCommand, readonly string[]>> = {
  "extras-go": ["x", "Enter"],
  "keep-all": ["k"],
  "not-duplicates": ["n"],
  undo: ["u"],
  plan: ["p"],
  flicker: ["f"],
  slide: ["s"],
};
