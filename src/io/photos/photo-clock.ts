/**
 * Puts an end to waiting for a photo. A native decoder or a read that the system does not return from cannot be called off: it is left
 * behind, with the thread that it holds, and counted.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** The work had all its time. */
export class OutOfTime extends Error {
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`It came to no end in ${limitMs / 1000} s`);
    this.limitMs = limitMs;
  }
}

/** Runs but while the work waits for its turn. */
class Clock {
  readonly limitMs: number;
  readonly #onEnd: () => void;
  #leftMs: number;
  #since = 0;
  #timer: NodeJS.Timeout | null = null;
  #pauses = 0;
  isOver = false;

  constructor(limitMs: number, onEnd: () => void) {
    this.limitMs = limitMs;
    this.#leftMs = limitMs;
    this.#onEnd = onEnd;
  }

  start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => {
      this.isOver = true;
      this.#onEnd();
    }, this.#leftMs);
  }

  stop(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#since));
  }

  pause(): void {
    if (this.#pauses++ === 0) this.stop();
  }

  resume(): void {
    if (--this.#pauses === 0 && !this.isOver) this.start();
  }
}

const clocks = new AsyncLocalStorage<Clock>();
let leftBehind = 0;

/**
 * @param limitMs that the work may take, beside what it waits for others
 * @throws {OutOfTime}
 */
export function inTime<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const clock = new Clock(limitMs, () => {
      leftBehind++;
      reject(new OutOfTime(limitMs));
    });
    const end = () => {
      clock.stop();
      if (clock.isOver) leftBehind--;
      clock.isOver = true;
    };
    clock.start();
    clocks.run(clock, work).finally(end).then(resolve, reject);
  });
}

/** Work that waits for others does not use up its time. */
export async function offTheClock<Result>(wait: () => Promise<Result>): Promise<Result> {
  const clock = clocks.getStore();
  clock?.pause();
  try {
    return await wait();
  } finally {
    clock?.resume();
  }
}

/** Whether nobody waits any more for the work that this is called in. */
export function isOutOfTime(): boolean {
  return clocks.getStore()?.isOver ?? false;
}

/** Of the work that this is called in, in milliseconds; null where it may take as long as it likes. */
export function timeLimitMs(): number | null {
  return clocks.getStore()?.limitMs ?? null;
}

/** How many pieces of work nobody waits for any more, and still hold a thread, perhaps for ever. */
export function workLeftBehind(): number {
  return leftBehind;
}
