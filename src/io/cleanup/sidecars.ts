/**
 * Writes the sidecar of a photo, what stood there kept whole elsewhere, and takes it back. Whenever the power goes, the old one or the new
 * one is whole, and nothing is written over that others have put there.
 */
import { dirname } from "node:path";
import type { SidecarWrite } from "../../core/cleanup/journal.ts";
import { FileFault } from "../../core/cleanup/ports.ts";
import { placeFile, relocateFile, statOrNull, syncFolder, writeNote } from "./change-files.ts";
import type { FileCalls } from "./file-calls.ts";
import { readFileAt } from "./read-file.ts";

/** Under its draft's name first: the old one leaves when the new one is on the disk. */
export async function writeSidecar(calls: FileCalls, { path, temporary, before, written }: SidecarWrite, text: string): Promise<void> {
  const handle = await calls.open(temporary, "wx", before?.file.mode ?? NEW_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const draft = await readFileAt(calls, temporary);
  if (draft.kind !== "file" || draft.file.sha256 !== written.sha256) throw new FileFault("changed", `${temporary} is not what was written`);
  if (before !== null) {
    if (before.note !== null) await writeNote(calls, before.note);
    await relocateFile(calls, before);
  }
  await placeFile(calls, temporary, path, draft.file);
  await syncFolder(calls, dirname(path));
}

/** What a new file of text has, but for what the user's mask takes away. */
const NEW_MODE = 0o666;

/** Removes the one that was written, where it is still that. */
export async function removeSidecar(calls: FileCalls, { path, written }: SidecarWrite): Promise<void> {
  const now = await readFileAt(calls, path);
  if (now.kind !== "file" || now.file.sha256 !== written.sha256) throw new FileFault("changed", `${path} was changed meanwhile`);
  await calls.unlink(path);
  await syncFolder(calls, dirname(path));
}

/** Removes the draft, and the empty file that kept the place for it where there are no second names. */
export async function tidySidecar(calls: FileCalls, { path, temporary }: SidecarWrite): Promise<void> {
  const draft = await statOrNull(calls, temporary);
  if (!draft?.isFile()) return;
  const here = await statOrNull(calls, path);
  if (here?.isFile() && here.size === 0n && draft.size > 0n) await calls.unlink(path);
  await calls.unlink(temporary);
}
