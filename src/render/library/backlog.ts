/**
 * What a library has yet to do before an answer speaks of all its photos, in words.
 */
import type { Backlog } from "../../core/library/unfinished.ts";
import { counted, shownPath } from "../words.ts";

/** No line where nothing is left to do. */
export function backlogLines({ unreadCount, unwalkedRoots, uncomparedCount }: Backlog, workingFolder: string): readonly string[] {
  return [
    ...unwalkedRoots.map(
      (root) =>
        `${shownPath(root, workingFolder)}: its scan is under way, broken off,\nor could not see all that is known there. dupfind scan goes on.`,
    ),
    ...(unreadCount > 0 ? [`${counted(unreadCount, "photo")} not read yet: dupfind scan goes on where it stopped.`] : []),
    ...(uncomparedCount > 0 ? [`${counted(uncomparedCount, "content")} not compared yet: dupfind scan goes on where it stopped.`] : []),
  ];
}
