/**
 * The system's own word for a failed call.
 */

/** The code of a system error ("ENOENT", "SQLITE_FULL"); its message where it carries none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

/** The code of an error of the operating system; null for every other. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string" ? error.code : null;
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  EACCES: "there is no permission to read it",
  EPERM: "there is no permission to read it",
  EISDIR: "it is a folder",
  ENOTDIR: "what should be its folder is a file",
  EIO: "the disk reports an error",
  ELOOP: "its links lead in a circle",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ESTALE: "its network drive has lost it",
  ETIMEDOUT: "its drive does not answer",
  EBUSY: "another program holds it",
  ENXIO: "it is no file",
};

/** Why a file cannot be read, for people; the code stays, to be looked up. */
export function readFaultWords(code: string): string {
  const words = READ_FAULTS[code];
  return words === undefined ? code : `${words}: ${code}`;
}

const FAULTS: Readonly<Record<string, string>> = {
  ...READ_FAULTS,
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "no space left on the disk",
  EDQUOT: "no space left in the quota",
};

/** For a message, of whatever was tried: what the code says where that is known, and the code ("no such file or folder: ENOENT"). */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  const words = FAULTS[code];
  return words === undefined ? code : `${words}: ${code}`;
}

/** Whether a file or a database could not be opened or written to because nobody may write there. */
export function isReadOnlyFault(error: unknown): boolean {
  return /^(SQLITE_(CANTOPEN|READONLY)|EROFS|EACCES|EPERM)/.test(errorCode(error) ?? "");
}
