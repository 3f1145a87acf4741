/**
 * Companions: files that travel with a photo and must not be parted from it. The moving half of a Live Photo, the RAW of
 * a RAW+JPEG, edits and captions in sidecars.
 */
import { comparePaths, fileName, folderOf, stem } from "../paths.ts";
import type { CompanionFile } from "./photo.ts";

/**
 * Finds each photo's companions among such files: same folder and either the photo's name without its extension
 * (IMG_1.HEIC, IMG_1.MOV) or the photo's whole name with more behind it (IMG_1.jpg.xmp, IMG_1.jpg.supplemental.json).
 * Case is ignored, since cameras and copying tools change it.
 */
export class CompanionIndex {
  readonly #byStem = new Map<string, CompanionFile[]>();
  readonly #byPhotoName = new Map<string, CompanionFile[]>();

  constructor(files: Iterable<CompanionFile>) {
    for (const file of files) {
      const folder = folderOf(file.path);
      add(this.#byStem, keyOf(folder, stem(file.path)), file);
      for (const name of shortenedNames(file.path)) add(this.#byPhotoName, keyOf(folder, name), file);
    }
  }

  /** Companions of the photo, in path order. */
  of(photo: string): readonly CompanionFile[] {
    const folder = folderOf(photo);
    const found = new Set([
      ...(this.#byStem.get(keyOf(folder, stem(photo))) ?? []),
      ...(this.#byPhotoName.get(keyOf(folder, fileName(photo))) ?? []),
    ]);
    return [...found].sort((one, other) => comparePaths(one.path, other.path));
  }
}

function add(index: Map<string, CompanionFile[]>, key: string, file: CompanionFile): void {
  const files = index.get(key);
  if (files === undefined) index.set(key, [file]);
  else files.push(file);
}

/** The companion's name without its last extension, without its last two, and so on while a dot is left. */
function shortenedNames(path: string): readonly string[] {
  const names: string[] = [];
  for (let name = stem(path); name.includes(".", 1); name = stem(name)) names.push(name);
  return names;
}

function keyOf(folder: string, name: string): string {
  return `${folder}/${name.normalize("NFC").toLowerCase()}`;
}
