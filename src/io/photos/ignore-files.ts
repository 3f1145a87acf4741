/**
 * `.dupfindignore`: files in the folders themselves that say what a scan leaves out, in the syntax of gitignore.
 */
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ignore, { type Ignore } from "ignore";
import { isWithin } from "../../core/paths.ts";
import { errorCode } from "../system-errors.ts";

export const IGNORE_FILE = ".dupfindignore";

/** The rules of a folder and of those in it. Each file is read once, when it is first asked for. */
export class IgnoreFiles {
  readonly #top: string;
  readonly #rules = new Map<string, Ignore | null>();
  readonly #onUnreadable: (file: string, code: string) => void;

  /**
   * @param top files above it say nothing
   * @param onUnreadable told of a file that is there and cannot be read: nothing is left out by it
   */
  constructor(top: string, onUnreadable: (file: string, code: string) => void = () => {}) {
    this.#top = top;
    this.#onUnreadable = onUnreadable;
  }

  /** Whether the nearest file that speaks of the entry leaves it out; not whether one leaves out a folder above it. */
  isIgnored(path: string, isFolder: boolean): boolean {
    for (let folder = dirname(path); isWithin(folder, this.#top); folder = dirname(folder)) {
      const rules = this.#rulesIn(folder);
      if (rules !== null) {
        const name = relative(folder, path).replaceAll("\\", "/");
        const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
        if (ignored || unignored) return ignored;
      }
      if (folder === dirname(folder)) break;
    }
    return false;
  }

  #rulesIn(folder: string): Ignore | null {
    const known = this.#rules.get(folder);
    if (known !== undefined) return known;
    const rules = this.#read(join(folder, IGNORE_FILE));
    this.#rules.set(folder, rules);
    return rules;
  }

  #read(file: string): Ignore | null {
    try {
      return ignore({ allowRelativePaths: true }).add(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    } catch (error) {
      if (!["ENOENT", "ENOTDIR"].includes(errorCode(error))) this.#onUnreadable(file, errorCode(error));
      return null;
    }
  }
}
