/**
 * What a piece of work tells whoever waits for it, and how it is told to stop. Nothing here is text: who waits may be a person at a
 * terminal, a script, or a program that embeds the engine.
 */
import type { DriftReport } from "./drift/drift.ts";
import type { NamedEncoder } from "./encoders/encoder.ts";
import type { Backlog } from "./library/unfinished.ts";
import type { OnProgress } from "./progress.ts";

/** Something that changes what an answer means, and ends nothing. */
export type Notice =
  /** Another process compares what is new in the library: the work begins when that is done. */
  | { readonly kind: "waiting" }
  /** Nothing comes of a folder or a file, and no error either: its drive may be gone. The work waits for it. */
  | { readonly kind: "silence"; readonly path: string; readonly seconds: number }
  /** An encoder took another's place; the vectors of that one are read until its own are complete. */
  | { readonly kind: "earlier-encoder-serves"; readonly encoder: NamedEncoder; readonly serving: NamedEncoder }
  /** An encoder took another's place: all photos are read once more. */
  | { readonly kind: "all-read-again"; readonly encoder: NamedEncoder; readonly serving: NamedEncoder }
  /** What runs here does not come to the vectors that the library holds. */
  | { readonly kind: "drift"; readonly report: DriftReport }
  /**
   * What was decided in reviews counts as labels.
   * @property contradicted pairs that the labels of `file` call otherwise, which count
   * @property absent decisions on photos that are not here or not embedded
   */
  | {
      readonly kind: "decisions";
      readonly counted: number;
      readonly contradicted: readonly { readonly a: string; readonly b: string; readonly same: boolean }[];
      readonly file: string | null;
      readonly absent: number;
    }
  /** The answer cannot speak of all photos. */
  | { readonly kind: "unfinished"; readonly backlog: Backlog };

export type OnNotice = (notice: Notice) => void;

export interface Run {
  readonly onProgress: OnProgress;
  readonly onNotice: OnNotice;
  /** When it fires, what is under way is finished and no more is begun; what is finished by then is kept. */
  readonly signal: AbortSignal;
}
