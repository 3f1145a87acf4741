/**
 * Walks the library: fast-glob lists folders, this adapter stats what has a photo's name. Opens no file but those whose names leave open what
 * they are.
 */
import * as fs from "node:fs";
import { lstat, realpath, stat } from "node:fs/promises";
import { join, parse, relative } from "node:path";
import fastGlob from "fast-glob";
import type { LibraryRoot, ScanRoot } from "../../core/library/contents.ts";
import { extension } from "../../core/paths.ts";
import { fileKind } from "../../core/photos/file-kinds.ts";
import { isToldByContent, looksLikePicture, type PassedByReason } from "../../core/photos/passed-by.ts";
import type { SkippedPhoto, SkipReason } from "../../core/photos/photo.ts";
import type { Walk, WalkEntry } from "../../core/photos/ports.ts";
import { DEFAULT_MAX_SECONDS } from "../../core/photos/time-limit.ts";
import { photoPath } from "../../core/units.ts";
import { errorCode } from "../system-errors.ts";
import { createExclusion, createGlobs, isHidden, isKeptBySystem } from "./exclusion.ts";
import { holdsPhoto } from "./holds-photo.ts";
import { IGNORE_FILE } from "./ignore-files.ts";
import { fileIdOf, photoFile } from "./photo-file.ts";
import { type OnSilence, SilenceWatch } from "./silence.ts";

/** Entries that may wait to be looked at before further folders are listed: what keeps memory flat on a large library. */
const BACKLOG = 20_000;
/** Stats under way at once: enough to hide the latency of a network drive. */
const STATS_AT_ONCE = 64;
/** What was passed by in listing folders is handed on at least so often. */
const NOTES_AT_ONCE = 1_000;

const BIG_INTEGERS = { bigint: true } as const;

export interface WalkChoice {
  /** Absolute paths of files that are met beside what lies below the roots. */
  readonly files?: readonly string[];
  /** Globs that leave out some of the files: without a slash against the name, with one against the whole path. */
  readonly exclude?: readonly string[];
  /** Passes by folders on other devices than their root. */
  readonly oneFileSystem?: boolean;
  /** That a drive may give no answer for before `onSilence` is told. */
  readonly maxSeconds?: number;
  readonly onSilence?: OnSilence;
}

/**
 * Streams every photo, companion and skipped entry below the roots, in no fixed order; a folder that lies below two of
 * them is met once, unless they exclude different things.
 */
export function createWalk(roots: readonly ScanRoot[], choice: WalkChoice = {}): Walk {
  const { files = [], exclude = [], oneFileSystem = false, maxSeconds = DEFAULT_MAX_SECONDS, onSilence = () => {} } = choice;
  return async function* walk() {
    const silence = new SilenceWatch(maxSeconds * 1000, onSilence);
    const visitedFolders = new Map<string, Set<string>>();
    // A link that is followed may lead to one of the files: none is met twice.
    const unmet = new Set(files);
    try {
      for (const root of roots) {
        // Folders that were visited under other rules are visited again: each root meets all that it was asked for.
        const visited = visitedFolders.get(rulesOf(root)) ?? new Set();
        visitedFolders.set(rulesOf(root), visited);
        for await (const entry of walkRoot(root, silence, new FolderLister(root, visited, roots, { oneFileSystem, silence }))) {
          if (entry.kind === "photo" || entry.kind === "companion") unmet.delete(entry.file.path);
          yield entry;
        }
      }
      yield* lookAtEach([...unmet], createGlobs(exclude), silence);
    } finally {
      silence.close();
    }
  };
}

async function* lookAtEach(
  files: readonly string[],
  isExcluded: (path: string, folder: string) => boolean,
  silence: SilenceWatch,
): AsyncGenerator<WalkEntry> {
  const lookAt = async (path: string) =>
    isExcluded(path, parse(path).root) ? passBy(path, "by-choice") : silence.over(path, () => lookAtNamed(path));
  for (let first = 0; first < files.length; first += STATS_AT_ONCE)
    yield* present(await Promise.all(files.slice(first, first + STATS_AT_ONCE).map(lookAt)));
}

/** A file that was named itself; links are followed by whoever names them. */
async function lookAtNamed(path: string): Promise<WalkEntry | null> {
  try {
    return await look(path, await lstat(path), false);
  } catch (error) {
    return skip(path, statFault(path, false, errorCode(error)), errorCode(error));
  }
}

/** The same for roots that leave the same out of any folder; a glob with a slash is for one root alone. */
function rulesOf({ path, exclude, followLinks }: LibraryRoot): string {
  return JSON.stringify([exclude, followLinks, exclude.some((glob) => glob.includes("/")) ? path : ""]);
}

async function* walkRoot(root: ScanRoot, silence: SilenceWatch, lister: FolderLister): AsyncGenerator<WalkEntry> {
  const stream = fastGlob.stream("**", {
    cwd: root.path,
    dot: true,
    onlyFiles: false,
    objectMode: true,
    unique: false,
    suppressErrors: true,
    followSymbolicLinks: root.followLinks,
    fs: { readdir: lister.readdir as typeof fs.readdir },
  }) as AsyncIterable<fastGlob.Entry & { dirent: fs.Dirent }>;

  let batch: Promise<WalkEntry | null>[] = [];
  for await (const { path, dirent } of stream) {
    lister.taken();
    const at = join(root.path, withLineBreaks(path));
    if (!dirent.isDirectory()) batch.push(silence.over(at, () => look(at, dirent, root.followLinks)));
    if (batch.length < STATS_AT_ONCE && lister.noteCount < NOTES_AT_ONCE) continue;
    yield* present(await Promise.all(batch));
    yield* lister.drainNotes();
    batch = [];
  }
  yield* present(await Promise.all(batch));
  yield* lister.drainNotes();
}

/** One directory entry, statted where its name asks for it. */
async function look(path: string, dirent: Pick<fs.Dirent, "isSymbolicLink" | "isFile">, followLinks: boolean): Promise<WalkEntry | null> {
  const isLink = dirent.isSymbolicLink();
  if (isLink && !followLinks) return lookAtUnfollowedLink(path);
  if (!isLink && !dirent.isFile()) return { kind: "excluded", path, because: "other-file" };
  const kind = fileKind(path);
  if (kind === "other" && !isToldByContent(path)) return { kind: "excluded", path, because: "other-file" };
  try {
    // Followed links are told from files nowhere but in their real path, those of a linked folder neither.
    const real = followLinks ? await realpath(path) : path;
    const stats = await lstat(real, BIG_INTEGERS);
    if (stats.isDirectory()) return null;
    const file = photoFile(real, stats);
    if (kind === "other" && !(stats.isFile() && (await holdsPhoto(real)))) return passBy(path, "other-name");
    if (kind === "companion") return { kind: "companion", file };
    if (kind === "undecodable") return skip(path, "unsupported-format", `${extension(path)} files are not supported yet`);
    return { kind: "photo", file };
  } catch (error) {
    if (kind === "other") return passBy(path, "other-name");
    return skip(path, statFault(path, isLink, errorCode(error)), errorCode(error));
  }
}

/** A link that leads nowhere is a photo lost, if its name was a photo's; one that leads somewhere is left out by choice. */
async function lookAtUnfollowedLink(path: string): Promise<WalkEntry> {
  const kind = fileKind(path);
  try {
    const isFolder = (await stat(path)).isDirectory();
    return isFolder || looksLikePicture(path) ? passBy(path, "link") : { kind: "excluded", path, because: "link" };
  } catch {
    return kind === "photo" || kind === "undecodable" ? skip(path, "dangling-link", "") : { kind: "excluded", path, because: "link" };
  }
}

function passBy(path: string, reason: PassedByReason): WalkEntry {
  return { kind: "passed-by", passedBy: { path: photoPath(path), reason } };
}

function statFault(path: string, isLink: boolean, code: string): SkipReason {
  if (code !== "ENOENT" && code !== "ELOOP") return "unreadable";
  if (path.includes("\uFFFD")) return "undecodable-name";
  return isLink ? "dangling-link" : "vanished";
}

function skip(path: string, reason: SkipReason, detail: string): WalkEntry {
  const skipped: SkippedPhoto = { path: photoPath(path), reason, detail };
  return { kind: "skipped", skipped };
}

function* present(entries: readonly (WalkEntry | null)[]): Generator<WalkEntry> {
  for (const entry of entries) if (entry !== null) yield entry;
}

// fast-glob's patterns match no line break, so that it would drop such names in silence. Between the lister and the reader
// they stand as private-use characters; a name that really holds one of those is listed as vanished.
const LINE_BREAKS = ["\n", "\r", "\u2028", "\u2029"];
const STAND_INS = ["\u{f0000}", "\u{f0001}", "\u{f0002}", "\u{f0003}"];

function withoutLineBreaks(name: string): string {
  return name.replace(/[\n\r\u2028\u2029]/g, (character) => STAND_INS[LINE_BREAKS.indexOf(character)] as string);
}

function withLineBreaks(path: string): string {
  return path.replace(/[\u{f0000}-\u{f0003}]/gu, (character) => LINE_BREAKS[STAND_INS.indexOf(character)] as string);
}

type ReaddirCallback = (error: Error | null, entries: fs.Dirent[]) => void;

/**
 * The only way fast-glob sees folders. Lists each folder once (by device and inode, so that links cannot loop), leaves
 * out what is hidden or excluded, turns a folder that may not be listed into a skipped entry, and waits while the reader
 * is behind.
 */
class FolderLister {
  readonly #root: string;
  readonly #isExcluded: (path: string, isFolder: boolean) => boolean;
  readonly #visited: Set<string>;
  readonly #rootPaths: ReadonlySet<string>;
  readonly #oneFileSystem: boolean;
  readonly #silence: SilenceWatch;
  /** Of the root; null until it is listed. */
  #device: bigint | null = null;
  #notes: WalkEntry[] = [];
  #backlog = 0;
  #waiting: (() => void)[] = [];

  /** @param roots all that are walked */
  constructor(
    root: ScanRoot,
    visited: Set<string>,
    roots: readonly LibraryRoot[],
    { oneFileSystem, silence }: { readonly oneFileSystem: boolean; readonly silence: SilenceWatch },
  ) {
    this.#root = root.path;
    this.#visited = visited;
    this.#rootPaths = new Set(roots.map(({ path }) => path));
    this.#oneFileSystem = oneFileSystem;
    this.#silence = silence;
    this.#isExcluded = createExclusion(root, (file, code) => this.#notes.push(skip(file, "unreadable", code)));
  }

  /** Called for each entry the reader has taken from the stream. */
  taken(): void {
    this.#backlog--;
    if (this.#backlog > BACKLOG) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  get noteCount(): number {
    return this.#notes.length;
  }

  *drainNotes(): Generator<WalkEntry> {
    const notes = this.#notes;
    this.#notes = [];
    yield* notes;
  }

  readonly readdir = (folder: string, _options: { withFileTypes: true }, callback: ReaddirCallback): void => {
    this.#list(withLineBreaks(folder)).then(
      (entries) => callback(null, entries),
      (error: Error) => callback(error, []),
    );
  };

  async #list(folder: string): Promise<fs.Dirent[]> {
    if (this.#backlog > BACKLOG) await new Promise<void>((go) => this.#waiting.push(go));
    return this.#silence.over(folder, () => this.#listNow(folder));
  }

  async #listNow(folder: string): Promise<fs.Dirent[]> {
    try {
      const stats = await stat(folder, BIG_INTEGERS);
      this.#device ??= stats.dev;
      if (this.#oneFileSystem && stats.dev !== this.#device) {
        this.#notes.push(passBy(folder, "by-filter"));
        return [];
      }
      const id = fileIdOf(stats);
      if (this.#visited.has(id)) {
        this.#notes.push({ kind: "excluded", path: folder, because: "same-folder-again" });
        return [];
      }
      this.#visited.add(id);
      const entries = (await fs.promises.readdir(folder, { withFileTypes: true })).filter((entry) => this.#isWanted(folder, entry));
      this.#backlog += entries.length;
      for (const entry of entries) entry.name = withoutLineBreaks(entry.name);
      return entries;
    } catch (error) {
      const reason = folder.includes("\uFFFD") ? "undecodable-name" : "unreadable-folder";
      this.#notes.push(skip(join(this.#root, relative(this.#root, folder)), reason, errorCode(error)));
      return [];
    }
  }

  #isWanted(folder: string, entry: fs.Dirent): boolean {
    const path = join(folder, entry.name);
    const reason: PassedByReason | null = this.#isExcluded(path, entry.isDirectory())
      ? "by-choice"
      : isHidden(entry.name)
        ? "hidden"
        : null;
    if (reason === null) return true;
    if (this.#rootPaths.has(path)) return false; // walked by itself
    const mayHoldPictures = entry.isDirectory() ? !isKeptBySystem(entry.name) : entry.name !== IGNORE_FILE && looksLikePicture(path);
    this.#notes.push(mayHoldPictures ? passBy(path, reason) : { kind: "excluded", path, because: reason });
    return false;
  }
}
