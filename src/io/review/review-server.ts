/**
 * Serves a review on a page of this machine's own. A request names sets and members by their numbers, never a file.
 */
import type { PageAssets } from "../../core/pages/page-assets.ts";
import { REVIEW_CHOICES, type ReviewChoice } from "../../core/review/choices.ts";
import type { ChoiceReply, PlanReply, SetsPage, SetView } from "../../core/review/review-view.ts";
import { PageServer } from "../pages/page-server.ts";

/** `screen` to look at, `full` to look closely. */
const PICTURE_SIZES = ["screen", "full"] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

export type ReviewQuestion =
  | { readonly ask: "choose"; readonly set: number; readonly choice: ReviewChoice; readonly keeper: number }
  | { readonly ask: "alike"; readonly set: number }
  | { readonly ask: "undo" };

export interface ReviewServerParts {
  /** @param nonce for the page's own style and script */
  readonly page: (nonce: string) => string;
  readonly assets: PageAssets;
  /** @param start null for where the review stopped */
  readonly sets: (start: number | null) => SetsPage;
  /** With one member as the keeper; null where there is none of that number. */
  readonly set: (number: number, keeper: number) => SetView | null;
  /** A JPEG; null for a photo that is not there or cannot be shown. */
  readonly picture: (set: number, member: number, size: PictureSize) => Promise<Uint8Array | null>;
  readonly choose: (question: ReviewQuestion) => Promise<ChoiceReply>;
  readonly plan: () => Promise<PlanReply>;
  readonly onFault: (error: unknown) => void;
}

const QUESTION_BYTES_AT_MOST = 1_000;

/** @param port 0 for a free one */
export function startReviewServer(parts: ReviewServerParts, port: number): Promise<PageServer> {
  const { page, assets, sets, set, picture, choose, plan, onFault } = parts;
  const openPicture = async (id: string) => {
    const [number, member, named, ...more] = id.split("/");
    const size = PICTURE_SIZES.find((name) => name === named);
    if (more.length > 0 || size === undefined) return null;
    const [of, which] = [wholeNumber(number), wholeNumber(member)];
    const body = of === null || which === null ? null : await picture(of, which, size);
    return body === null ? null : { type: "image/jpeg", body };
  };
  return PageServer.start(
    {
      "": { kind: "page", render: page },
      "review.js": { kind: "asset", type: "text/javascript", asset: assets.script },
      "review.css": { kind: "asset", type: "text/css", asset: assets.style },
      sets: {
        kind: "state",
        read: async (id) => {
          const start = wholeNumber(id);
          return id !== "" && start === null ? null : sets(start);
        },
      },
      set: {
        kind: "state",
        read: async (id) => {
          const [number, keeper] = id.split("/").map(wholeNumber);
          return number == null || keeper == null ? null : set(number, keeper);
        },
      },
      picture: { kind: "picture", open: openPicture },
      choose: {
        kind: "question",
        bytesAtMost: QUESTION_BYTES_AT_MOST,
        answer: async (given) => {
          const question = questionOf(given);
          return question === null ? null : choose(question);
        },
      },
      plan: { kind: "question", bytesAtMost: QUESTION_BYTES_AT_MOST, answer: plan },
    },
    onFault,
    port,
  );
}

function questionOf(given: unknown): ReviewQuestion | null {
  const { ask, set, choice, keeper } = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
  if (ask === "undo") return { ask };
  if (!isNumber(set)) return null;
  if (ask === "alike") return { ask, set };
  const known = REVIEW_CHOICES.find((name) => name === choice);
  return ask === "choose" && known !== undefined && isNumber(keeper) ? { ask, set, choice: known, keeper } : null;
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
