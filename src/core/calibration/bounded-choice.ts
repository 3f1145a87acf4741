/**
 * Choosing the lowest of many thresholds that pass is choosing the luckiest: each bound alone keeps its risk, the choice does not. So the
 * thresholds are tried in an order that does not depend on the answers, and the first that fails ends the trying.
 */

/** What the pairs at or above one threshold tell by themselves. */
export interface PrecisionBound {
  /** Lower confidence bound of their precision, at the risk of one start. */
  readonly precision: number;
  /** How many independent pairs they are worth; no fewer than at the threshold above. */
  readonly witnesses: number;
}

/** Orders in which the thresholds are tried. Each has its share of the risk. */
export const STARTS = 3;
/** Each order begins where this many times as many pairs are as for the one before: a few wrong labels at the top end the first one alone. */
const LATER = 2;

/**
 * Fixed sequence testing with several starts, as in Learn then Test (Angelopoulos, Bates, Candès, Jordan and Lei 2021; the sequence alone
 * is Maurer, Hothorn and Lehmacher 1995): for each precision the trying begins where as many pairs without an error would be just enough,
 * which no answer has a part in, and goes down as long as every bound reaches it. A precision falsely called guaranteed has to pass the
 * first threshold that lacks it, whichever is then chosen, so that the risk of the choice is that of one bound, times the starts.
 * @param bounds of falling thresholds
 * @param levels precisions to try for
 * @param enough witnesses that a precision takes where none is wrong
 * @returns for each threshold the highest level that is guaranteed when it is chosen; 0 for none
 */
export function boundChoice(
  bounds: readonly PrecisionBound[],
  levels: readonly number[],
  enough: (precision: number) => number,
): readonly number[] {
  const guaranteed = new Array<number>(bounds.length).fill(0);
  for (const level of levels) {
    for (let start = 0; start < STARTS; start++) {
      const least = enough(level) * LATER ** start;
      const first = bounds.findIndex(({ witnesses }) => witnesses >= least);
      for (let at = first; at >= 0 && at < bounds.length && (bounds[at] as PrecisionBound).precision >= level; at++)
        guaranteed[at] = Math.max(guaranteed[at] as number, level);
    }
  }
  return guaranteed;
}
