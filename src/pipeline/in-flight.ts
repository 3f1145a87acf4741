/**
 * Work that several ask for while it is under way: done once, and shared.
 */

export interface Share<Value> {
  /** False for whoever joined work that another began. */
  readonly isFirst: boolean;
  readonly value: Promise<Value>;
}

/** Holds each key's work until it is told that it ended, so that nothing has to happen at once between two questions. */
export class InFlight<Key, Value> {
  readonly #underWay = new Map<Key, Promise<Value>>();
  readonly #isWorthKeeping: (value: Value) => boolean;

  /** @param isWorthKeeping false ends the key's work with its value: whoever joined it has to begin anew; so does whatever throws */
  constructor(isWorthKeeping: (value: Value) => boolean) {
    this.#isWorthKeeping = isWorthKeeping;
  }

  /** Joins the key's work that is under way, or begins it. */
  share(key: Key, begin: () => Promise<Value>): Share<Value> {
    const joined = this.#underWay.get(key);
    if (joined !== undefined) return { isFirst: false, value: joined };
    const value = this.#run(key, begin);
    this.#underWay.set(key, value);
    return { isFirst: true, value };
  }

  has(key: Key): boolean {
    return this.#underWay.has(key);
  }

  /** Whoever asks from now on begins anew. */
  end(key: Key): void {
    this.#underWay.delete(key);
  }

  async #run(key: Key, begin: () => Promise<Value>): Promise<Value> {
    let isKept = false;
    try {
      const value = await begin();
      isKept = this.#isWorthKeeping(value);
      return value;
    } finally {
      if (!isKept) this.end(key);
    }
  }
}
