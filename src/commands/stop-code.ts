/**
 * The exit code that tells how the program was stopped.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";

/** @param stop aborted with the signal's name as its reason */
export function stopCode(stop: AbortSignal): ExitCode {
  return stop.reason === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
}
