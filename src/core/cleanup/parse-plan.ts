/**
 * A plan as a file. Whoever wrote it last may have meant harm or made a slip: it is read field by field, and refused whole where it
 * contradicts itself. What only the disk can tell is asked by `pipeline/cleanup/survey-plan.ts`.
 */

import { EXTRA_CLASSES, type ExtraClass } from "../duplicates/classes.ts";
import { isServerAddress } from "../library/server-address.ts";
import { CompanionIndex } from "../photos/companions.ts";
import { fileKind } from "../photos/file-kinds.ts";
import { looksLikePicture } from "../photos/passed-by.ts";
import type { CompanionFile } from "../photos/photo.ts";
import { plainPath, sha256 } from "../photos/photo-form.ts";
import { fields, flag, line, list, oneOf, optional, type Read, wholeFrom } from "../text/json-form.ts";
import { ACTIONS, type Action, type CleanupPlan, type PlannedPhoto, type PlanStep } from "./plan.ts";

const PLAN_VERSION = 1;
const STEPS_AT_MOST = 10_000_000;

interface PlanJson {
  readonly schemaVersion: number;
  readonly kind: "dupfind-plan";
  readonly library: string;
  readonly protected: readonly string[];
  readonly steps: readonly StepJson[];
}

interface StepJson {
  readonly set: number;
  readonly class: ExtraClass;
  readonly reviewed?: boolean | undefined;
  readonly mergeMetadata?: boolean | undefined;
  readonly action: Action;
  readonly keeper: PlannedPhoto;
  readonly extra: PlannedPhoto & { readonly companions?: readonly CompanionFile[] | undefined };
}

const size = wholeFrom(0, Number.MAX_SAFE_INTEGER);
const photo = { path: plainPath, sha256, bytes: size };

/** Of a file its path, and of a database on a server its address. */
const libraryName: Read<string> = (value, at) =>
  typeof value === "string" && isServerAddress(value) ? line(value, at) : plainPath(value, at);

const readJson = fields<PlanJson>({
  schemaVersion: wholeFrom(PLAN_VERSION, PLAN_VERSION),
  kind: oneOf("dupfind-plan"),
  library: libraryName,
  protected: list(plainPath, 0, 10_000),
  steps: list(
    fields<StepJson>({
      set: wholeFrom(1, Number.MAX_SAFE_INTEGER),
      class: oneOf(...EXTRA_CLASSES),
      reviewed: optional(flag),
      mergeMetadata: optional(flag),
      action: oneOf(...ACTIONS),
      keeper: fields<PlannedPhoto>(photo),
      extra: fields<StepJson["extra"]>({
        ...photo,
        companions: optional(list(fields<CompanionFile>({ path: plainPath, bytes: size }), 0, 1_000)),
      }),
    }),
    0,
    STEPS_AT_MOST,
  ),
});

/**
 * @param json as `JSON.parse` gave it
 * @throws {FormFault} naming the first field that is not what it should be
 */
export function parsePlan(json: unknown): CleanupPlan {
  const { library, protected: protectedFolders, steps } = readJson(json, "");
  return {
    library,
    protectedFolders,
    steps: steps.map(({ reviewed = false, mergeMetadata = false, extra: { companions = [], ...extra }, ...step }) => {
      return { ...step, reviewed, mergeMetadata, extra, companions };
    }),
  };
}

export function formatPlan({ library, protectedFolders, steps }: CleanupPlan): string {
  const json: PlanJson = {
    schemaVersion: PLAN_VERSION,
    kind: "dupfind-plan",
    library,
    protected: protectedFolders,
    steps: steps.map(({ extra, companions, ...step }) => ({ ...step, extra: { ...extra, companions } })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/**
 * What a plan says that cannot be meant, one sentence each: a set would lose its last photo, a file would go twice, or with one that it
 * does not travel with.
 */
export function planFaults({ steps }: CleanupPlan): readonly string[] {
  const keepers = new Map<string, PlanStep>(steps.map((step) => [step.keeper.path, step]));
  const keeperOfSet = new Map<number, string>();
  const going = new Set<string>();
  const faults: string[] = [];
  for (const [index, step] of steps.entries()) {
    const say = (fault: string) => faults.push(`step ${index + 1}: ${fault}`);
    const { set, keeper, extra, companions } = step;
    if (!looksLikePicture(extra.path)) say(`${extra.path} is no photo by its name`);
    if (!looksLikePicture(keeper.path)) say(`${keeper.path} is no photo by its name`);
    if (step.class === "same-bytes" && keeper.sha256 !== extra.sha256) say("the extra is said to have the keeper's bytes, and has others");
    const known = keeperOfSet.get(set) ?? keeper.path;
    keeperOfSet.set(set, known);
    if (known !== keeper.path) say(`set ${set} has two keepers`);
    for (const { path } of [extra, ...companions]) {
      if (keepers.has(path)) say(`${path} is the keeper of set ${keepers.get(path)?.set}, and cannot go`);
      if (going.has(path)) say(`${path} goes twice`);
      going.add(path);
    }
    for (const companion of companions) {
      const index = fileKind(companion.path) === "companion" ? new CompanionIndex([companion]) : null;
      if ((index?.of(extra.path) ?? []).length === 0) say(`${companion.path} does not travel with ${extra.path}`);
      if ((index?.of(keeper.path) ?? []).length > 0) say(`${companion.path} travels with the keeper`);
    }
  }
  return faults;
}
