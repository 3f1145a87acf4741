/**
 * What reports have listed as new, in a file of the user's own beside the library's: a library that is made anew does not list it again.
 */
import { parseReportedSet, type ReportedSet, type ReportedSetsStore } from "../../core/duplicates/reported-sets.ts";
import { JsonLinesFile } from "../json-lines.ts";

export class ReportedSetsFile implements ReportedSetsStore {
  readonly #lines: JsonLinesFile<ReportedSet>;

  /** @param ownFiles as `LibraryPlace` has it */
  constructor(ownFiles: string) {
    const faults = { unreadable: "reported-unreadable", unwritable: "reported-unwritable" } as const;
    this.#lines = new JsonLinesFile(`${ownFiles}.reported.jsonl`, parseReportedSet, faults);
  }

  /** A line that a kill cut off is none: its set is listed once more. */
  async read(): Promise<readonly ReportedSet[]> {
    return (await this.#lines.read()).values;
  }

  async add(sets: readonly ReportedSet[]): Promise<void> {
    this.#lines.append(sets);
  }
}
