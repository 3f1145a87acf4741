/**
 * A text that no log, no error and no JSON shows: whoever needs it has to ask for it by name.
 */

const HIDDEN = "(hidden)";

export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }
}
