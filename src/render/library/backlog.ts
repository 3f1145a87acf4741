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
        `${shownPath(root, workingFolder)}: scan in progress, interrupted,\nor unable to check every known photo. dupfind scan resumes it.`,
    ),
    ...(unreadCount > 0 ? [`${counted(unreadCount, "photo")} not read yet; dupfind scan resumes where it stopped.`] : []),
    ...(uncomparedCount > 0
      ? [`${counted(uncomparedCount, "distinct photo")} not compared yet; dupfind scan resumes where it stopped.`]
      : []),
  ];
}
