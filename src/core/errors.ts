/**
 * The faults a user can do something about. Everything else that is thrown is a bug and keeps its stack.
 */

/** Exit codes of the program: the contract that scripts and cron jobs rely on. */
export const EXIT = {
  ok: 0,
  duplicatesFound: 1,
  driftFound: 1,
  notBetter: 1,
  usage: 2,
  photosNotCompared: 3,
  libraryLocked: 4,
  bug: 70,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A known fault: what happened, and what to do next. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly hint: string;
  readonly exitCode: ExitCode;

  /**
   * @param message what was expected and what came, naming the file
   * @param hint what to type or check next
   */
  constructor(message: string, hint: string, options: { readonly exitCode?: ExitCode; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = hint;
    this.exitCode = options.exitCode ?? EXIT.usage;
  }
}
