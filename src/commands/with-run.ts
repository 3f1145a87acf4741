/**
 * What a terminal adds to a piece of work: progress is drawn, notices are written, and a signal stops it.
 */
import type { Notice, Run } from "../core/run.ts";
import { createProgressDisplay } from "../io/progress-bar.ts";
import { renderNotice } from "../render/notices.ts";
import type { Host } from "./host.ts";
import type { CommonSettings } from "./settings.ts";

/** What the vectors that are made now are worth is told to whoever asked for quiet, too. */
const TOLD_ALWAYS: ReadonlySet<Notice["kind"]> = new Set<Notice["kind"]>(["drift", "silence"]);

/** Ends the line that is drawn whatever happens, so that the answer stands on one of its own. */
export async function withRun<Result>(
  { quiet }: Pick<CommonSettings, "quiet">,
  host: Host,
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const display = createProgressDisplay(host.isTerminal && !quiet, host.stop);
  const onNotice = (notice: Notice) => {
    if (quiet && !TOLD_ALWAYS.has(notice.kind)) return;
    display.close(); // and begins anew with the next progress
    host.writeError(renderNotice(notice, host.workingFolder));
  };
  try {
    return await work({ onProgress: display.onProgress, onNotice, signal: host.stop });
  } finally {
    display.close();
  }
}
