/**
 * Randomness that comes out the same in every run: numbers and directions from a seed.
 */

/**
 * @param {number} seed
 * @returns {() => number} uniform in [0, 1); the generator known as mulberry32
 */
export function seededRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A direction drawn evenly from all there are; in hundreds of dimensions any two of them are nearly at right angles.
 * @param {() => number} random
 * @param {number} dimensions even
 * @returns {Float32Array} of length 1
 */
export function randomUnitVector(random, dimensions) {
  const values = new Float64Array(dimensions);
  for (let i = 0; i < dimensions; i += 2) {
    // Box and Muller: two normal numbers from two uniform ones.
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    values[i] = radius * Math.cos(angle);
    values[i + 1] = radius * Math.sin(angle);
  }
  return toUnit(values);
}

/**
 * @param {Float32Array} vector of length 1
 * @param {number} similarity wanted cosine
 * @param {() => number} random
 * @returns {Float32Array} of length 1, at that cosine to the vector but for rounding
 */
export function neighbourOf(vector, similarity, random) {
  const aside = Float64Array.from(randomUnitVector(random, vector.length));
  const along = dot(vector, aside);
  for (let i = 0; i < aside.length; i++) aside[i] -= along * vector[i];
  const scale = Math.sqrt(1 - similarity ** 2) / Math.sqrt(dot(aside, aside));
  return toUnit(aside.map((value, i) => similarity * vector[i] + scale * value));
}

/**
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 */
export function dot(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** @param {Float64Array} values */
function toUnit(values) {
  const length = Math.sqrt(dot(values, values));
  return Float32Array.from(values, (value) => value / length);
}
