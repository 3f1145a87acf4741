/**
 * The journal beside the library's file: it belongs to the user, and goes with none of the library's own.
 */
import { type JournalEntry, parseEntry } from "../../core/cleanup/journal.ts";
import type { Journal, JournalContents } from "../../core/cleanup/ports.ts";
import { JsonLinesFile } from "../json-lines.ts";

export class JournalFile implements Journal {
  readonly #lines: JsonLinesFile<JournalEntry>;

  /** @param ownFiles as `LibraryPlace` has it */
  constructor(ownFiles: string) {
    const faults = { unreadable: "journal-unreadable", unwritable: "journal-unwritable" } as const;
    this.#lines = new JsonLinesFile(`${ownFiles}.history.jsonl`, parseEntry, faults);
  }

  async read(): Promise<JournalContents> {
    const { values, unreadable } = await this.#lines.read();
    return { entries: values, unreadableLines: unreadable };
  }

  async append(entry: JournalEntry): Promise<void> {
    this.#lines.append([entry]);
  }
}
