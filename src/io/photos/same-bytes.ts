/**
 * Whether two small files hold the same bytes.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** A sidecar with every mask that an editor keeps in it is smaller. */
const LARGEST = 16_000_000;

/** False where one cannot be read, is no file, or is larger than any text of its kind. */
export async function haveSameBytes(one: string, other: string): Promise<boolean> {
  try {
    const [mine, kept] = await Promise.all([readSmall(one), readSmall(other)]);
    return mine.equals(kept);
  } catch {
    return false;
  }
}

async function readSmall(path: string): Promise<Buffer> {
  // Without NONBLOCK, opening a pipe waits for its writer.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > LARGEST) throw new Error(`Expected a small file at ${path}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
