/**
 * What stands at a path now, without opening it.
 */
import { lstat } from "node:fs/promises";
import type { StampAt } from "../../core/photos/ports.ts";
import { stampOf } from "./photo-file.ts";

export const stampAt: StampAt = async (path) => {
  try {
    const stats = await lstat(path, { bigint: true });
    return stats.isFile() ? stampOf(stats) : null;
  } catch {
    return null; // gone, or nobody can tell now: either way it cannot be vouched for
  }
};
