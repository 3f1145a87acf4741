/**
 * Says that an answer cannot speak of all photos, for answers that have no place for it.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { backlogOf, isFinished } from "../../core/library/unfinished.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";

/**
 * @param folders absolute; empty for the whole library
 * @returns whether all photos of the folders were read
 */
export async function noteUnfinished(
  library: Library,
  encoder: ChosenEncoder,
  folders: readonly string[],
  { onNotice }: Pick<Run, "onNotice">,
): Promise<boolean> {
  const backlog = backlogOf(await library.unfinishedOf(encoder), 0, folders);
  const finished = isFinished(backlog);
  if (!finished) onNotice({ kind: "unfinished", backlog });
  return finished;
}
