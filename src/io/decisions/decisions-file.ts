/**
 * What a person decided, in a file of their own beside the library's.
 */
import { type Decision, type DecisionStore, parseDecision } from "../../core/decisions/decisions.ts";
import { JsonLinesFile } from "../json-lines.ts";

export class DecisionsFile implements DecisionStore {
  readonly #lines: JsonLinesFile<Decision>;

  /** @param ownFiles as `LibraryPlace` has it */
  constructor(ownFiles: string) {
    const faults = { unreadable: "decisions-unreadable", unwritable: "decisions-unwritable" } as const;
    this.#lines = new JsonLinesFile(`${ownFiles}.decisions.jsonl`, parseDecision, faults);
  }

  async read(): ReturnType<DecisionStore["read"]> {
    const { values, unreadable } = await this.#lines.read();
    return { decisions: values, unreadableLines: unreadable };
  }

  async add(decisions: readonly Decision[]): Promise<void> {
    this.#lines.append(decisions);
  }
}
