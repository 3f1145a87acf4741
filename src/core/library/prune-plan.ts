/**
 * What `dupfind prune` forgets, decided before anything is touched: the plan is data, which a dry run shows and a real run carries out.
 */
import type { Absence } from "../photos/ports.ts";
import type { PhotoPath } from "../units.ts";
import type { ContentId, LibraryRoot } from "./contents.ts";

/** A photo as the library knows it. */
export interface KnownPhoto {
  readonly path: PhotoPath;
  readonly content: ContentId;
  /** Device and inode, where it was met last. */
  readonly fileId: string;
}

/** One that does not stand where it was met last. */
export interface AbsentPhoto extends KnownPhoto {
  readonly why: Absence;
}

/** What a look at the disk found of the photos known below a root. */
export interface RootSurvey {
  readonly root: string;
  /** A photo is known below it for each that is there or absent. */
  readonly knownCount: number;
  readonly absent: readonly AbsentPhoto[];
  /** `empty`: it cannot be listed, or nothing is in it; `gone`: the system knows of no such folder. A drive that is away looks like both. */
  readonly state: "here" | "empty" | "gone";
}

/** Looks for each photo; they come in path order. */
export type SurveyRoot = (root: LibraryRoot, photos: AsyncIterable<KnownPhoto>) => Promise<RootSurvey>;

/** What goes, and nothing else does. */
export interface ForgetPlan {
  readonly photos: readonly KnownPhoto[];
  /** Those that no photo holds then, with their vectors and pairs. */
  readonly contents: readonly ContentId[];
  /** Folders that are not scanned any more. */
  readonly roots: readonly string[];
  /** Folders of which nothing stays that was found in them and is no known photo: unread, skipped, companions. */
  readonly folders: readonly string[];
}

/** What `dupfind forget` takes out. */
export interface FolderPlan extends ForgetPlan {
  /** Roots that stay, though one of the folders lies in them. */
  readonly scannedAgainBy: readonly string[];
}

/** What is forgotten, and what is not though it is not there. Nothing else goes. */
export interface PrunePlan extends PruneChoice, ForgetPlan {
  readonly photos: PruneChoice["photos"];
}

export interface PruneChoice {
  /** By path. */
  readonly photos: readonly AbsentPhoto[];
  /** Folders that are not scanned any more, with what was found and not compared below them. */
  readonly roots: readonly string[];
  /** Roots that are missing, empty or lost most of their photos at once: nothing below them is forgotten. */
  readonly guardedRoots: readonly string[];
  /** Photos that are not where they were and may be there all the same: their drive or folder is away. None is forgotten. */
  readonly unsure: readonly PhotoPath[];
}

/** The library as pruning sees it. */
export interface PruneStore {
  /** Every photo known below the root, in pages, in path order. */
  photosBelow(root: string): AsyncIterable<readonly KnownPhoto[]>;
  /** Contents that no other photo than these holds, those that none holds at all among them; by id. */
  contentsWithout(photos: readonly KnownPhoto[]): Promise<readonly ContentId[]>;
  /**
   * Forgets what the plan names, all of it or nothing.
   * @returns false where the library is no longer as it was when the plan was made: nothing is forgotten then
   */
  forget(plan: ForgetPlan): Promise<boolean>;
}

/** Fewer losses than this are a clean-up, whatever share of the folder they are. */
const LOSSES_TO_DOUBT = 10;

/** @param force forget what may be away with a drive too, and folders that are gone themselves */
export function choosePruned(surveys: readonly RootSurvey[], { force }: { readonly force: boolean }): PruneChoice {
  const photos = new Map<PhotoPath, AbsentPhoto>();
  const unsure = new Set<PhotoPath>();
  for (const survey of surveys) {
    if (isGuarded(survey) && !force) continue;
    for (const photo of survey.absent) {
      if (force || photo.why === "gone") photos.set(photo.path, photo);
      else unsure.add(photo.path);
    }
  }
  return {
    photos: [...photos.values()],
    roots: surveys.filter(({ state }) => force && state === "gone").map(({ root }) => root),
    guardedRoots: surveys.filter((survey) => isGuarded(survey) && !force).map(({ root }) => root),
    unsure: [...unsure].filter((path) => !photos.has(path)),
  };
}

/** A drive may be away: the root is missing or empty, or most of its photos are gone at once. */
function isGuarded({ state, absent, knownCount }: RootSurvey): boolean {
  return state !== "here" || (absent.length >= LOSSES_TO_DOUBT && absent.length > knownCount / 2);
}
