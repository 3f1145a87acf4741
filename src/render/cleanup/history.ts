/**
 * The runs of clean-ups, the last one first.
 */
import type { RunRecord, StepRecord, StepState } from "../../core/cleanup/journal.ts";
import { ACTIONS, type Action } from "../../core/cleanup/plan.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { byteSize, counted, grouped, minute, shownPath } from "../words.ts";

interface History {
  readonly runs: readonly RunRecord[];
  readonly unreadableLines: number;
}

export function renderHistoryText({ runs, unreadableLines }: History, workingFolder: string): string {
  const lines = [
    ...(runs.length === 0 ? ["Nothing was done yet."] : []),
    ...[...runs].reverse().flatMap((run) => runLines(run, workingFolder)),
    ...(unreadableLines > 0
      ? [`${counted(unreadableLines, "line")} of the journal cannot be read: a run that was killed leaves one now and then.`]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function runLines({ run, at, plan, planned, steps }: RunRecord, workingFolder: string): readonly string[] {
  const standing = steps.filter(({ state }) => state === "done");
  const [undone, broken] = [count(steps, "undone"), count(steps, "begun") + count(steps, "undoing")];
  const actions = ACTIONS.map((action) => ({ action, of: standing.filter((step) => step.action === action).length })).filter(
    ({ of }) => of > 0,
  );
  const facts = [
    `${grouped(standing.length)} of ${counted(planned, "photo")} done (${byteSize(bytesOf(standing))}${actions.map(({ action, of }) => `, ${of} ${action}`).join("")})`,
    ...(undone > 0 ? [`${grouped(undone)} undone`] : []),
    ...(broken > 0 ? [`${grouped(broken)} interrupted`] : []),
  ];
  return [`Run ${run}, ${minute(at)}, ${shownPath(plan, workingFolder)}:`, `  ${facts.join("; ")}.`];
}

export function renderHistoryJson({ runs, unreadableLines }: History): string {
  return renderJsonAnswer("history", {
    runs: runs.map(({ run, at, plan, planned, steps }) => {
      const standing = steps.filter(({ state }) => state === "done");
      const actions = Object.fromEntries(
        ACTIONS.map((action: Action) => [action, standing.filter((step) => step.action === action).length]),
      );
      const broken = count(steps, "begun") + count(steps, "undoing");
      return {
        run,
        at,
        plan,
        planned,
        done: standing.length,
        undone: count(steps, "undone"),
        interrupted: broken,
        bytes: bytesOf(standing),
        actions,
      };
    }),
    unreadableLines,
  });
}

function count(steps: readonly StepRecord[], state: StepState): number {
  return steps.filter((step) => step.state === state).length;
}

function bytesOf(steps: readonly StepRecord[]): number {
  const files = steps.flatMap(({ deed }) => (deed.kind === "move" ? deed.files.map(({ file }) => file) : [deed.file]));
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
