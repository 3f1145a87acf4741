/**
 * The system's own word for a failed call.
 */

/** The code of a system error ("ENOENT", "SQLITE_FULL"); its message where it carries none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

/** Whether a file or a database could not be opened or written to because nobody may write there. */
export function isReadOnlyFault(error: unknown): boolean {
  return /^(SQLITE_(CANTOPEN|READONLY)|EROFS|EACCES|EPERM)/.test(errorCode(error) ?? "");
}
