/**
 * The journal of what was done with files: one line of JSON for each thing that happened, added and never changed. A step is written down
 * before it begins, with everything it takes to bring the files back.
 */

import { EXTRA_CLASSES, type ExtraClass } from "../duplicates/classes.ts";
import { plainPath, sha256 } from "../photos/photo-form.ts";
import { fields, line, list, matching, numberFrom, oneOf, optional, orNull, type Read, tagged, wholeFrom } from "../text/json-form.ts";
import type { ContentHash, PhotoPath } from "../units.ts";
import { ACTIONS, type Action } from "./plan.ts";

/** A file's bytes and marks, as they were before a step. */
export interface FileRecord {
  readonly sha256: ContentHash;
  readonly bytes: number;
  /** Nanoseconds since 1970, as decimal digits: numbers of JavaScript do not hold them. */
  readonly modifiedNs: string;
  /** Type and permissions, as POSIX has them. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Device and inode. */
  readonly fileId: string;
}

/** What a trash says of a file that lies in it. */
export interface TrashNote {
  readonly path: string;
  readonly text: string;
}

export interface Relocation {
  readonly from: PhotoPath;
  readonly to: PhotoPath;
  /** Where a copy is made when both lie on different file systems. */
  readonly temporary: PhotoPath;
  readonly note: TrashNote | null;
  readonly file: FileRecord;
}

/** The keeper's sidecar, written anew with what the files that go tell and the keeper did not. */
export interface SidecarWrite {
  readonly path: PhotoPath;
  /** Where it is written before it gets its name. */
  readonly temporary: PhotoPath;
  /** Where the one goes that stood there; null for none. */
  readonly before: Relocation | null;
  readonly written: Pick<FileRecord, "sha256" | "bytes">;
}

/** All files of it are moved, or none is; and the sidecar is written before them, or nothing is done. */
export interface MoveDeed {
  readonly kind: "move";
  readonly files: readonly Relocation[];
  /** Missing in journals of versions that wrote none. */
  readonly sidecar?: SidecarWrite | null | undefined;
}

/** Every file that changes its place. */
export function relocationsOf({ files, sidecar }: MoveDeed): readonly Relocation[] {
  const before = sidecar?.before ?? null;
  return before === null ? files : [...files, before];
}

/** The file is replaced by another name, or a shared copy, of its keeper. */
export interface LinkDeed {
  readonly kind: "link";
  readonly how: "hardlink" | "reflink";
  readonly path: PhotoPath;
  readonly keeper: PhotoPath;
  readonly temporary: PhotoPath;
  readonly file: FileRecord;
}

export type Deed = MoveDeed | LinkDeed;

export interface StepBegun {
  readonly run: number;
  readonly step: number;
  readonly action: Action;
  readonly class: ExtraClass;
  readonly keeper: { readonly path: PhotoPath; readonly sha256: ContentHash };
  /** Other photos with the bytes that go, which the plan leaves where they are. Said once a run for each content. */
  readonly stays: readonly PhotoPath[];
  readonly deed: Deed;
}

type At = { readonly run: number; readonly step: number };

export type JournalEntry =
  | { readonly entry: "run"; readonly run: number; readonly at: string; readonly plan: string; readonly steps: number }
  | ({ readonly entry: "begin" } & StepBegun)
  | ({ readonly entry: "done" } & At)
  /** It failed, and what was done of it was taken back. */
  | ({ readonly entry: "rolled-back" } & At)
  | ({ readonly entry: "undo" } & At)
  | ({ readonly entry: "undone" } & At);

const whole = wholeFrom(0, Number.MAX_SAFE_INTEGER);
const at = { run: whole, step: whole };
const text: Read<string> = (value, place) => {
  if (typeof value === "string") return value;
  return line(value, place);
};
const file = fields<FileRecord>({
  sha256,
  bytes: whole,
  modifiedNs: matching(/^-?\d{1,30}$/, "a number of nanoseconds"),
  mode: numberFrom(0, 0xff_ff_ff_ff),
  uid: whole,
  gid: whole,
  fileId: line,
});
const relocation = fields<Relocation>({
  from: plainPath,
  to: plainPath,
  temporary: plainPath,
  note: orNull(fields<TrashNote>({ path: plainPath, text })),
  file,
});
const sidecar = fields<SidecarWrite>({
  path: plainPath,
  temporary: plainPath,
  before: orNull(relocation),
  written: fields<SidecarWrite["written"]>({ sha256, bytes: whole }),
});
const move = fields<MoveDeed>({
  kind: oneOf("move"),
  files: list(relocation, 1, 10_000),
  sidecar: optional(orNull(sidecar)),
});
const link = fields<LinkDeed>({
  kind: oneOf("link"),
  how: oneOf("hardlink", "reflink"),
  path: plainPath,
  keeper: plainPath,
  temporary: plainPath,
  file,
});

const readEntry = tagged<"entry", JournalEntry["entry"], JournalEntry>("entry", {
  run: fields({ entry: oneOf("run"), run: whole, at: line, plan: text, steps: whole }),
  begin: fields({
    entry: oneOf("begin"),
    ...at,
    action: oneOf(...ACTIONS),
    class: oneOf(...EXTRA_CLASSES),
    keeper: fields({ path: plainPath, sha256 }),
    stays: list(plainPath, 0, 10_000_000),
    deed: tagged<"kind", Deed["kind"], Deed>("kind", { move, link }),
  }),
  done: fields({ entry: oneOf("done"), ...at }),
  "rolled-back": fields({ entry: oneOf("rolled-back"), ...at }),
  undo: fields({ entry: oneOf("undo"), ...at }),
  undone: fields({ entry: oneOf("undone"), ...at }),
});

/** @throws {FormFault} when the line, parsed, is no entry */
export function parseEntry(json: unknown): JournalEntry {
  return readEntry(json, "");
}

/** `begun`: nobody knows how far it came. `undoing`: the same of its undoing. */
export type StepState = "begun" | "done" | "rolled-back" | "undoing" | "undone";

export interface StepRecord extends StepBegun {
  readonly state: StepState;
}

export interface RunRecord {
  readonly run: number;
  /** ISO 8601. */
  readonly at: string;
  readonly plan: string;
  /** That the run set out to do. */
  readonly planned: number;
  /** In the order they were begun. */
  readonly steps: readonly StepRecord[];
}

const STATE_AFTER: Readonly<Record<Exclude<JournalEntry["entry"], "run" | "begin">, StepState>> = {
  done: "done",
  "rolled-back": "rolled-back",
  undo: "undoing",
  undone: "undone",
};

/** What the entries come to, run by run. One of a step that was never begun says nothing. */
export function runsOf(entries: Iterable<JournalEntry>): readonly RunRecord[] {
  const runs = new Map<number, { head: Omit<RunRecord, "steps">; steps: Map<number, StepRecord> }>();
  for (const entry of entries) {
    if (entry.entry === "run") {
      const { run, at: begun, plan, steps } = entry;
      runs.set(run, { head: { run, at: begun, plan, planned: steps }, steps: new Map() });
      continue;
    }
    const steps = runs.get(entry.run)?.steps;
    if (entry.entry === "begin") {
      const { entry: _, ...begun } = entry;
      steps?.set(entry.step, { ...begun, state: "begun" });
    } else {
      const known = steps?.get(entry.step);
      if (known !== undefined) steps?.set(entry.step, { ...known, state: STATE_AFTER[entry.entry] });
    }
  }
  return [...runs.values()].map(({ head, steps }) => ({ ...head, steps: [...steps.values()] }));
}

/** Steps that were broken off: each is brought back before anything else is done. */
export function unfinishedSteps(runs: readonly RunRecord[]): readonly StepRecord[] {
  return runs.flatMap(({ steps }) => steps.filter(({ state }) => state === "begun")).reverse();
}

/** Steps of a run that can be undone, the last one first. */
export function undoableSteps({ steps }: RunRecord): readonly StepRecord[] {
  return steps.filter(({ state }) => state === "done" || state === "undoing" || state === "begun").reverse();
}

export function nextRun(runs: readonly RunRecord[]): number {
  return Math.max(0, ...runs.map(({ run }) => run)) + 1;
}
