/**
 * The duplicates among what was scanned.
 */
import { type AskedThreshold, chooseThreshold, requireAboveFloor } from "../../core/calibration/threshold-choice.ts";
import type { KeeperRule } from "../../core/duplicates/keeper.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { haveSameBytes } from "../../io/photos/same-bytes.ts";
import { stampAt } from "../../io/photos/stamp-at.ts";
import { withTextsCompared } from "../../pipeline/duplicates/compare-texts.ts";
import { type FindChoice, findDuplicates } from "../../pipeline/duplicates/find-duplicates.ts";
import { chooseForReading } from "../choose-encoder.ts";
import { returnedPhotos } from "../cleanup/cleanup-ports.ts";
import { knownFolders } from "../known-folders.ts";
import { finishComparison } from "../library/finish-comparison.ts";
import { keepingLooks } from "../look/keeping-looks.ts";
import { withLooking } from "../look/looking.ts";
import { type Locations, withLibrary } from "../open-library.ts";
import { decidedOf } from "./decided-of.ts";

export interface ReportChoice extends Locations, AskedThreshold, Omit<FindChoice, "threshold" | "acrossRoots" | "decided"> {
  /** Null for the library's own. */
  readonly model: string | null;
  /** Sets that lie below one root alone are left out. */
  readonly across: boolean;
  readonly threads: number;
}

/**
 * Finishes first what an interrupted scan left to compare and to look at.
 * @throws {UserError} when the encoder has seen no photo, a folder holds none that is known, the threshold lies below what pairs are kept for, no calibration guarantees the precision, or `across` has
 * one folder alone to look across
 */
export async function reportDuplicates(choice: ReportChoice, run: Run): Promise<Report> {
  const { library: place, model, threads, bursts, linkage, looking } = choice;
  const store = new ModelStore(choice.models);
  if (model !== null) requireAboveFloor(store.choose(model).spec, choice); // told before a library is asked for
  return withLibrary(place, async (library) => {
    const encoder = await chooseForReading(library, store, model, run);
    await requireScanned(library, encoder, model);
    const folders = await knownFolders(library, choice.folders);
    const touching = await knownFolders(library, choice.touching);
    const protectedFolders = await knownFolders(library, choice.protectedFolders);
    const rules = await knownRules(library, choice.rules);
    const saved = await library.calibrationOf(encoder).saved();
    const threshold = chooseThreshold(encoder.spec, choice, saved, looking ? "look" : "encoder");
    const uncompared = await finishComparison(library, encoder, { library: place, threads }, run);
    const acrossRoots = choice.across ? await rootsToSpan(folders, library) : null;
    const decided = await decidedOf(library, place);
    const find = { threshold, folders, touching, bursts, linkage, rules, protectedFolders, acrossRoots, decided, looking };
    const looks = keepingLooks(library, { library: place, threads });
    try {
      const report = await withLooking(looks, { threads }, run, (lookMore) => {
        const ports = { store: library.reportOf(encoder), looks, lookMore, stop: run.signal, stampAt, leftOut: library };
        return findDuplicates(ports, encoder, uncompared, find);
      });
      const sets = await withTextsCompared(report.sets, haveSameBytes);
      return { ...report, sets, returnedCount: await returnedPhotos(library, place) };
    } finally {
      await looks.close();
    }
  });
}

/** A report of an encoder that has seen none of the photos would find no duplicates among none. */
async function requireScanned(library: Library, encoder: ChosenEncoder, model: string | null): Promise<void> {
  if ((await hasAnyVector(library, encoder)) || (await library.withoutVectorCount(encoder)) === 0) return;
  throw new UserError({ code: "nothing-scanned", model }, `No photo was scanned with ${encoder.spec.id} yet`);
}

/** By the first page alone: to count them all takes a second at a million photos. */
async function hasAnyVector(library: Library, encoder: ChosenEncoder): Promise<boolean> {
  for await (const page of library.reportOf(encoder).comparedPhotos()) return page.length > 0;
  return false;
}

async function knownRules(library: Library, rules: readonly KeeperRule[]): Promise<readonly KeeperRule[]> {
  const known: KeeperRule[] = [];
  for (const rule of rules) {
    if (rule.rule !== "folder") known.push(rule);
    else for (const folder of await knownFolders(library, [rule.folder])) known.push({ rule: "folder", folder });
  }
  return known;
}

async function rootsToSpan(folders: readonly string[], library: Library): Promise<readonly string[]> {
  const roots = folders.length > 0 ? folders : (await library.roots()).map(({ path }) => path);
  if (roots.length > 1) return roots;
  throw new UserError("across-one-folder", "Looking across folders needs at least two of them");
}
