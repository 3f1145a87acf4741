/**
 * Companions: files that travel with a photo and must not be parted from it. The moving half of a Live Photo, the RAW of
 * a RAW+JPEG, edits and captions in sidecars.
 */
import { comparePaths, fileName, folderOf, folderPrefix, stem } from "../paths.ts";
import { photoPathsNamed, photoStems } from "./companion-names.ts";
import { companionKind, isRaw } from "./file-kinds.ts";
import type { CompanionFile } from "./photo.ts";
import { keysOfRecord, recordKeysOf } from "./takeout-names.ts";

/**
 * Finds each photo's companions among such files: in its folder, or a RAW in one beside it, with the photo's name before its
 * extension (IMG_1.HEIC, IMG_1.MOV), the photo's whole name with more behind it (IMG_1.jpg.xmp), or a name that a maker's habit
 * joins to it (`companion-names.ts`, `takeout-names.ts`). Case is ignored, since cameras and copying tools change it.
 */
export class CompanionIndex {
  readonly #byStem = new Map<string, CompanionFile[]>();
  readonly #byPhotoPath = new Map<string, CompanionFile[]>();
  readonly #records = new Map<string, CompanionFile[]>();

  constructor(companionFiles: Iterable<CompanionFile>) {
    for (const file of companionFiles) {
      for (const path of photoStems(file.path)) add(this.#byStem, path, file);
      for (const path of photoPathsNamed(file.path)) add(this.#byPhotoPath, path, file);
      if (companionKind(file.path) === "facts") for (const key of keysOfRecord(file.path)) add(this.#records, key, file);
    }
  }

  /** Companions of the photo, in path order. A camera original is none of itself, and no other original is one of it. */
  of(photo: string): readonly CompanionFile[] {
    const found = new Set([
      ...(this.#byStem.get(folded(folderPrefix(folderOf(photo)) + stem(photo))) ?? []),
      ...(this.#byPhotoPath.get(folded(photo)) ?? []),
      ...(this.#records.size > 0 ? recordKeysOf(photo) : []).flatMap((key) => this.#records.get(folded(key)) ?? []),
    ]);
    const isOriginal = isRaw(photo);
    return [...found].filter(({ path }) => !isOriginal || !isRaw(path)).sort((one, other) => comparePaths(one.path, other.path));
  }
}

function add(index: Map<string, CompanionFile[]>, path: string, file: CompanionFile): void {
  const key = folded(path);
  const files = index.get(key);
  if (files === undefined) index.set(key, [file]);
  else files.push(file);
}

/** Names alone: two folders that differ in case may be two folders. */
function folded(path: string): string {
  return folderPrefix(folderOf(path)) + fileName(path).normalize("NFC").toLowerCase();
}
