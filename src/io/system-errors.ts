/**
 * The system's own word for a failed call.
 */

/** The code of a system error ("ENOENT", "SQLITE_FULL"); its message where it carries none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
