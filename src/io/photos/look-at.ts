/**
 * A second look at a photo that is known, without opening it.
 */
import { lstat } from "node:fs/promises";
import type { LookAt } from "../../core/photos/ports.ts";
import { stampOf } from "./photo-file.ts";

export const lookAt: LookAt = async (path) => {
  try {
    const stats = await lstat(path, { bigint: true });
    return stats.isFile() ? stampOf(stats) : null;
  } catch {
    return null; // gone, or nobody can tell now: either way it cannot be vouched for
  }
};
