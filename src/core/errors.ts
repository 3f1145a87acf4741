/**
 * The faults a user can do something about. Everything else that is thrown is a bug and keeps its stack.
 */
import type { LockedModel } from "./encoders/model-lock.ts";

/** Exit codes of the program: the contract that scripts and cron jobs rely on. */
export const EXIT = {
  ok: 0,
  duplicatesFound: 1,
  driftFound: 1,
  notBetter: 1,
  notSaved: 1,
  notWell: 1,
  usage: 2,
  photosNotCompared: 3,
  partlyDone: 3,
  libraryLocked: 4,
  bug: 70,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Packages with a native part, without which dupfind is not wholly installed. */
export type NativePart = "sharp" | "onnxruntime-node" | "better-sqlite3" | "better-sqlite3-node20";

/** Known faults of which the code says everything. */
export type PlainFault =
  // the library
  | "library-missing"
  | "usearch-missing"
  | "library-is-folder"
  | "not-a-library"
  | "library-older"
  | "library-newer"
  | "library-folder-unmakeable"
  | "library-folder-read-only"
  | "library-read-only"
  | "library-locked"
  | "library-busy"
  | "library-changed"
  | "library-damaged"
  | "library-disk-full"
  | "library-disk-failed"
  | "database-failed"
  | "vectors-locked"
  | "no-home-folder"
  | "volume-unusable"
  // the server of a shared library
  | "server-address-unusable"
  | "copy-onto-itself"
  | "copy-target-used"
  | "copy-differs"
  | "server-unreachable"
  | "server-not-trusted"
  | "server-refused"
  | "server-database-missing"
  | "server-encoding-unusable"
  | "server-library-older"
  | "server-rights-missing"
  | "server-read-only"
  | "server-lost"
  | "server-busy"
  | "server-disk-full"
  | "server-failed"
  // encoders
  | "encoder-name-unusable"
  | "encoder-embedded"
  | "encoder-not-here"
  | "base-encoder-gone"
  | "own-model-lock-unreadable"
  | "added-model-lock-unreadable"
  | "model-lock-unusable"
  | "adapted-record-unusable"
  | "model-unusable"
  | "models-locked"
  | "models-folder-unlisted"
  | "models-folder-link"
  | "import-source-unreadable"
  | "nothing-to-import"
  // the network
  | "mirror-address-unusable"
  | "proxy-address-unusable"
  | "download-stopped"
  | "download-failed"
  | "download-not-pinned"
  | "download-wrong-length"
  | "download-refused"
  | "redirect-refused"
  | "telemetry-on"
  // photos and their folders
  | "folder-unlisted"
  | "watch-refused"
  // labels
  | "csv-unreadable"
  | "csv-not-text"
  | "csv-not-csv"
  | "label-columns-unknown"
  | "label-rows-unusable"
  | "labelled-photos-unreadable"
  | "nothing-decided"
  | "labels-one-sided"
  | "labels-too-few"
  | "labels-too-entangled"
  | "label-folder-missing"
  | "label-place-no-file"
  | "label-file-unwritable"
  | "label-file-changed"
  // cleaning up
  | "plan-unreadable"
  | "plan-unusable"
  | "plan-of-another-library"
  | "move-folder-missing"
  | "move-folder-scanned"
  | "journal-unreadable"
  | "journal-unwritable"
  | "decisions-unreadable"
  | "decisions-unwritable"
  | "review-unreadable"
  | "review-unwritable"
  | "reported-unreadable"
  | "reported-unwritable"
  | "nothing-to-undo"
  | "run-unknown"
  // answers
  | "photos-too-few"
  | "query-photo-unreadable"
  | "no-pair-left"
  | "no-canary"
  | "roots-absent"
  | "some-roots-absent"
  | "across-one-folder"
  | "not-calibrated"
  | "precision-not-guaranteed"
  | "query-cancels-out"
  | "stopped";

/** Why a known fault happened, for whoever words the next step or picks an exit code: the code, and what it has to be told by. */
export type Fault =
  | { readonly code: PlainFault }
  /** What was asked for cannot be done as it was asked; only the command line says so, and how to ask. */
  | { readonly code: "usage"; readonly hint: string }
  | { readonly code: "not-installed"; readonly part: NativePart }
  | { readonly code: "encoder-unknown"; readonly known: readonly string[] }
  | { readonly code: "encoder-name-taken"; readonly id: string; readonly isAdapted: boolean }
  | { readonly code: "encoder-not-published"; readonly model: Pick<LockedModel, "id" | "source"> }
  | { readonly code: "model-file-unusable"; readonly model: Pick<LockedModel, "id" | "source"> }
  /** @property reason the system's or the database's word, such as "ENOSPC" */
  | { readonly code: "models-folder-failed"; readonly reason: string }
  | { readonly code: "output-unwritable"; readonly reason: string }
  | { readonly code: "encoder-already-adapted"; readonly base: string }
  /** @property able encoders that know words */
  | { readonly code: "encoder-knows-no-words"; readonly able: readonly { readonly model: LockedModel; readonly isHere: boolean }[] }
  /** @property model to scan with, where it is not the library's own */
  | { readonly code: "nothing-scanned"; readonly model: string | null }
  /** @property nearest that holds known photos; null where none does */
  | { readonly code: "folder-unknown"; readonly nearest: string | null }
  | { readonly code: "threshold-below-floor"; readonly floor: number };

export type FaultCode = Fault["code"];

/** A known fault: what happened, and by its code what can be done about it. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly fault: Fault;

  /**
   * @param fault its code alone where that says everything
   * @param message what was expected and what came, naming the file; no full stop
   */
  constructor(fault: Fault | PlainFault, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.fault = typeof fault === "string" ? { code: fault } : fault;
  }

  get code(): FaultCode {
    return this.fault.code;
  }
}
