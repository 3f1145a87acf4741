/**
 * The fault of a command that was asked about photos and found none.
 */
import type { NamedEncoder } from "../core/encoders/encoder.ts";
import { UserError } from "../core/errors.ts";

/** @param folders as the user named them; empty for the whole library */
export function nothingScanned({ id }: NamedEncoder, folders: readonly string[]): UserError {
  const where = folders.length > 0 ? `in ${folders.join(", ")} ` : "";
  return new UserError({ code: "nothing-scanned", model: null }, `No photo ${where}has been scanned with ${id} yet`);
}
