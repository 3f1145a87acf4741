/**
 * Lets pictures be decoded, edited and written side by side as long as their memory fits into what there is for all of them,
 * whatever thread they run on.
 */
import { DECODE_MEMORY_BYTES } from "../../core/photos/decode-memory.ts";
import { isOutOfTime, offTheClock } from "./photo-clock.ts";

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

/** First come, first served: a large picture is not passed by small ones for ever. */
export class PictureTurns {
  readonly #capacity: number;
  readonly #queue: Waiting[] = [];
  #taken = 0;

  /** @param capacity in bytes */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** @param bytes that the work takes; work that takes more than there is runs alone */
  async run<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    const weight = Math.min(Math.max(bytes, 1), this.#capacity);
    await offTheClock(() => this.#wait(weight));
    try {
      return await work();
    } finally {
      this.#taken -= weight;
      this.#admit();
    }
  }

  /** Runs while nothing else does. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.run(this.#capacity, work);
  }

  #wait(bytes: number): Promise<void> {
    return new Promise((begin) => {
      this.#queue.push({ bytes, begin });
      this.#admit();
    });
  }

  #admit(): void {
    for (let next = this.#queue[0]; next !== undefined && this.#taken + next.bytes <= this.#capacity; next = this.#queue[0]) {
      this.#queue.shift();
      this.#taken += next.bytes;
      next.begin();
    }
  }
}

/** One for the whole process: memory and libvips' error text are the process's too. */
export const pictureTurns = new PictureTurns(DECODE_MEMORY_BYTES);

/**
 * Does the work in its turn, and a second time alone if it fails: libvips keeps one error text for all threads, in which the reasons
 * of files that fail at once are mixed up or lost.
 */
export async function inTurn<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await pictureTurns.run(bytes, work);
  } catch (error) {
    if (isOutOfTime()) throw error; // nobody waits for it
    return pictureTurns.alone(work);
  }
}
