/**
 * What an examination of the machine found.
 */
import { CHECKS, type Check } from "../../core/doctor/check.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, printablePath } from "../words.ts";

export interface ToldCheck extends Pick<Check, "name" | "outcome" | "found"> {
  /** What to do; null where there is nothing to do. */
  readonly cure: string | null;
}

const MARKS: Readonly<Record<Check["outcome"], string>> = { ok: "ok     ", warning: "warning", fault: "fault  " };

export function renderDoctorText(checks: readonly ToldCheck[]): string {
  const width = Math.max(...checks.map(({ name }) => CHECKS[name].length));
  const lines = checks.flatMap(({ name, outcome, found, cure }) => [
    `${MARKS[outcome]}  ${CHECKS[name].padEnd(width)}  ${printablePath(found)}`,
    ...(cure === null ? [] : [`${" ".repeat(width + 11)}${cure}.`]),
  ]);
  const count = (outcome: Check["outcome"]) => checks.filter((check) => check.outcome === outcome).length;
  const [faults, warnings] = [count("fault"), count("warning")];
  const verdict = faults + warnings === 0 ? "All is well." : `${counted(faults, "fault")}, ${counted(warnings, "warning")}.`;
  return `${[...lines, verdict].join("\n")}\n`;
}

export function renderDoctorJson(checks: readonly ToldCheck[]): string {
  return renderJsonAnswer("doctor", { checks });
}
