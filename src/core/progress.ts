/**
 * How far a story has come, for whoever waits for it.
 */
/** How far the work has come. */
export type Progress =
  | { readonly step: "walk"; readonly found: number }
  | { readonly step: "embed"; readonly done: number; readonly total: number }
  | { readonly step: "read-facts"; readonly done: number; readonly total: number }
  | { readonly step: "edit"; readonly done: number; readonly total: number }
  | { readonly step: "compare"; readonly done: number; readonly total: number }
  /** Pairs that were proposed, of those known to be worth a look so far. */
  | { readonly step: "look"; readonly done: number; readonly total: number }
  | { readonly step: "neighbours"; readonly done: number; readonly total: number }
  | { readonly step: "learn"; readonly done: number; readonly total: number }
  | { readonly step: "lay-out"; readonly done: number; readonly total: number }
  | { readonly step: "thumbnails"; readonly done: number; readonly total: number }
  | { readonly step: "clean-up"; readonly done: number; readonly total: number }
  | { readonly step: "undo"; readonly done: number; readonly total: number }
  /** Rows of a library that is copied. */
  | { readonly step: "copy"; readonly done: number; readonly total: number }
  | { readonly step: "pull"; readonly done: number; readonly total: number; readonly bytesPerSecond: number };

export type OnProgress = (progress: Progress) => void;
