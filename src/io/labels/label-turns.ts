/**
 * One question after another, as those who look at a page see them: whoever has seen a turn waits for the next, and a turn takes one reply.
 */
import type { LabelState, QuestionView } from "../../core/labels/label-state.ts";
import { LABEL_REPLIES, type LabelReply } from "../../core/labels/question.ts";

/** One asking of a question. */
export interface Turn {
  readonly view: QuestionView;
  /** Paths. */
  readonly photos: readonly [string, string];
}

interface Current {
  readonly state: LabelState;
  /** Null from the reply on, and where nothing is asked. */
  readonly photos: Turn["photos"] | null;
}

export class LabelTurns {
  #turn = 0;
  #current: Current | null = null;
  #takeReply: (reply: LabelReply) => void = () => {};
  #fail: (fault: unknown) => void = () => {};
  /** Those who wait for the next state. */
  readonly #waiting = new Set<() => void>();

  show({ view, photos }: Turn): void {
    this.#turn++;
    this.#show({ state: { turn: this.#turn, done: false, ...view }, photos });
  }

  /** @throws what `fail` was called with meanwhile */
  ask(turn: Turn): Promise<LabelReply> {
    this.show(turn);
    return new Promise((resolve, reject) => {
      this.#takeReply = resolve;
      this.#fail = reject;
    });
  }

  fail(fault: unknown): void {
    this.#fail(fault);
  }

  /** @param text the last words */
  end(text: string): void {
    this.#turn++;
    this.#show({ state: { turn: this.#turn, done: true, text }, photos: null });
  }

  /** @param id turn and side, as in `3/a`; only those of the turn that is shown have a path */
  photoAt(id: string): string | null {
    const side = ["a", "b"].findIndex((name) => id === `${this.#turn}/${name}`);
    return this.#current?.photos?.[side] ?? null;
  }

  /** @param seen the turn that is known already: the next one is waited for, until whoever asked has gone */
  async stateAfter(seen: number, gone: AbortSignal): Promise<LabelState | null> {
    if (this.#current === null || seen === this.#turn) await this.#nextState(gone);
    return this.#current?.state ?? null;
  }

  /**
   * The answer to a reply is the next question; a reply to one that is gone, from a second window, is not taken.
   * @returns null for what is no reply
   */
  async reply(given: unknown): Promise<LabelState | null> {
    const { turn, reply } = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
    const known = LABEL_REPLIES.find((name) => name === reply);
    if (known === undefined) return null;
    if (turn === this.#turn && this.#current?.photos != null) {
      const next = this.#nextState(null);
      this.#current = { ...this.#current, photos: null };
      this.#takeReply(known);
      await next;
    }
    return this.#current?.state ?? null;
  }

  #show(current: Current): void {
    this.#current = current;
    for (const wake of this.#waiting) wake();
  }

  #nextState(gone: AbortSignal | null): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        gone?.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      gone?.addEventListener("abort", wake);
    });
  }
}
