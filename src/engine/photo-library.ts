/**
 * The engine for programs that embed it: the same pieces of work that the command line runs, with every default filled in and every
 * value checked. Loads the database, the decoder and the encoder with the first call that needs them, so that importing this changes
 * nothing.
 */
import type { Calibration } from "../core/calibration/calibration.ts";
import { GREATEST_PRECISION, LEAST_PRECISION } from "../core/calibration/precision-range.ts";
import { CALIBRATION_PHOTOS, DEFAULT_PRECISION, SEARCH_COUNT, SEARCH_WEIGHT } from "../core/defaults.ts";
import type { Linkage } from "../core/duplicates/clustering.ts";
import { DEFAULT_RULES, type KeeperRule } from "../core/duplicates/keeper.ts";
import type { Report } from "../core/duplicates/report.ts";
import type { LibraryPlace } from "../core/library/library-place.ts";
import type { LibraryStatus } from "../core/library/library-status.ts";
import { NO_FILTER, type ScanFilter } from "../core/library/scan-filter.ts";
import type { ScanResult } from "../core/library/scan-result.ts";
import { isServerAddress } from "../core/library/server-address.ts";
import type { Volume } from "../core/library/volumes.ts";
import type { PromptChoice } from "../core/search/prompts.ts";
import type { SearchResult } from "../core/search/search-result.ts";
import type { CalibrationPairs } from "./calibration/calibrate.ts";
import { absolute, type Machine, type MachineOptions, machineOf, type RunOptions, requireWithin, runOf } from "./options.ts";

export interface ScanOptions extends RunOptions {
  /** Name of an encoder; the library's own, or the embedded one, where none is named. */
  readonly model?: string | undefined;
  /** Globs of what is left out: one without a slash is matched against every name, one with a slash against the path below the folder. */
  readonly exclude?: readonly string[] | undefined;
  /** Looks behind symbolic links. */
  readonly followLinks?: boolean | undefined;
  /** Takes in these photos alone; known ones that it passes by stay as they were. */
  readonly filter?: Partial<ScanFilter> | undefined;
  /** Passes by what lies on other devices than its folder. */
  readonly oneFileSystem?: boolean | undefined;
  /**
   * Lets an index of nearest neighbours propose the pairs where very many photos are new: most pairs instead of all, in a fraction of the time;
   * `approximation` of the result tells how many on a sample. Needs the package usearch, or pgvector on the server of a shared library.
   */
  readonly ann?: boolean | undefined;
  /** False leaves the looking at similar photos to the first report. */
  readonly look?: boolean | undefined;
}

export interface DuplicateOptions extends RunOptions {
  readonly model?: string | undefined;
  /** Photos outside are not looked at; the whole library where none is named. */
  readonly folders?: readonly string[] | undefined;
  /** Similarity from which two photos are the same, in [0, 1]; as calibrated, or else the encoder's own. */
  readonly threshold?: number | undefined;
  /** Uses the threshold that is calibrated for this precision. */
  readonly precision?: number | undefined;
  /** Lists bursts too: different exposures of one scene. */
  readonly bursts?: boolean | undefined;
  /** What holds a set together; `star`: every extra is close to its keeper. */
  readonly linkage?: Linkage | undefined;
  /** What makes the keeper, the most important first. */
  readonly keep?: readonly KeeperRule[] | undefined;
  /** Photos below them are never extras. */
  readonly protect?: readonly string[] | undefined;
  /** Only sets with a photo in one of them, wherever their others lie. */
  readonly touching?: readonly string[] | undefined;
  /** False for the encoder alone, which calls nothing but equal files and pixels the same. */
  readonly look?: boolean | undefined;
  /** Only sets that span two of the folders. */
  readonly across?: boolean | undefined;
}

/** What is looked for: a photo, words, or both. Words need an encoder that knows some. */
export interface PhotoQuery {
  /** Path of a file, which need not be of the library. */
  readonly photo?: string | undefined;
  readonly words?: string | undefined;
  /** What the photos shall not be like, in words. */
  readonly unwanted?: readonly string[] | undefined;
}

export interface SearchOptions extends RunOptions {
  readonly model?: string | undefined;
  readonly folders?: readonly string[] | undefined;
  /** Pictures to list, at most; 20. */
  readonly count?: number | undefined;
  /** Lists none that is less similar. */
  readonly min?: number | undefined;
  /** Sentences put around the words; none. */
  readonly prompts?: PromptChoice | undefined;
  /** Each in [0, 1]; a half. */
  readonly weights?: { readonly words?: number | undefined; readonly unwanted?: number | undefined } | undefined;
}

export interface CalibrationOptions extends RunOptions {
  readonly model?: string | undefined;
  /** CSV file of pairs that a person labelled. Without one, photos of the library are edited. */
  readonly pairs?: string | undefined;
  /** Photos to edit, at most; 2,000, or with `pairs` none. */
  readonly photos?: number | undefined;
  /** Fraction of the pairs found that have to be the same picture; 0.99. */
  readonly precision?: number | undefined;
  /** False leaves the library's threshold as it is. */
  readonly save?: boolean | undefined;
  /** Replaces a calibration that rests on more labels, too. */
  readonly force?: boolean | undefined;
  /** False for reports of the encoder alone. */
  readonly look?: boolean | undefined;
}

/**
 * A library of photos. Holds no file open between two calls, so that other processes can scan meanwhile; each call opens
 * what it needs and closes it. Every call rejects with a `UserError` where something is wrong that a user can mend.
 */
export interface PhotoLibrary {
  /** Of the library's file, absolute; or the address of its server, without user and password. */
  readonly path: string;
  /**
   * Reads what is new in the folders and of the files, and compares it with all that is known. Makes the library where there is none. Photos
   * that cannot be read are counted, and named by `status`.
   */
  scan(paths: readonly string[], options?: ScanOptions): Promise<ScanResult>;
  /** Sets of duplicates, each with the photo to keep and why. Reads no photo. */
  findDuplicates(options?: DuplicateOptions): Promise<Report>;
  /** The photos most like what is looked for, the most similar first. */
  search(query: PhotoQuery, options?: SearchOptions): Promise<SearchResult>;
  /**
   * Finds the threshold for a precision and keeps it for `findDuplicates`, unless something speaks against it: see `refusal`.
   * @returns null when it was stopped
   */
  calibrate(options?: CalibrationOptions): Promise<Calibration | null>;
  /** What the library knows, and every file that could not be compared. */
  status(): Promise<LibraryStatus>;
}

export interface LibraryOptions extends MachineOptions {
  /** Drives and shares that the library knows by name, each with the folder it is mounted in here. */
  readonly volumes?: Readonly<Record<string, string>> | undefined;
}

async function volumesOf({ volumes = {} }: LibraryOptions): Promise<readonly Volume[]> {
  const folders = await realFolders(Object.values(volumes));
  return Object.keys(volumes).map((name, index) => ({ name, folder: folders[index] as string }));
}

/**
 * Opens a library, which need not be there yet: the first scan makes it.
 * @param path of the library's file, or the address of a PostgreSQL database: postgres://user:password@host/database. No variable of the
 * environment is read for what an address leaves out.
 * @throws {UserError} where the file is there and no library, or dupfind is not wholly installed
 */
export async function openLibrary(path: string, options: LibraryOptions = {}): Promise<PhotoLibrary> {
  const machine = await machineOf(options);
  const { libraryPlaceOf } = await import("./library-place.ts");
  const place = await libraryPlaceOf(isServerAddress(path) ? path : absolute(path), await volumesOf(options), {});
  if (place.kind === "file") {
    const { requireLibraryOrNothing } = await import("../io/library/library-file.ts");
    requireLibraryOrNothing(place.path);
  }
  return new OpenedLibrary(place, machine);
}

class OpenedLibrary implements PhotoLibrary {
  readonly path: string;
  readonly #place: LibraryPlace;
  readonly #machine: Machine;

  constructor(place: LibraryPlace, machine: Machine) {
    this.path = place.name;
    this.#place = place;
    this.#machine = machine;
  }

  async scan(paths: readonly string[], options: ScanOptions = {}): Promise<ScanResult> {
    const { model, exclude = [], followLinks = false, filter, oneFileSystem = false, ann = false, look: looking = true, ...run } = options;
    const { scanFolders } = await import("./library/scan.ts");
    const { resolveSources } = await import("../io/photos/folders.ts");
    const sources = resolveSources(paths, absolute("."), { exclude, followLinks });
    return scanFolders({ ...this.#asked(model), ...sources, filter: { ...NO_FILTER, ...filter }, oneFileSystem, ann, looking }, runOf(run));
  }

  async findDuplicates(options: DuplicateOptions = {}): Promise<Report> {
    const { reportDuplicates } = await import("./duplicates/find-duplicates.ts");
    const { threshold, precision, bursts = false, linkage = "star", keep = DEFAULT_RULES, across = false, look = true, ...run } = options;
    requireWithin("threshold", threshold, 0, 1);
    requireWithin("precision", precision, LEAST_PRECISION, GREATEST_PRECISION);
    const request = {
      ...this.#asked(options.model),
      folders: await realFolders(options.folders),
      threshold: threshold ?? null,
      precision: precision ?? null,
      touching: await realFolders(options.touching),
      bursts,
      linkage,
      rules: keep,
      protectedFolders: await realFolders(options.protect),
      across,
      looking: look,
    };
    return reportDuplicates(request, runOf(run));
  }

  async search(
    query: PhotoQuery,
    { count = SEARCH_COUNT, min, prompts = "none", weights, ...options }: SearchOptions = {},
  ): Promise<SearchResult> {
    const { searchPhotos } = await import("./search/search.ts");
    requireWithin("count", count, 1, Number.MAX_SAFE_INTEGER);
    requireWithin("min", min, -1, 1);
    requireWithin("weights.words", weights?.words, 0, 1);
    requireWithin("weights.unwanted", weights?.unwanted, 0, 1);
    const { photo, words, unwanted = [] } = query;
    if (photo === undefined && words === undefined) throw new TypeError("Expected a photo or words to look for");
    const request = {
      ...this.#asked(options.model),
      query: { photo: photo ?? null, words: words ?? null, unwanted },
      photo: photo === undefined ? null : absolute(photo),
      folders: await realFolders(options.folders),
      count,
      min: min ?? null,
      prompts,
      weights: { words: weights?.words ?? SEARCH_WEIGHT, unwanted: weights?.unwanted ?? SEARCH_WEIGHT },
    };
    return (await searchPhotos(request, runOf(options))).result;
  }

  async calibrate({ pairs, photos, ...options }: CalibrationOptions = {}): Promise<Calibration | null> {
    const { calibrateLibrary } = await import("./calibration/calibrate.ts");
    const { precision = DEFAULT_PRECISION, save = true, force = false, look: looking = true } = options;
    requireWithin("photos", photos, 1, Number.MAX_SAFE_INTEGER);
    requireWithin("precision", precision, LEAST_PRECISION, GREATEST_PRECISION);
    const source = pairsAsked(pairs, photos);
    return calibrateLibrary({ ...this.#asked(options.model), source, precision, dryRun: !save, force, looking }, runOf(options));
  }

  async status(): Promise<LibraryStatus> {
    const { readStatus } = await import("./library/status.ts");
    return readStatus({ library: this.#place, models: this.#machine.models });
  }

  #asked(model: string | undefined) {
    return { ...this.#machine, library: this.#place, model: model ?? null };
  }
}

function pairsAsked(pairs: string | undefined, photos: number | undefined): CalibrationPairs {
  if (pairs === undefined) return { kind: "synthetic", photos: photos ?? CALIBRATION_PHOTOS };
  const labels = { file: absolute(pairs), named: pairs };
  return photos === undefined ? { kind: "labels", ...labels } : { kind: "labels-and-synthetic", photos, ...labels };
}

/** As a scan spells them. */
async function realFolders(folders: readonly string[] = []): Promise<readonly string[]> {
  const { resolveFolder } = await import("../io/photos/folders.ts");
  return folders.map((folder) => resolveFolder(folder, absolute(".")));
}
