/**
 * What a person decided, in a file of their own beside the library's.
 */
import { type Decision, type DecisionStore, parseDecision } from "../../core/decisions/decisions.ts";
import { UserError } from "../../core/errors.ts";
import { appendJsonLines, readJsonLines } from "../json-lines.ts";
import { errorCode } from "../system-errors.ts";

/** @param library path of the library's file */
export function decisionsPath(library: string): string {
  return `${library}.decisions.jsonl`;
}

export class DecisionsFile implements DecisionStore {
  readonly #path: string;

  constructor(library: string) {
    this.#path = decisionsPath(library);
  }

  async read(): ReturnType<DecisionStore["read"]> {
    try {
      const { values, unreadable } = await readJsonLines(this.#path, parseDecision);
      return { decisions: values, unreadableLines: unreadable };
    } catch (error) {
      throw new UserError("decisions-unreadable", `${this.#path} cannot be read (${errorCode(error)})`, { cause: error });
    }
  }

  async add(decisions: readonly Decision[]): Promise<void> {
    try {
      appendJsonLines(this.#path, decisions);
    } catch (error) {
      throw new UserError("decisions-unwritable", `${this.#path} cannot be written (${errorCode(error)})`, { cause: error });
    }
  }
}
