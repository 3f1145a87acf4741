/**
 * What the extras of a keeper tell and it does not, merged into its sidecar before they go. All that go for one keeper are read together,
 * so that of several times the earliest counts; the step that takes the first of them writes it down.
 */
import type { FileRecord, Relocation, SidecarWrite } from "../../core/cleanup/journal.ts";
import { sidecarFor, textsBeside } from "../../core/cleanup/keeper-sidecar.ts";
import type { PlanStep } from "../../core/cleanup/plan.ts";
import { type CleanupDisk, FileFault } from "../../core/cleanup/ports.ts";
import { isLink } from "../../core/cleanup/select-steps.ts";
import { type MergedMetadata, mergeMetadata, tellsNothing } from "../../core/metadata/metadata.ts";
import type { PhotoMetadata, SidecarText } from "../../core/metadata/ports.ts";
import { folderOf } from "../../core/paths.ts";
import type { PhotoPath } from "../../core/units.ts";
import { checkStep } from "./check-step.ts";

export interface MergePorts {
  readonly disk: CleanupDisk;
  readonly metadata: PhotoMetadata;
  /** Whether the file lies in a folder in which nothing is touched. */
  readonly isProtected: (path: string) => boolean;
}

/** What one keeper gets from the extras that go for it. */
export interface MetadataMerge extends MergedMetadata {
  readonly keeper: PhotoPath;
  readonly sidecar: PhotoPath;
}

/** Such a merge as a step writes it. */
export interface StepMerge {
  readonly merge: MetadataMerge;
  /** The sidecar that stands there; null for none, or where nothing is to be written. */
  readonly before: { readonly path: PhotoPath; readonly file: FileRecord } | null;
  /** Null where nothing is to be written. */
  readonly sidecar: SidecarText | null;
  /** Of whose metadata it holds all. */
  readonly extras: readonly PhotoPath[];
}

/** The merges of one run. */
export interface Merges {
  /**
   * Opens photos and the texts beside them, and changes none. Null where the step asks for no merge, or an earlier one made it.
   * @throws {FileFault} where one cannot be read, or something is to be written where nothing may be touched
   */
  readonly of: (step: PlanStep) => Promise<StepMerge | null>;
  /** For after it was written. */
  readonly made: (merge: StepMerge) => void;
}

/** @param steps of the run, in their order */
export function createMerges(ports: MergePorts, steps: readonly PlanStep[]): Merges {
  const byKeeper = stepsByKeeper(steps);
  const merged = new Set<PhotoPath>();
  return {
    async of(step) {
      if (!asksForMerge(step) || merged.has(step.extra.path)) return null;
      const others = (byKeeper.get(step.keeper.path) ?? []).filter(({ extra }) => extra !== step.extra && !merged.has(extra.path));
      const extras = [step.extra.path, ...(await unchanged(ports, others))];
      const merge = await findMerge(ports, step.keeper.path, extras);
      if (tellsNothing(merge.added)) return { merge, before: null, sidecar: null, extras };
      return { merge, extras, ...(await extended(ports, merge)) };
    },
    made: ({ extras }) => {
      for (const extra of extras) merged.add(extra);
    },
  };
}

/** As the journal has it. @param before where the one goes that stands there */
export function sidecarWrite({ merge, sidecar }: StepMerge, before: Relocation | null, temporary: PhotoPath): SidecarWrite | null {
  return sidecar === null ? null : { path: merge.sidecar, temporary, before, written: sidecar.written };
}

/** What all keepers of a plan would get. Of one of which something cannot be read nothing is said: its steps will be left, with the reason. */
export async function previewMerges(ports: MergePorts, steps: readonly PlanStep[]): Promise<readonly MetadataMerge[]> {
  const found: MetadataMerge[] = [];
  for (const [keeper, own] of stepsByKeeper(steps)) {
    const paths = own.map(({ extra }) => extra.path);
    const merge = await findMerge(ports, keeper, paths).catch((error: unknown) => {
      if (error instanceof FileFault) return null;
      throw error;
    });
    if (merge !== null && isWorthTelling(merge)) found.push(merge);
  }
  return found;
}

export function isWorthTelling({ added, conflicts }: MergedMetadata): boolean {
  return !tellsNothing(added) || conflicts.length > 0;
}

/** A linked extra stays, with all that is beside it. */
function asksForMerge({ mergeMetadata: isAsked, action }: PlanStep): boolean {
  return isAsked && !isLink(action);
}

function stepsByKeeper(steps: readonly PlanStep[]): ReadonlyMap<PhotoPath, readonly PlanStep[]> {
  const found = new Map<PhotoPath, PlanStep[]>();
  for (const step of steps.filter(asksForMerge)) {
    const known = found.get(step.keeper.path);
    if (known === undefined) found.set(step.keeper.path, [step]);
    else known.push(step);
  }
  return found;
}

/** Of a file that is not what the plan says, nobody knows what picture it tells of. */
async function unchanged({ disk }: MergePorts, steps: readonly PlanStep[]): Promise<readonly PhotoPath[]> {
  const paths: PhotoPath[] = [];
  for (const step of steps) if (!("why" in (await checkStep(disk, step)))) paths.push(step.extra.path);
  return paths;
}

async function findMerge(ports: MergePorts, keeper: PhotoPath, extras: readonly PhotoPath[]): Promise<MetadataMerge> {
  const { disk, metadata, isProtected } = ports;
  const told = async (photo: PhotoPath) => metadata.read(photo, textsBeside(photo, await disk.namesIn(folderOf(photo))));
  const others = [];
  for (const extra of extras) others.push(await told(extra));
  const merged = mergeMetadata(await told(keeper), others);
  if (!tellsNothing(merged.added) && isProtected(keeper)) throw new FileFault("protected", `${keeper} lies in a protected folder`);
  return { ...merged, keeper, sidecar: sidecarFor(keeper, await disk.namesIn(folderOf(keeper))) };
}

async function extended(
  { disk, metadata }: MergePorts,
  { sidecar: path, added }: MetadataMerge,
): Promise<Pick<StepMerge, "before" | "sidecar">> {
  const sidecar = await metadata.extend(path, added);
  if (sidecar.from === null) return { before: null, sidecar };
  const sight = await disk.read(path);
  if (sight.kind === "unreadable") throw new FileFault(sight.why, `${path} cannot be read`);
  if (sight.kind !== "file" || sight.file.sha256 !== sidecar.from) throw new FileFault("changing", `${path} was written to meanwhile`);
  return { before: { path, file: sight.file }, sidecar };
}
