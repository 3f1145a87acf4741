/**
 * Finds what the package carries beside the program: its manifest, the lock, the embedded models, the built pages.
 */
import { fileURLToPath } from "node:url";

/** Sources lie as deep below the package as what is built from them, so both find the same files. */
const PACKAGE = new URL("../../", import.meta.url);

/** @param path from the package's root, for instance "models.lock.json" or "models/" */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, PACKAGE));
}
