/**
 * Names that a lock file gives and that become parts of paths on this machine. A lock may come from anyone: a name is one of
 * these types only when no system could read it as another place, another file or a device.
 */
import type { Unit } from "../units.ts";

/** Name of an encoder, and of its folder below the folder of models. */
export type ModelId = Unit<string, "ModelId">;
/** Path of a file below its encoder's folder, with forward slashes. */
export type ModelPath = Unit<string, "ModelPath">;

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;
const LONGEST_PATH = 200;
/** Devices to Windows, whatever stands behind a dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
/** What dupfind itself keeps: the lock of a running fetch and what SQLite puts beside it, drafts, the record of an adapted encoder. */
const OWN_ID = /^pull\.lock/;
const OWN_FILE = /\.(part|import)$|(^|\/)adapted\.json$/i;

export const MODEL_ID_RULE = "of a-z, 0-9, dots, dashes and underscores, 64 at most";
export const MODEL_PATH_RULE = "names of letters, digits, dots, dashes and underscores, with forward slashes between";

export function isModelId(text: string): text is ModelId {
  return ID.test(text) && isPortable(text) && !OWN_ID.test(text);
}

export function isModelPath(text: string): text is ModelPath {
  const parts = text.split("/");
  return text.length <= LONGEST_PATH && parts.every((part) => PART.test(part) && isPortable(part)) && !OWN_FILE.test(text);
}

/** @throws {TypeError} when the text is no such name: for names that are written in the program */
export function modelId(text: string): ModelId {
  if (!isModelId(text)) throw new TypeError(`Expected ${MODEL_ID_RULE}, got ${JSON.stringify(text)}`);
  return text;
}

/** @throws {TypeError} when the text is no such path: for names that are written in the program */
export function modelPath(text: string): ModelPath {
  if (!isModelPath(text)) throw new TypeError(`Expected ${MODEL_PATH_RULE}, got ${JSON.stringify(text)}`);
  return text;
}

/**
 * Two of the paths that cannot stand side by side: the same to a disk that ignores case, or one of them a folder of the other.
 * @returns null when all can
 */
export function clash(paths: readonly string[]): readonly [string, string] | null {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const folded = path.toLowerCase();
    const earlier = seen.get(folded);
    if (earlier !== undefined) return [earlier, path];
    seen.set(folded, path);
  }
  for (const [folded, path] of seen) {
    for (let end = folded.indexOf("/"); end >= 0; end = folded.indexOf("/", end + 1)) {
      const folder = seen.get(folded.slice(0, end));
      if (folder !== undefined) return [folder, path];
    }
  }
  return null;
}

/** Windows drops a dot at the end, and opens a device whatever folder its name stands in. */
function isPortable(name: string): boolean {
  return !name.endsWith(".") && !DEVICE.test(name);
}
