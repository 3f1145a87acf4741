/**
 * How fast something comes, from what came lately: an average since the beginning would hide that it slows down.
 */

/** Seconds that count. */
const LATELY = 10;

export class Pace {
  #came = 0;
  /** At most two a second, so that there are never many. */
  readonly #marks: { readonly at: number; readonly came: number }[] = [];

  /**
   * @param amount that came since the last call, in whatever unit
   * @param now in seconds, on a clock that never goes back
   */
  note(amount: number, now: number): void {
    const last = this.#marks.at(-1);
    if (last === undefined || now - last.at >= 0.5) this.#marks.push({ at: now, came: this.#came });
    this.#came += amount;
    while (this.#marks.length > 1 && now - (this.#marks[0]?.at ?? now) > LATELY) this.#marks.shift();
  }

  /** Amount per second; 0 before anything came, and where nothing came lately. */
  perSecond(now: number): number {
    const first = this.#marks.find(({ at }) => now - at <= LATELY);
    if (first === undefined) return 0;
    return (this.#came - first.came) / Math.max(now - first.at, 0.5);
  }
}
