/**
 * How the command line tells of a known fault: two sentences and an exit code.
 */
import { EXIT, type ExitCode, type FaultCode, UserError } from "../core/errors.ts";
import { hintOf } from "./hints.ts";

/** The fault of a command line that cannot be run as it was typed; the hint says how it can. */
export function usageFault(message: string, hint: string): UserError {
  return new UserError({ code: "usage", hint }, message);
}

/** Faults that a script may want to tell from a mistake of its own. */
const EXIT_CODES: { readonly [Code in FaultCode]?: ExitCode } = {
  "library-locked": EXIT.libraryLocked,
  "models-locked": EXIT.libraryLocked,
  "vectors-locked": EXIT.libraryLocked,
};

export function exitCodeOf({ code }: UserError): ExitCode {
  return EXIT_CODES[code] ?? EXIT.usage;
}

/** For standard error. */
export function faultText(fault: UserError): string {
  return `dupfind: ${fault.message}.\n${hintOf(fault)}.\n`;
}
