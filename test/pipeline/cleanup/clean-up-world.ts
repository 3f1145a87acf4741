/**
 * A tree of small files, a trash, a plan over them, and a disk that fails or is killed at any call.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type JournalEntry, runsOf } from "../../../src/core/cleanup/journal.ts";
import type { Action, PlanStep } from "../../../src/core/cleanup/plan.ts";
import type { Journal } from "../../../src/core/cleanup/ports.ts";
import type { ExtraClass } from "../../../src/core/duplicates/classes.ts";
import { contentHash, type PhotoPath, photoPath } from "../../../src/core/units.ts";
import { createCleanupDisk } from "../../../src/io/cleanup/disk.ts";
import { FILE_CALLS, type FileCalls } from "../../../src/io/cleanup/file-calls.ts";
import { photoMetadata } from "../../../src/io/metadata/photo-metadata.ts";
import { type ApplyResult, applyPlan } from "../../../src/pipeline/cleanup/apply-plan.ts";
import { type UndoResult, undoRun } from "../../../src/pipeline/cleanup/undo-run.ts";

/** A file system in memory: what a clean-up waits for on a disk takes no time there. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** The process is gone: whatever it calls after this does not happen. */
export class Killed extends Error {}

/** What happens at the call of this number: it fails once, or for good as a kill does, or another program does something before it. */
export type Trouble = { readonly at: number } & (
  | { readonly code: "killed" | "ENOSPC" | "EIO" | "EACCES" }
  | { readonly code: "meddled"; readonly meddle: () => void }
);

/** @returns the calls, each of which may be the one that fails, and a gate for what happens beside them */
export function troubled(trouble: Trouble | null, withoutLinks = false) {
  let count = 0;
  const pass = () => {
    count++;
    if (trouble === null) return;
    if (trouble.code === "killed" && count >= trouble.at) throw new Killed();
    if (count !== trouble.at) return;
    if (trouble.code === "meddled") trouble.meddle();
    else throw Object.assign(new Error(`${trouble.code}: made up`), { code: trouble.code, syscall: "made-up" });
  };
  const guard = <Target extends object>(target: Target, names: readonly string[]): Target =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== "function" || name === "close" || name === "stat" || name === "read") {
          return typeof value === "function" ? value.bind(object) : value;
        }
        if (!names.includes(String(name))) return value.bind(object);
        return async (...args: readonly unknown[]) => {
          pass();
          if (withoutLinks && name === "link") throw Object.assign(new Error("EPERM: made up"), { code: "EPERM" });
          const result: unknown = await value.apply(object, args);
          return name === "open" ? guard(result as object, ["sync", "writeFile", "chmod", "utimes"]) : result;
        };
      },
    });
  return { calls: guard(FILE_CALLS, Object.keys(FILE_CALLS)) as FileCalls, pass, calledSoFar: () => count };
}

/** What survives a kill: the lines that were written. */
export class MemoryJournal implements Journal {
  readonly entries: JournalEntry[] = [];
  pass: () => void = () => {};

  async read() {
    return { entries: this.entries, unreadableLines: 0 };
  }

  async append(entry: JournalEntry): Promise<void> {
    this.pass();
    this.entries.push(JSON.parse(JSON.stringify(entry)));
    this.pass();
  }
}

export class CleanUpWorld {
  readonly folder: string;
  readonly journal = new MemoryJournal();
  /** On the file system of the photos, or on another one. */
  readonly moveFolder: string;

  constructor(across = false) {
    this.folder = makeFolder(MEMORY);
    this.moveFolder = across ? makeFolder(tmpdir()) : this.at("moved");
  }

  at(name: string): PhotoPath {
    return photoPath(join(this.folder, name));
  }

  write(name: string, text: string, modified = 1_500_000_000.25): PhotoPath {
    const path = this.at(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o640 });
    utimesSync(path, modified, modified);
    return path;
  }

  step(keeper: string, extra: string, action: Action, more: Partial<PlanStep> = {}): PlanStep {
    const planned = (name: string) => {
      const path = this.at(name);
      const bytes = readFileSync(path);
      return { path, sha256: contentHash(createHash("sha256").update(bytes).digest("hex")), bytes: bytes.length };
    };
    const [kept, going] = [planned(keeper), planned(extra)];
    const kind: ExtraClass = kept.sha256 === going.sha256 ? "same-bytes" : "same-picture";
    return { set: 1, class: kind, reviewed: true, action, mergeMetadata: false, keeper: kept, extra: going, companions: [], ...more };
  }

  companion(name: string) {
    return { path: this.at(name), bytes: lstatSync(this.at(name)).size };
  }

  async apply(steps: readonly PlanStep[], trouble: Trouble | null = null, withoutLinks = false): Promise<ApplyResult | "killed"> {
    return this.#run(trouble, withoutLinks, (ports) => applyPlan({ ...ports, ...this.#places() }, steps, "plan.json"));
  }

  /** Of the last run, or of the one of this number. */
  async undo(number: number | null = null, trouble: Trouble | null = null, withoutLinks = false): Promise<UndoResult | "killed"> {
    const runs = runsOf(this.journal.entries);
    const run = number === null ? runs.at(-1) : runs.find((one) => one.run === number);
    if (run === undefined) throw new Error("There is no such run");
    return this.#run(trouble, withoutLinks, (ports) => undoRun(ports, run));
  }

  async #run<Result>(
    trouble: Trouble | null,
    withoutLinks: boolean,
    work: (ports: Parameters<typeof undoRun>[0]) => Promise<Result>,
  ): Promise<Result | "killed"> {
    const { calls, pass } = troubled(trouble, withoutLinks);
    this.journal.pass = trouble?.code === "killed" ? pass : () => {};
    const trash = { platform: "linux", homeTrash: this.at("home/Trash"), userId: process.getuid?.() ?? null };
    const { signal } = new AbortController();
    const ports = { disk: createCleanupDisk(trash, calls), journal: this.journal, runs: runsOf(this.journal.entries) };
    try {
      return await work({ ...ports, onProgress: () => {}, signal });
    } catch (error) {
      if (error instanceof Killed) return "killed";
      throw error;
    }
  }

  #places() {
    const moveTo = (path: PhotoPath) => photoPath(path.replace(this.folder, this.moveFolder));
    return { now: () => "2026-11-29T00:00:00Z", moveTo, staying: () => [], metadata: photoMetadata, isProtected: () => false };
  }

  /** Bytes, times and rights of every file below the folder, by name. */
  files(name = "photos"): Readonly<Record<string, string>> {
    return Object.fromEntries(
      below(this.at(name)).map((path) => {
        const { mtimeNs, mode } = lstatSync(path, { bigint: true });
        return [path.slice(this.folder.length + 1), `${readFileSync(path, "utf8")} ${mtimeNs} ${mode}`];
      }),
    );
  }

  /** Every content that is left anywhere, drafts left out. */
  contents(): ReadonlySet<string> {
    const all = [this.folder, this.moveFolder].flatMap(below);
    return new Set(all.filter((path) => !/\.dupfind-|\.trashinfo$/.test(path)).map((path) => readFileSync(path, "utf8")));
  }

  remove(): void {
    for (const folder of [this.folder, this.moveFolder]) rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(above: string): string {
  return realpathSync(mkdtempSync(join(above, "dupfind-test-")));
}

function below(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile())
    .sort();
}
