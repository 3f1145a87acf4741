/**
 * Carries out a plan, or says what it would do: the plan is checked in the same way for both.
 */
import { createMoveTarget } from "../../core/cleanup/move-target.ts";
import { planFaults } from "../../core/cleanup/parse-plan.ts";
import type { Action, CleanupPlan, PlanStep } from "../../core/cleanup/plan.ts";
import { type Selection, selectSteps } from "../../core/cleanup/select-steps.ts";
import type { ExtraClass } from "../../core/duplicates/classes.ts";
import { UserError } from "../../core/errors.ts";
import type { HeldContent } from "../../core/library/contents.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { KnownPhoto } from "../../core/library/prune-plan.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import type { ContentHash } from "../../core/units.ts";
import { readPlan } from "../../io/cleanup/plan-file.ts";
import { photoMetadata } from "../../io/metadata/photo-metadata.ts";
import { createReach } from "../../io/photos/exclusion.ts";
import { resolveNewFolder } from "../../io/photos/folders.ts";
import { holdsPhoto } from "../../io/photos/holds-photo.ts";
import { type ApplyPorts, type ApplyResult, applyPlan } from "../../pipeline/cleanup/apply-plan.ts";
import { type MetadataMerge, previewMerges } from "../../pipeline/cleanup/merge-metadata.ts";
import { surveyPlan } from "../../pipeline/cleanup/survey-plan.ts";
import { withLibraryUnlessDry } from "../open-library.ts";
import { type CleanupMachine, openCleanup } from "./cleanup-ports.ts";
import { isPlanOf } from "./plan-library.ts";

export interface ApplyChoice {
  readonly library: LibraryPlace;
  readonly planFile: string;
  readonly classes: readonly ExtraClass[];
  /** Null for what the plan says of each step. */
  readonly action: Action | null;
  /** Folder that files are moved to, absolute; null for none. */
  readonly moveTo: string | null;
  /** Absolute; beside those of the plan. */
  readonly protectedFolders: readonly string[];
  /** As XDG_DATA_HOME names it; null for the usual one. */
  readonly dataHome: string | null;
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
}

export interface AppliedPlan {
  readonly selection: Selection;
  /** Of a dry run what would be merged, and else what was. */
  readonly merges: readonly MetadataMerge[];
  /** Null where nothing was to be done. */
  readonly result: ApplyResult | null;
}

/** @throws {UserError} when the plan cannot be read, is of another library, or says something that cannot be meant: nothing is done then */
export async function applyCleanup(choice: ApplyChoice, run: Run): Promise<AppliedPlan> {
  const plan = readPlan(choice.planFile);
  if (!isPlanOf(plan, choice.library))
    throw new UserError("plan-of-another-library", `${choice.planFile} is a plan for the library ${plan.library}`);
  return withLibraryUnlessDry(choice, run, async (library) => {
    const machine = await openCleanup(choice.library, choice.dataHome);
    const held = await library.contentsWith(new Set(plan.steps.flatMap(({ keeper, extra }) => [keeper.sha256, extra.sha256])));
    const { selection, isProtected } = await select(plan, choice, library, machine, held);
    const ports = { ...machine, metadata: photoMetadata, isProtected };
    const moveTo = await moveTarget(choice.moveTo, selection, library);
    if (choice.dryRun) return { selection, merges: await previewMerges(ports, selection.chosen), result: null };
    const going = new Set(selection.chosen.flatMap(({ extra }) => extra.path));
    const staying: ApplyPorts["staying"] = (content) =>
      (held.get(content)?.photos ?? []).map(({ path }) => path).filter((path) => !going.has(path));
    const now = () => new Date().toISOString();
    const result = await applyPlan({ ...ports, ...run, now, moveTo, staying }, selection.chosen, choice.planFile);
    await forgetMoved(library, result.done, held);
    return { selection, merges: result.merges, result };
  });
}

async function select(
  plan: CleanupPlan,
  { planFile, protectedFolders, classes, action }: ApplyChoice,
  library: Library,
  { disk }: CleanupMachine,
  held: ReadonlyMap<ContentHash, HeldContent>,
): Promise<{ readonly selection: Selection; readonly isProtected: (path: string) => boolean }> {
  const known = { steps: plan.steps, protectedFolders: [...plan.protectedFolders, ...protectedFolders] };
  requireSound(planFile, planFaults(plan));
  const { faults, isProtected } = await surveyPlan({ disk, isReached: createReach(await library.roots()), holdsPhoto }, known);
  requireSound(
    planFile,
    faults.map(({ step, fault }) => `step ${plan.steps.indexOf(step) + 1}: ${fault}`),
  );
  const pixelsOf = (content: ContentHash) => held.get(content)?.pixelsHash ?? null;
  return { selection: selectSteps(plan.steps, { classes, action, isProtected, pixelsOf }), isProtected };
}

const FAULTS_SHOWN = 20;

function requireSound(planFile: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  const rest = faults.length - FAULTS_SHOWN;
  const lines = [...faults.slice(0, FAULTS_SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])];
  throw new UserError("plan-unusable", `${planFile} cannot be carried out:\n  ${lines.join("\n  ")}`);
}

async function moveTarget(folder: string | null, { chosen }: Selection, library: Library): Promise<ApplyPorts["moveTo"]> {
  if (!chosen.some(({ action }) => action === "move")) return null;
  if (folder === null) throw new UserError("move-folder-missing", "Files are to be moved, and no folder is named for them");
  const roots = await library.roots();
  const real = resolveNewFolder(folder);
  if (createReach(roots)(real)) throw new UserError("move-folder-scanned", `${folder} is scanned itself`);
  return createMoveTarget(
    real,
    roots.map(({ path }) => path),
  );
}

/**
 * What went is known no more, and its vectors are kept: brought back, it need not be read by an encoder again. Where the library knows
 * another file there, the next scan sees to it.
 */
async function forgetMoved(library: Library, done: readonly PlanStep[], held: ReadonlyMap<ContentHash, HeldContent>): Promise<void> {
  const photos = done
    .filter(({ action }) => action === "trash" || action === "move")
    .flatMap(({ extra }): readonly KnownPhoto[] => {
      const content = held.get(extra.sha256);
      const photo = content?.photos.find(({ path }) => path === extra.path);
      return content === undefined || photo === undefined ? [] : [{ ...photo, content: content.id }];
    });
  await library.pruning().forget({ photos, contents: [], roots: [], folders: [] });
}
