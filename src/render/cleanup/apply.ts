/**
 * What a plan would do, or did: counts and bytes by action, class and folder, the first files, and all that was left.
 */

import { ACTIONS, type PlanStep } from "../../core/cleanup/plan.ts";
import type { Selection } from "../../core/cleanup/select-steps.ts";
import { EXTRA_CLASSES } from "../../core/duplicates/classes.ts";
import { comparePaths, folderOf } from "../../core/paths.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { byteSize, counted, grouped, printablePath, shownPath } from "../words.ts";
import { ACTION_WORDS, notChosenWords, whyWords } from "./cleanup-words.ts";
import { mergeFields, mergeLines } from "./merges.ts";

/** What came of the steps that were chosen. */
interface Applied {
  readonly selection: Selection;
  readonly merges: Parameters<typeof mergeLines>[0];
  readonly result: {
    readonly run: number;
    readonly done: readonly PlanStep[];
    readonly left: readonly { readonly step: PlanStep; readonly path: string; readonly why: string }[];
    readonly notBack: readonly { readonly path: string; readonly liesAt: string | null; readonly why: string }[];
    readonly recovered: number;
    readonly open: number;
  } | null;
}

const STEPS_SHOWN = 5;
const FOLDERS_SHOWN = 10;

export function renderApplyText({ selection, merges, result }: Applied, moveTo: string | null, workingFolder: string): string {
  const shown = (path: string) => shownPath(path, workingFolder);
  const steps = result?.done ?? selection.chosen;
  const lines = [
    ...(steps.length === 0
      ? [result === null ? "There is nothing to do." : "Nothing was done."]
      : actionLines(steps, result !== null, moveTo)),
    ...(steps.length === 0 ? [] : [...classLines(steps), ...folderLines(steps, shown)]),
    ...(result === null ? firstSteps(steps, shown) : []),
    ...mergeLines(merges, result !== null, shown),
    ...otherLines(selection),
    ...(result === null ? [] : outcomeLines(result, shown)),
    ...(result === null && steps.length > 0 ? ["Nothing was touched. Add --yes to do it; dupfind undo takes it back."] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function actionLines(steps: readonly PlanStep[], isDone: boolean, moveTo: string | null): readonly string[] {
  return ACTIONS.flatMap((action) => {
    const of = steps.filter((step) => step.action === action);
    if (of.length === 0) return [];
    const { would, did, where } = ACTION_WORDS[action];
    const companions = of.reduce((sum, step) => sum + step.companions.length, 0);
    const target = action === "move" && moveTo !== null ? `to ${printablePath(moveTo)}` : where;
    const files = [counted(of.length, "photo"), ...(companions > 0 ? [counted(companions, "companion")] : [])].join(" and ");
    return [`${isDone ? did : would} ${files} ${target}: ${byteSize(bytesOf(of))}. Each has a keeper that stays.`];
  });
}

function classLines(steps: readonly PlanStep[]): readonly string[] {
  const rows = EXTRA_CLASSES.map((kind) => ({ name: kind, of: steps.filter((step) => step.class === kind) })).filter(
    ({ of }) => of.length > 0,
  );
  return rows.map(({ name, of }) => tableLine(name, of));
}

function folderLines(steps: readonly PlanStep[], shown: (path: string) => string): readonly string[] {
  const folders = new Map<string, PlanStep[]>();
  for (const step of steps) {
    const folder = folderOf(step.extra.path);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [step]);
    else known.push(step);
  }
  const rows = [...folders].sort(([one, a], [other, b]) => b.length - a.length || comparePaths(one, other));
  const rest = rows.length - FOLDERS_SHOWN;
  return [
    "From:",
    ...rows.slice(0, FOLDERS_SHOWN).map(([folder, of]) => tableLine(shown(folder), of)),
    ...(rest > 0 ? [`  and ${counted(rest, "more folder")}`] : []),
  ];
}

function tableLine(name: string, of: readonly PlanStep[]): string {
  return `  ${name}: ${counted(of.length, "photo")}, ${byteSize(bytesOf(of))}`;
}

function firstSteps(steps: readonly PlanStep[], shown: (path: string) => string): readonly string[] {
  if (steps.length === 0) return [];
  const rest = steps.length - STEPS_SHOWN;
  return [
    "Such as:",
    ...steps
      .slice(0, STEPS_SHOWN)
      .flatMap(({ extra, keeper, companions }) => [
        `  ${shown(extra.path)}${companions.length === 0 ? "" : ` with ${companions.map(({ path }) => shown(path)).join(", ")}`}`,
        `    for ${shown(keeper.path)}, which stays`,
      ]),
    ...(rest > 0 ? [`  and ${grouped(rest)} more`] : []),
  ];
}

function otherLines({ others }: Selection): readonly string[] {
  const counts = new Map<string, number>();
  for (const { step, why } of others) {
    const words = notChosenWords(why, step.class);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `Left out: ${counted(count, "photo")} ${words}.`);
}

function outcomeLines(
  { run, done, left, notBack, recovered, open }: NonNullable<Applied["result"]>,
  shown: (path: string) => string,
): readonly string[] {
  return [
    ...(recovered > 0
      ? [`${counted(recovered, "step")} that an earlier run was interrupted in ${recovered === 1 ? "was" : "were"} undone first.`]
      : []),
    ...(left.length > 0 ? [`Left as they were: ${counted(left.length, "photo")}.`] : []),
    ...left.map(({ step, path, why }) =>
      path === step.extra.path ? `  ${shown(path)} ${whyWords(why)}` : `  ${shown(step.extra.path)}: ${shown(path)} ${whyWords(why)}`,
    ),
    ...notBackLines(notBack, shown),
    ...(open > 0 ? [`Not begun: ${counted(open, "photo")}. Run the same command to continue.`] : []),
    ...(done.length > 0 ? [`To undo it: dupfind undo ${run}`] : []),
  ];
}

export function notBackLines(
  notBack: readonly { readonly path: string; readonly liesAt: string | null; readonly why: string }[],
  shown: (path: string) => string,
): readonly string[] {
  return notBack.map(
    ({ path, liesAt, why }) =>
      `  ${shown(path)} was not brought back: it ${whyWords(why)}${liesAt === null || liesAt === path ? "" : `. It lies at ${shown(liesAt)}`}`,
  );
}

function bytesOf(steps: readonly PlanStep[]): number {
  return steps.reduce((sum, { extra, companions }) => sum + companions.reduce((all, { bytes }) => all + bytes, extra.bytes), 0);
}

export function renderApplyJson({ selection, merges, result }: Applied): string {
  const steps = result?.done ?? selection.chosen;
  const count = <Key extends string>(keys: readonly Key[], of: (step: PlanStep) => Key) =>
    Object.fromEntries(keys.map((key) => [key, steps.filter((step) => of(step) === key).length]));
  return renderJsonAnswer("apply", {
    dryRun: result === null,
    run: result?.run ?? null,
    photos: steps.length,
    companions: steps.reduce((sum, step) => sum + step.companions.length, 0),
    bytes: bytesOf(steps),
    actions: count(ACTIONS, ({ action }) => action),
    classes: count(EXTRA_CLASSES, (step) => step.class),
    sidecars: merges.map(mergeFields),
    notChosen: selection.others.map(({ step, why }) => ({ path: step.extra.path, class: step.class, why })),
    left: (result?.left ?? []).map(({ step, path, why }) => ({ path: step.extra.path, because: path, why })),
    notBack: result?.notBack ?? [],
    recovered: result?.recovered ?? 0,
    open: result?.open ?? 0,
  });
}
