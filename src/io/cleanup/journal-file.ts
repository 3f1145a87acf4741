/**
 * The journal beside the library's file: it belongs to the user, and goes with none of the library's own.
 */
import { type JournalEntry, parseEntry } from "../../core/cleanup/journal.ts";
import type { Journal, JournalContents } from "../../core/cleanup/ports.ts";
import { UserError } from "../../core/errors.ts";
import { appendJsonLines, readJsonLines } from "../json-lines.ts";
import { errorCode } from "../system-errors.ts";

/** @param library path of the library's file */
export function journalPath(library: string): string {
  return `${library}.history.jsonl`;
}

export class JournalFile implements Journal {
  readonly #path: string;

  constructor(library: string) {
    this.#path = journalPath(library);
  }

  async read(): Promise<JournalContents> {
    try {
      const { values, unreadable } = await readJsonLines(this.#path, parseEntry);
      return { entries: values, unreadableLines: unreadable };
    } catch (error) {
      throw new UserError("journal-unreadable", `${this.#path} cannot be read (${errorCode(error)})`, { cause: error });
    }
  }

  async append(entry: JournalEntry): Promise<void> {
    try {
      appendJsonLines(this.#path, [entry]);
    } catch (error) {
      throw new UserError("journal-unwritable", `${this.#path} cannot be written (${errorCode(error)})`, { cause: error });
    }
  }
}
