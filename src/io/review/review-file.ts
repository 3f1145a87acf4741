/**
 * What was chosen in reviews, in a file of the user's own beside the library's. It is another than that of the decisions: these say what
 * two pictures are, and hold for ever; a choice says what to do with files, and is done with once the files have gone.
 */
import { parseReviewRecord, type ReviewRecord, type ReviewStore } from "../../core/review/choices.ts";
import { JsonLinesFile } from "../json-lines.ts";

export class ReviewFile implements ReviewStore {
  readonly #lines: JsonLinesFile<ReviewRecord>;

  /** @param ownFiles as `LibraryPlace` has it */
  constructor(ownFiles: string) {
    const faults = { unreadable: "review-unreadable", unwritable: "review-unwritable" } as const;
    this.#lines = new JsonLinesFile(`${ownFiles}.review.jsonl`, parseReviewRecord, faults);
  }

  async read(): ReturnType<ReviewStore["read"]> {
    const { values, unreadable } = await this.#lines.read();
    return { records: values, unreadableLines: unreadable };
  }

  async add(records: readonly ReviewRecord[]): Promise<void> {
    this.#lines.append(records);
  }
}
