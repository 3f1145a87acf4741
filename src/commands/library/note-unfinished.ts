/**
 * Says that an answer cannot speak of all photos, for commands whose answer has no place for it.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { type Backlog, backlogOf, isFinished } from "../../core/library/unfinished.ts";
import type { Library } from "../../core/library-port.ts";
import { backlogLines } from "../../render/library/backlog.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

interface Asked extends Pick<CommonSettings, "quiet"> {
  /** Absolute; empty for the whole library. */
  readonly folders: readonly string[];
}

/** @returns whether all photos of the folders were read */
export async function noteUnfinished(library: Library, encoder: ChosenEncoder, { quiet, folders }: Asked, host: Host): Promise<boolean> {
  const backlog = backlogOf(await library.unfinishedOf(encoder), 0, folders);
  if (!quiet) writeBacklog(backlog, host);
  return isFinished(backlog);
}

export function writeBacklog(backlog: Backlog, host: Host): void {
  for (const line of backlogLines(backlog, host.workingFolder)) host.writeError(`dupfind: ${line}\n`);
}
