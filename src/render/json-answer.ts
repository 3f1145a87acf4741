/**
 * The envelope that every command's JSON has, and whether it is one line or indented. The form of each answer is described by
 * `docs/reference/json/<command>.schema.json`, that of an error by `error.schema.json` beside them.
 */
import type { FaultCode } from "../core/errors.ts";

/**
 * `line`: one record a line, for output that is gathered line by line, as the vectors of many photos are and the log of a
 * scheduled job. `document`: indented by two spaces.
 */
type Layout = "line" | "document";

interface AnswerForm {
  /** Raised when a field changes its meaning or goes; new fields come without. */
  readonly schemaVersion: number;
  readonly layout: Layout;
}

const ANSWERS = {
  config: { schemaVersion: 1, layout: "document" },
  scan: { schemaVersion: 1, layout: "line" },
  watch: { schemaVersion: 1, layout: "line" },
  reindex: { schemaVersion: 1, layout: "line" },
  prune: { schemaVersion: 1, layout: "line" },
  forget: { schemaVersion: 1, layout: "line" },
  embed: { schemaVersion: 1, layout: "line" },
  doctor: { schemaVersion: 1, layout: "document" },
  roots: { schemaVersion: 1, layout: "document" },
  status: { schemaVersion: 1, layout: "document" },
  "copy-library": { schemaVersion: 1, layout: "document" },
  report: { schemaVersion: 1, layout: "document" },
  review: { schemaVersion: 1, layout: "document" },
  apply: { schemaVersion: 1, layout: "document" },
  undo: { schemaVersion: 1, layout: "document" },
  history: { schemaVersion: 1, layout: "document" },
  "decisions export": { schemaVersion: 1, layout: "document" },
  "decisions import": { schemaVersion: 1, layout: "document" },
  search: { schemaVersion: 1, layout: "document" },
  neighbours: { schemaVersion: 1, layout: "document" },
  map: { schemaVersion: 1, layout: "document" },
  label: { schemaVersion: 1, layout: "document" },
  calibrate: { schemaVersion: 1, layout: "document" },
  adapt: { schemaVersion: 1, layout: "document" },
  drift: { schemaVersion: 1, layout: "document" },
  "models list": { schemaVersion: 1, layout: "document" },
  "models pull": { schemaVersion: 1, layout: "document" },
  "models verify": { schemaVersion: 1, layout: "document" },
  "models import": { schemaVersion: 1, layout: "document" },
  "models compare": { schemaVersion: 1, layout: "document" },
  "models remove": { schemaVersion: 1, layout: "document" },
} as const satisfies Readonly<Record<string, AnswerForm>>;

export type AnsweringCommand = keyof typeof ANSWERS;

export function renderJsonAnswer(command: AnsweringCommand, answer: Readonly<Record<string, unknown>>): string {
  const { schemaVersion, layout } = ANSWERS[command];
  return stringify({ schemaVersion, command, ...answer }, layout);
}

/** What a command answers with instead when it fails. */
export interface ErrorAnswer {
  /** What kind of fault it is, which stays when the message is worded better. */
  readonly code: FaultCode | "bug";
  readonly message: string;
  readonly hint: string;
  readonly exitCode: number;
}

const ERROR_SCHEMA_VERSION = 1;

/** @param command null where the command line names none that there is */
export function renderJsonError(command: string | null, { code, message, hint, exitCode }: ErrorAnswer): string {
  const layout = command !== null && command in ANSWERS ? ANSWERS[command as AnsweringCommand].layout : "document";
  return stringify({ schemaVersion: ERROR_SCHEMA_VERSION, command, error: { code, message, hint, exitCode } }, layout);
}

function stringify(value: object, layout: Layout): string {
  return `${layout === "line" ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`;
}
