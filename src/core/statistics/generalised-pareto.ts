/**
 * The generalised Pareto distribution of what lies above a high level (Pickands 1975), fitted by maximum likelihood.
 * Observations may be cut off above as well: then only what lies below the cut is looked at, and the fit says how much lies beyond.
 */

export interface ParetoTail {
  /** Shape ξ: negative for a tail that ends, 0 for an exponential one. */
  readonly shape: number;
  /** Scale σ, greater than 0. */
  readonly scale: number;
}

/**
 * Below -1/2 the likelihood has no regular maximum (Smith 1985), and above 1/2 not even a variance is left: no
 * cosine, which ends at 1, is as heavy as that.
 */
const SHAPES = { least: -0.5, greatest: 0.5 } as const;

/** P(excess > x) for x ≥ 0. */
export function tailBeyond({ shape, scale }: ParetoTail, excess: number): number {
  if (Math.abs(shape) < 1e-9) return Math.exp(-excess / scale);
  return Math.max(0, 1 + (shape * excess) / scale) ** (-1 / shape);
}

/**
 * The tail under which the excesses are most likely. As Grimshaw (1993) does, it searches along θ = ξ/σ alone: given θ, the
 * logarithms ln(1 + θx) are exponential, and their rate is found at once.
 * @param excesses greater than 0 and at most `cut`
 * @param weights how often each counts
 * @param cut excess above which nothing was looked at; Infinity where everything was
 * @throws {RangeError} when no weight is left
 */
export function fitParetoTail(excesses: ArrayLike<number>, weights: ArrayLike<number>, cut: number): ParetoTail {
  const sample = summarize(excesses, weights);
  if (!(sample.count > 0)) throw new RangeError("Expected at least one excess");
  const likelihood = (relative: number) => profile(relative / sample.greatest, sample, cut);
  // θ times the greatest excess: above -1, where the tail would end below it, and well past the heaviest tail allowed.
  const grid = Array.from({ length: 60 }, (_, i) => (i < 20 ? -1 + (i + 0.5) / 20 : 0.001 * 10 ** ((i - 20) / 8)));
  const values = grid.map((relative) => likelihood(relative).value);
  const best = values.indexOf(Math.max(...values));
  const relative = goldenSection(
    (at) => likelihood(at).value,
    grid[Math.max(0, best - 1)] as number,
    grid[Math.min(grid.length - 1, best + 1)] as number,
  );
  return likelihood(relative).tail;
}

interface Sample {
  readonly excesses: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly count: number;
  readonly sum: number;
  readonly greatest: number;
}

function summarize(excesses: ArrayLike<number>, weights: ArrayLike<number>): Sample {
  let [count, sum, greatest] = [0, 0, 0];
  for (let i = 0; i < excesses.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    count += weight;
    sum += weight * (excesses[i] as number);
    greatest = Math.max(greatest, excesses[i] as number);
  }
  return { excesses, weights, count, sum, greatest };
}

/** The greatest log-likelihood for one θ, per observation, and the tail that has it. */
function profile(theta: number, sample: Sample, cut: number): { readonly value: number; readonly tail: ParetoTail } {
  if (Math.abs(theta) * sample.greatest < 1e-7) return exponential(sample, cut);
  const { excesses, weights, count } = sample;
  let logs = 0;
  for (let i = 0; i < excesses.length; i++) {
    if (weights[i] !== 0) logs += (weights[i] as number) * Math.log1p(theta * (excesses[i] as number));
  }
  const mean = Math.abs(logs) / count;
  const cutLog = 1 + theta * cut > 0 ? Math.abs(Math.log1p(theta * cut)) : Number.POSITIVE_INFINITY;
  const steepest = theta < 0 ? -1 / SHAPES.least : 1 / SHAPES.greatest;
  const rate = Math.max(steepest, truncatedRate(mean, cutLog));
  const shape = Math.sign(theta) / rate;
  const value = Math.log(rate * Math.abs(theta)) - logs / count - rate * mean - logShareBelow(rate * cutLog);
  return { value, tail: { shape, scale: shape / theta } };
}

function exponential({ sum, count }: Sample, cut: number): { readonly value: number; readonly tail: ParetoTail } {
  const rate = Math.max(1e-9, truncatedRate(sum / count, cut));
  return { value: Math.log(rate) - (rate * sum) / count - logShareBelow(rate * cut), tail: { shape: 0, scale: 1 / rate } };
}

/** ln(1 - e⁻ˣ), the share of an exponential that lies below its cut. */
function logShareBelow(x: number): number {
  return Math.log(-Math.expm1(-x));
}

/**
 * Rate of an exponential of which only what lies below a cut was seen: solves 1/r - c/(eʳᶜ - 1) = mean. 0 where the mean lies
 * beyond the middle of what was seen, which no falling density explains.
 */
function truncatedRate(mean: number, cut: number): number {
  if (cut === Number.POSITIVE_INFINITY) return 1 / mean;
  if (mean >= cut / 2) return 0;
  let [low, high] = [0, 1 / mean];
  for (let i = 0; i < 50; i++) {
    const rate = (low + high) / 2;
    if (1 / rate - cut / Math.expm1(rate * cut) > mean) low = rate;
    else high = rate;
  }
  return (low + high) / 2;
}

/** Where a function of one hump is greatest between two bounds (Kiefer 1953). */
function goldenSection(height: (at: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 30; i++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (height(left) > height(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
