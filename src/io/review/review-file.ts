/**
 * What was chosen in reviews, in a file of the user's own beside the library's. It is another than that of the decisions: these say what
 * two pictures are, and hold for ever; a choice says what to do with files, and is done with once the files have gone.
 */
import { UserError } from "../../core/errors.ts";
import { parseReviewRecord, type ReviewRecord, type ReviewStore } from "../../core/review/choices.ts";
import { appendJsonLines, readJsonLines } from "../json-lines.ts";
import { errorCode } from "../system-errors.ts";

export class ReviewFile implements ReviewStore {
  readonly #path: string;

  /** @param library path of the library's file */
  constructor(library: string) {
    this.#path = `${library}.review.jsonl`;
  }

  async read(): ReturnType<ReviewStore["read"]> {
    try {
      const { values, unreadable } = await readJsonLines(this.#path, parseReviewRecord);
      return { records: values, unreadableLines: unreadable };
    } catch (error) {
      throw new UserError("review-unreadable", `${this.#path} cannot be read (${errorCode(error)})`, { cause: error });
    }
  }

  async add(records: readonly ReviewRecord[]): Promise<void> {
    try {
      appendJsonLines(this.#path, records);
    } catch (error) {
      throw new UserError("review-unwritable", `${this.#path} cannot be written (${errorCode(error)})`, { cause: error });
    }
  }
}
