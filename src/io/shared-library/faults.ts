/**
 * What a fault of the server means to the user. The server's own words name no password.
 */
import { type FaultCode, UserError } from "../../core/errors.ts";
import { errorCode, systemCode } from "../system-errors.ts";
import { DatabaseError } from "./pg.ts";

/** Of the system, where the server or the way to it went away. */
const LOST = /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN)$/;
/** Of the server: connection exceptions, and what it says while it is stopped and started. */
const LOST_STATES = /^(08\w{3}|57P0[123])$/;
/** Of the driver, which has no code for it. */
const LOST_WORDS =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error)/i;

/** Whether the same may work a little later. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof DatabaseError) return LOST_STATES.test(error.code ?? "");
  // Of several addresses that a name has, none answered.
  if (error instanceof AggregateError) return error.errors.every(isLostConnection);
  return LOST.test(errorCode(error)) || isWithoutSocket(error) || LOST_WORDS.test(error.message);
}

/** Two transactions waited for each other, and the server took this one back. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "40P01";
}

/** A Unix socket is a file, and is there while its server is. */
function isWithoutSocket(error: Error): boolean {
  return errorCode(error) === "ENOENT" && "syscall" in error && error.syscall === "connect";
}

/** What to tell the user of a fault; null when it is none of the server or of the way to it. @param name of the library */
export function explainServerError(error: unknown, name: string): UserError | null {
  if (!(error instanceof Error) || error instanceof UserError) return null;
  const known = describe(error);
  if (known === null) return null;
  const [code, what] = known;
  return new UserError(code, `${what} (${name}: ${wordsOf(error)})`, { cause: error });
}

type ServerFault = Extract<FaultCode, `server-${string}`>;

function describe(error: Error): readonly [ServerFault, what: string] | null {
  if (error instanceof DatabaseError) return describeState(error.code ?? "");
  if (isLostConnection(error)) return ["server-unreachable", "The library's server does not answer"];
  const code = errorCode(error);
  if (systemCode(error) !== null && "path" in error) return ["server-not-trusted", "A certificate or its key cannot be read"];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ["server-unreachable", "The library's server is not known by that name"];
  if (/^(ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_SSL|ERR_OSSL)/.test(code) || /SSL|certificate/i.test(error.message))
    return ["server-not-trusted", "No secure connection to the library's server was made"];
  if (/password|SASL|SCRAM/i.test(error.message)) return ["server-refused", "The library's server wants a password"];
  return null;
}

/** By the server's SQLSTATE (appendix A of PostgreSQL's manual). */
function describeState(state: string): readonly [ServerFault, what: string] {
  if (LOST_STATES.test(state)) return ["server-lost", "The connection to the library's server was lost"];
  if (state.startsWith("28")) return ["server-refused", "The library's server does not let this user in"];
  if (state === "3D000") return ["server-database-missing", "The library's server has no such database"];
  if (state === "42501") return ["server-rights-missing", "This user may not do that in the library"];
  if (state === "25006") return ["server-read-only", "The library may only be read"];
  if (state === "53100") return ["server-disk-full", "The disk of the library's server is full"];
  if (state.startsWith("53")) return ["server-busy", "The library's server has no room for another session"];
  if (state.startsWith("XX") || state.startsWith("58")) return ["server-failed", "The library's server failed"];
  return ["server-failed", "The library's server did not do what it was asked for"];
}

function wordsOf(error: Error): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map((one: Error) => one.message))].join("; ");
  return error.message;
}
