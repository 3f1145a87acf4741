/**
 * Looks on the disk for the photos that a library knows below a root.
 */
import type { AbsentPhoto, KnownPhoto, RootSurvey, SurveyRoot } from "../../core/library/prune-plan.ts";
import { Devices } from "./devices.ts";
import { fileIdAt, holdsAnything } from "./folders.ts";
import { createPresence } from "./presence.ts";

export const surveyRoot: SurveyRoot = async (root, photos) => {
  const devices = new Devices();
  const missing: KnownPhoto[] = [];
  let knownCount = 0;
  for await (const photo of photos) {
    knownCount++;
    const fileId = fileIdAt(photo.path);
    if (fileId === "gone") missing.push(photo);
    else if (fileId !== "unreadable") devices.note(photo.fileId, fileId);
  }
  const presence = createPresence([{ ...root, exclude: [] }]);
  const absent: AbsentPhoto[] = [];
  for (const photo of missing) {
    const why = await presence.whyUnmet({ path: photo.path, root: root.path, devices: devices.of(photo.fileId) });
    absent.push({ ...photo, why });
  }
  return { root: root.path, knownCount, absent, state: stateOf(root.path) };
};

function stateOf(root: string): RootSurvey["state"] {
  if (holdsAnything(root)) return "here";
  return fileIdAt(root) === "gone" ? "gone" : "empty";
}
