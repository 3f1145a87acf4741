/**
 * Shows how a fetch comes on: a bar with its pace on a terminal, elsewhere a line now and then.
 */
import { Pace } from "../../core/encoders/pace.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { renderPullState } from "../../render/pull.ts";
import type { Host } from "../host.ts";

/** Seldom enough for a log. */
const LINE_EVERY_MS = 30_000;

export interface PullDisplay {
  /** Bytes that came over the network. */
  readonly onBytes: (bytes: number) => void;
  /** Bytes that lay here already; negative when they were thrown away. */
  readonly onKept: (bytes: number) => void;
  readonly onRetry: (what: string) => void;
  close(): void;
}

/** @param total bytes of all files */
export function createPullDisplay(
  total: number,
  quiet: boolean,
  { isTerminal, stop, writeError }: Pick<Host, "isTerminal" | "stop" | "writeError">,
  lineEveryMs = LINE_EVERY_MS,
): PullDisplay {
  const bar = createProgressDisplay(isTerminal && !quiet, stop);
  const pace = new Pace();
  const now = () => performance.now() / 1000;
  let done = 0;
  const state = () => ({ done, total, bytesPerSecond: pace.perSecond(now()) });
  const say = (line: string) => {
    if (quiet) return;
    bar.close(); // and begins anew with the next bytes
    writeError(`dupfind: ${line}.\n`);
  };
  const timer = isTerminal || quiet ? undefined : setInterval(() => say(renderPullState(state())), lineEveryMs);
  const move = (bytes: number) => {
    done += bytes;
    bar.onProgress({ step: "pull", ...state() });
  };
  return {
    onKept: move,
    onBytes: (bytes) => {
      pace.note(bytes, now());
      move(bytes);
    },
    onRetry: say,
    close: () => {
      clearInterval(timer);
      bar.close();
    },
  };
}
