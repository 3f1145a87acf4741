/**
 * What the classes and kinds of a report are called.
 */
import type { ExtraClass, SetKind } from "../../core/duplicates/classes.ts";

export const CLASS_NAMES: Readonly<Record<ExtraClass, string>> = {
  "same-bytes": "same bytes",
  "same-pixels": "same pixels",
  "same-picture": "same picture",
  altered: "altered",
  undecided: "undecided",
  burst: "burst",
};

/** What a person has to know of the sets of a kind; null where it says itself. */
export const KIND_INTRO: Readonly<Record<SetKind, string | null>> = {
  copies: null,
  altered: "Altered: one picture but for a caption, a stamp, a number. Look first.",
  undecided: "Undecided: alike, and not seen to be the same. Look before one goes.",
  burst: "Bursts: several exposures of one scene, not copies.",
};

/** Whether an extra of the class may go unseen. */
export const CLASS_ADVICE: Readonly<Record<ExtraClass, string>> = {
  "same-bytes": "may go unseen: the file equals the keeper",
  "same-pixels": "may go unseen, where the keeper's metadata will do",
  "same-picture": "may go unseen, where the keeper's size and view will do",
  altered: "look at it: a region differs, or the colours",
  undecided: "look at it: there is too little in it to tell",
  burst: "look at it: another exposure, no copy",
};
