/**
 * The story of a clean-up: what was broken off before is brought back; then, for each step, keeper and extra are read once more, what is to
 * come is written into the journal, it is done, and that is written too. A step that fails leaves everything as it was.
 */
import type { Deed, Relocation, RunRecord, StepRecord } from "../../core/cleanup/journal.ts";
import { nextRun, unfinishedSteps } from "../../core/cleanup/journal.ts";
import type { PlanStep } from "../../core/cleanup/plan.ts";
import type { CleanupDisk, Journal, NewPlace } from "../../core/cleanup/ports.ts";
import { FileFault } from "../../core/cleanup/ports.ts";
import { isLink } from "../../core/cleanup/select-steps.ts";
import { numberedName } from "../../core/cleanup/shared-companions.ts";
import { UserError } from "../../core/errors.ts";
import { folderOf, folderPrefix } from "../../core/paths.ts";
import type { Run } from "../../core/run.ts";
import { type ContentHash, type PhotoPath, photoPath } from "../../core/units.ts";
import { bringBack, failureOf, type NotBack } from "./bring-back.ts";
import { type CheckedStep, checkStep, type LeftStep } from "./check-step.ts";
import {
  createMerges,
  isWorthTelling,
  type MergePorts,
  type Merges,
  type MetadataMerge,
  type StepMerge,
  sidecarWrite,
} from "./merge-metadata.ts";

export interface ApplyPorts extends Pick<Run, "onProgress" | "signal">, MergePorts {
  readonly journal: Journal;
  /** What the journal holds so far. */
  readonly runs: readonly RunRecord[];
  /** ISO 8601. */
  readonly now: () => string;
  /** Where a file shall be moved to, its tree kept; null where nothing is to be moved. */
  readonly moveTo: ((path: PhotoPath) => PhotoPath) | null;
  /** Photos with these bytes that the plan leaves where they are. */
  readonly staying: (content: ContentHash) => readonly PhotoPath[];
}

export interface ApplyResult {
  /** Number of this run, to undo it by. */
  readonly run: number;
  readonly done: readonly PlanStep[];
  /** What keepers got from those that went, and where these contradicted them. */
  readonly merges: readonly MetadataMerge[];
  /** Nothing of them was done. */
  readonly left: readonly LeftStep[];
  /** Of steps that were broken off, by an earlier run or by this one, and could not be brought back. */
  readonly notBack: readonly NotBack[];
  /** Steps that an earlier run was killed in, brought back. */
  readonly recovered: number;
  /** Not begun: the run was stopped, or the journal could not be written. */
  readonly open: number;
  readonly fault: UserError | null;
}

/** @param plan named in the journal */
export async function applyPlan(ports: ApplyPorts, steps: readonly PlanStep[], plan: string): Promise<ApplyResult> {
  const run = nextRun(ports.runs);
  const done: PlanStep[] = [];
  const left: LeftStep[] = [];
  const made: MetadataMerge[] = [];
  const { notBack, recovered } = await recover(ports);
  const result = (fault: UserError | null): ApplyResult => {
    return { run, done, merges: made, left, notBack, recovered, open: steps.length - done.length - left.length, fault };
  };
  // A file that lies between two places comes first.
  if (notBack.length > 0 || steps.length === 0) return result(null);
  try {
    await ports.journal.append({ entry: "run", run, at: ports.now(), plan, steps: steps.length });
    const said = new Set<ContentHash>();
    const merges = createMerges(ports, steps);
    for (const [index, step] of steps.entries()) {
      if (ports.signal.aborted) break;
      const outcome = await carryOut(ports, step, { run, step: index + 1, said, merges });
      if ("left" in outcome) left.push(outcome.left);
      else done.push(step);
      if ("merge" in outcome && outcome.merge !== null) made.push(outcome.merge);
      ports.onProgress({ step: "clean-up", done: index + 1, total: steps.length });
      if ("notBack" in outcome && outcome.notBack.length > 0) return { ...result(null), notBack: outcome.notBack };
    }
    return result(null);
  } catch (error) {
    if (error instanceof UserError) return result(error);
    throw error;
  }
}

/** Brings back what was broken off. Steps of which something stays away are tried again next time. */
export async function recover({
  disk,
  journal,
  runs,
}: Pick<ApplyPorts, "disk" | "journal" | "runs">): Promise<{ readonly recovered: number; readonly notBack: readonly NotBack[] }> {
  const notBack: NotBack[] = [];
  let recovered = 0;
  for (const step of unfinishedSteps(runs)) {
    const missing = await bringBack(disk, step);
    notBack.push(...missing);
    if (missing.length > 0) continue;
    await journal.append({ entry: "rolled-back", run: step.run, step: step.step });
    recovered++;
  }
  return { recovered, notBack };
}

interface Place {
  readonly run: number;
  readonly step: number;
  /** Contents of which the journal says already what stays. */
  readonly said: Set<ContentHash>;
  readonly merges: Merges;
}

/** @property merge null where nothing is to be told of one */
type Done = { readonly merge: MetadataMerge | null };
type Failed = { readonly left: LeftStep; readonly notBack: readonly NotBack[] };

async function carryOut(ports: ApplyPorts, step: PlanStep, place: Place): Promise<Done | Failed> {
  const { disk, journal } = ports;
  const failed = (why: string, notBack: readonly NotBack[] = []): Failed => ({ left: { step, path: step.extra.path, why }, notBack });
  const checked = await checkStep(disk, step);
  if ("why" in checked) return { left: checked, notBack: [] };
  const found = await deedOf(ports, step, checked, place);
  if (typeof found === "string") return failed(found);
  const { deed, merge } = found;
  const stays = place.said.has(step.extra.sha256) ? [] : ports.staying(step.extra.sha256);
  const { path, sha256 } = step.keeper;
  const at = { run: place.run, step: place.step };
  const begun = { ...at, action: step.action, class: step.class, keeper: { path, sha256 }, stays, deed };
  await journal.append({ entry: "begin", ...begun });
  place.said.add(step.extra.sha256);
  const why = await failureOf(() => carryOutDeed(disk, deed, merge?.sidecar?.text ?? ""));
  if (why === null) {
    await journal.append({ entry: "done", ...at });
    if (merge !== null) place.merges.made(merge);
    return { merge: merge !== null && isWorthTelling(merge.merge) ? merge.merge : null };
  }
  const record: StepRecord = { ...begun, state: "begun" };
  const notBack = await bringBack(disk, record);
  if (notBack.length === 0) await journal.append({ entry: "rolled-back", ...at });
  return failed(why, notBack);
}

/** The sidecar first: what the extra tells is kept before it goes. */
async function carryOutDeed(disk: CleanupDisk, deed: Deed, sidecarText: string): Promise<void> {
  if (deed.kind === "link") return disk.link(deed);
  if (deed.sidecar != null) await disk.writeSidecar(deed.sidecar, sidecarText);
  for (const move of deed.files) await disk.relocate(move);
}

interface PlannedDeed {
  readonly deed: Deed;
  readonly merge: StepMerge | null;
}

/** @returns why there is none, where no place can be found */
async function deedOf(
  ports: ApplyPorts,
  step: PlanStep,
  checked: CheckedStep,
  { run, step: number, merges }: Place,
): Promise<PlannedDeed | string> {
  const draftIn = (folder: string, index: number) => photoPath(`${folderPrefix(folder)}.dupfind-${run}-${number}-${index}.part`);
  if (isLink(step.action)) {
    const { path } = step.extra;
    const { keeper, action: how } = step;
    const temporary = draftIn(folderOf(path), 0);
    return { deed: { kind: "link", how, path, keeper: keeper.path, temporary, file: checked.extra }, merge: null };
  }
  const files = [{ path: step.extra.path, file: checked.extra }, ...checked.companions];
  try {
    const merge = await merges.of(step);
    const old = merge?.before ?? null;
    const going = old === null ? files : [...files, old];
    const places = step.action === "trash" ? await trashPlaces(ports, going) : await movePlaces(ports, going);
    const moves = going.map(({ path, file }, index): Relocation => {
      const { to, note } = places[index] as NewPlace;
      return { from: path, to, note, file, temporary: draftIn(folderOf(to), index) };
    });
    const draft = draftIn(folderOf(step.keeper.path), going.length);
    const sidecar = merge === null ? null : sidecarWrite(merge, moves[files.length] ?? null, draft);
    return { deed: { kind: "move", files: moves.slice(0, files.length), sidecar }, merge };
  } catch (error) {
    if (error instanceof FileFault) return error.reason;
    throw error;
  }
}

type Going = readonly { readonly path: PhotoPath }[];

async function trashPlaces({ disk }: ApplyPorts, files: Going): Promise<readonly NewPlace[]> {
  const places: NewPlace[] = [];
  for (const { path } of files)
    places.push(
      await disk.placeInTrash(
        path,
        places.map(({ to }) => to),
      ),
    );
  return places;
}

const NUMBERS_TRIED = 1_000;

/** One number for all that travel together. */
async function movePlaces({ disk, moveTo }: ApplyPorts, files: Going): Promise<readonly NewPlace[]> {
  if (moveTo === null) throw new FileFault("no-folder", "No folder is named to move files to");
  const targets = files.map(({ path }) => moveTo(path));
  for (let number = 1; number <= NUMBERS_TRIED; number++) {
    const places = targets.map((path) => photoPath(numberedName(path, number)));
    const free = await Promise.all(places.map((path) => disk.isFree(path)));
    if (free.every(Boolean)) return places.map((to) => ({ to, note: null }));
  }
  throw new FileFault("place-taken", `No free name was found for ${targets[0]}`);
}
