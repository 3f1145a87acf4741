/**
 * The same "random" numbers at every run.
 */
export { seededRandom } from "../src/core/statistics/seeded-random.ts";
