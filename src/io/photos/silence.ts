/**
 * Tells of calls of the file system's that are not answered. Such a call cannot be called off, and holds its thread until the drive is back: all
 * that can be done is to say which it is.
 */

/** Of all that is asked and not answered, the longest is looked at so often in the time that it may take. */
const LOOKS = 4;

/** @param seconds that nothing came for */
export type OnSilence = (path: string, seconds: number) => void;

export class SilenceWatch {
  readonly #limitMs: number;
  readonly #onSilence: OnSilence;
  /** In the order in which they were asked. */
  readonly #asked = new Map<symbol, { readonly path: string; readonly since: number }>();
  #timer: NodeJS.Timeout | null = null;
  /** The one that was told of: those that wait behind it are told of when it has come back and they have not. */
  #told: symbol | null = null;

  /** @param limitMs after which a call is told of, once */
  constructor(limitMs: number, onSilence: OnSilence) {
    this.#limitMs = limitMs;
    this.#onSilence = onSilence;
  }

  async over<Result>(path: string, call: () => Promise<Result>): Promise<Result> {
    const id = Symbol();
    this.#asked.set(id, { path, since: performance.now() });
    this.#timer ??= setInterval(() => this.#look(), this.#limitMs / LOOKS).unref();
    try {
      return await call();
    } finally {
      this.#asked.delete(id);
    }
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    if (this.#told !== null && this.#asked.has(this.#told)) return;
    const [first] = this.#asked;
    if (first === undefined) return;
    const [id, { path, since }] = first;
    const waited = performance.now() - since;
    if (waited < this.#limitMs) return;
    this.#told = id;
    this.#onSilence(path, Math.round(waited / 1000));
  }
}
