/**
 * What a count of successes tells of the rate behind it.
 */

/**
 * Lower bound of a proportion (Clopper and Pearson 1934): the rate at which `right` or more successes still come with a
 * probability of `risk`. Counts may be broken: those of an effective sample are (Korn and Graubard 1998).
 * @param right successes; `wrong` failures
 * @param risk in (0, 1)
 * @returns in [0, 1]
 */
export function proportionAtLeast(right: number, wrong: number, risk: number): number {
  if (right <= 0) return 0;
  return bisect((rate) => regularizedBeta(rate, right, wrong + 1) - risk);
}

/**
 * How sure it is that the rate is at least `rate`: one less the risk at which the lower bound of `proportionAtLeast` comes to it.
 * @returns in [0, 1]
 */
export function confidenceInRate(rate: number, right: number, wrong: number): number {
  return right <= 0 ? 0 : 1 - regularizedBeta(rate, right, wrong + 1);
}

/** Upper bound of the rate at which failures come. */
export function proportionAtMost(wrong: number, right: number, risk: number): number {
  return 1 - proportionAtLeast(right, wrong, risk);
}

/** Successes without a single failure from which on the rate is at least `rate`: the rule of three at a risk of 5 %. */
export function countToGuarantee(rate: number, risk: number): number {
  return Math.ceil(Math.log(risk) / Math.log(rate));
}

/** Where a rising function crosses 0 in [0, 1]. */
function bisect(rising: (value: number) => number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return low;
}

/** Iₓ(a, b), the distribution function of Beta(a, b), by its continued fraction (DLMF 8.17.22). */
function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean; on the other, the mirror image does (DLMF 8.17.4).
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(1 - x, b, a);
  const logFactor = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logFactor) / a) * betaFraction(x, a, b);
}

/** 1/(1 + d₁/(1 + d₂/(1 + …))) by Lentz's method as Thompson and Barnett (1986) put it. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      step = d * c;
      fraction *= step;
    }
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return fraction;
}

/** ln Γ(x) for x > 0 by Lanczos' series with g = 7 and nine terms (Godfrey 2001): 15 digits. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + LANCZOS_G + 0.5;
  const series = LANCZOS.reduce((sum, term, i) => sum + (i === 0 ? term : term / (z + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
