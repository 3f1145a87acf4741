/**
 * Gives up on what comes too slowly or not at all.
 */

export interface PaceWatch {
  /** Fires when too little came over one stretch of time; its reason says how little. */
  readonly signal: AbortSignal;
  note(bytes: number): void;
  /** To be called whatever happens, or the watch goes on. */
  end(): void;
}

/**
 * @param patience seconds of one stretch
 * @param slowest bytes per second that have to come over it
 */
export function watchPace(patience: number, slowest: number): PaceWatch {
  const giveUp = new AbortController();
  let came = 0;
  const look = () => {
    if (came < patience * slowest)
      giveUp.abort(new Error(`${came === 0 ? "nothing" : `no more than ${came} bytes`} came for ${patience} s`));
    came = 0;
  };
  const timer = setInterval(look, patience * 1000);
  return {
    signal: giveUp.signal,
    note: (bytes) => {
      came += bytes;
    },
    end: () => clearInterval(timer),
  };
}
