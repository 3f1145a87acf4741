/**
 * Companions: files that travel with a photo and must not be parted from it. The moving half of a Live Photo, the RAW of
 * a RAW+JPEG, edits and captions in sidecars.
 */

import { comparePaths, fileName, folderOf, stem } from "./paths.ts";
import type { SideFile } from "./photo.ts";

/**
 * Finds each photo's companions among the side files: same folder and either the photo's name without its extension
 * (IMG_1.HEIC, IMG_1.MOV) or the photo's whole name with more behind it (IMG_1.jpg.xmp, IMG_1.jpg.supplemental.json).
 * Case is ignored, since cameras and copying tools change it.
 */
export class CompanionIndex {
  readonly #byStem: ReadonlyMap<string, readonly SideFile[]>;

  constructor(sideFiles: Iterable<SideFile>) {
    const byStem = new Map<string, SideFile[]>();
    for (const file of sideFiles) {
      for (const key of keysOf(file.path)) {
        const files = byStem.get(key);
        if (files === undefined) byStem.set(key, [file]);
        else files.push(file);
      }
    }
    this.#byStem = byStem;
  }

  /** Companions of the photo, in path order. */
  of(photo: string): readonly SideFile[] {
    const folder = folderOf(photo);
    const found = new Set([...this.#at(folder, stem(photo)), ...this.#at(folder, fileName(photo))]);
    return [...found].sort((one, other) => comparePaths(one.path, other.path));
  }

  #at(folder: string, name: string): readonly SideFile[] {
    return this.#byStem.get(keyOf(folder, name)) ?? [];
  }
}

/** The names a side file may belong to: its own without extension, and each shorter one that ends before a dot. */
function keysOf(path: string): readonly string[] {
  const folder = folderOf(path);
  const keys: string[] = [];
  for (let name = stem(path); ; name = stem(name)) {
    keys.push(keyOf(folder, name));
    if (!name.includes(".", 1)) return keys;
  }
}

function keyOf(folder: string, name: string): string {
  return `${folder}/${name.normalize("NFC").toLowerCase()}`;
}
