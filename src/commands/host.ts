/**
 * The outside world as `bin.ts` gives it; nothing else touches the process.
 */
import type { Delivery } from "../core/process-edge.ts";

/** The outside world as `bin.ts` gives it; nothing else touches the process. */
export interface Host {
  /** For people, and JSON: made plain on the way, see `core/text/plain-text.ts`. */
  readonly write: (text: string) => void;
  /** For programs that read bytes: nothing in it is changed. */
  readonly writeExact: (output: string | Uint8Array) => void;
  readonly writeError: (text: string) => void;
  /** Waits until all that was written to the stream so far is taken, or known to be lost. */
  readonly settle: (stream: OutputStream) => Promise<Delivery>;
  /** True when standard output is a terminal: there no name is written as it is, whatever the form. */
  readonly isOutputTerminal: boolean;
  /** True when standard error is a terminal: only there a progress bar is drawn. */
  readonly isTerminal: boolean;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Hands on every key as it is pressed on standard input, or its characters where that is no terminal; null at its end.
   * @returns ends the listening
   */
  readonly listenToKeys: (take: (key: string | null) => void) => () => void;
  /** All of standard input, as UTF-8. */
  readonly readInput: () => Promise<string>;
  /** Fires at the first of these signals, with its name as the reason. */
  readonly stop: AbortSignal;
}

/** A terminal that shows colours, of a user who did not ask for none (no-color.org). */
export function wantsColour({ isOutputTerminal, environment }: Pick<Host, "isOutputTerminal" | "environment">): boolean {
  return isOutputTerminal && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}

export type OutputStream = "output" | "errors";
