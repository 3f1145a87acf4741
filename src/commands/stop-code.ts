/**
 * The exit code that tells how the program was stopped.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";
import type { StopReason } from "../core/process-edge.ts";

const CODES: Readonly<Record<StopReason, ExitCode>> = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp };

/** @param stop aborted with the signal's name as its reason, as `Host` says */
export function stopCode(stop: AbortSignal): ExitCode {
  return CODES[stop.reason as StopReason] ?? EXIT.interrupted;
}
