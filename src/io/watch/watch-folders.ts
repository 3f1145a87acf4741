/**
 * Tells when something changed in folders that may concern photos. Only importer of chokidar, which asks the system to be told and reads no
 * file.
 */
import { basename } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { UserError } from "../../core/errors.ts";
import { fileKind } from "../../core/photos/file-kinds.ts";
import { looksLikePicture } from "../../core/photos/passed-by.ts";
import { isHidden } from "../photos/exclusion.ts";
import { IGNORE_FILE } from "../photos/ignore-files.ts";
import { errorCode } from "../system-errors.ts";

export interface WatchChoice {
  /** Absolute paths of folders and files. */
  readonly paths: readonly string[];
  readonly followLinks: boolean;
  /** A change is told when there was none for so long: what is being copied comes in one piece. */
  readonly quietMs: number;
  /** Tells a change anyway, so often; null for never. Network drives tell nothing of what others do. */
  readonly everyMs: number | null;
}

export interface FolderWatch {
  /** Resolves at the next change, or at once for one that came meanwhile; false when it was stopped. Rejects where the system watches no more. */
  next(stop: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

/** Watches from now on: what is there already is no change. */
export function watchFolders({ paths, followLinks, quietMs, everyMs }: WatchChoice): FolderWatch {
  let isDue = false;
  let fault: UserError | null = null;
  let wake = () => {};
  const tell = () => {
    isDue = true;
    wake();
  };
  let quiet: NodeJS.Timeout | undefined;
  const every = everyMs === null ? undefined : setInterval(tell, everyMs);
  const roots = new Set(paths);
  const watcher: FSWatcher = watch([...paths], {
    ignoreInitial: true,
    followSymlinks: followLinks,
    ignorePermissionErrors: true,
    // Files that are none of photos, such as a library in the folder, are changed by the scan itself.
    ignored: (path, stats) => !roots.has(path) && (stats?.isFile() ? !concernsPhotos(path) : isPassedBy(basename(path))),
  });
  watcher.on("all", () => {
    clearTimeout(quiet);
    quiet = setTimeout(tell, quietMs);
  });
  watcher.on("error", (error) => {
    fault ??= new UserError("watch-refused", `The folders cannot be watched any more (${errorCode(error)})`, { cause: error });
    wake();
  });
  return {
    async next(stop) {
      if (!isDue && fault === null && !stop.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          stop.addEventListener("abort", () => resolve(), { once: true });
        });
      }
      if (fault !== null) throw fault;
      isDue = false;
      return !stop.aborted;
    },
    async close() {
      clearTimeout(quiet);
      clearInterval(every);
      await watcher.close();
    },
  };
}

/** Asked of a name before it is known what bears it, too. */
function isPassedBy(name: string): boolean {
  return name !== IGNORE_FILE && isHidden(name);
}

function concernsPhotos(path: string): boolean {
  return basename(path) === IGNORE_FILE || fileKind(path) !== "other" || looksLikePicture(path);
}
