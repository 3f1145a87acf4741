/**
 * The encoder that the vectors of `pairs.mjs` pretend to come from.
 */
import { ModelStore } from "../dist/io/encoders/model-store.js";

/**
 * @param {number} dimensions
 * @returns {import("../src/core/encoders/ports.ts").ChosenEncoder} with the floor of the embedded encoder
 */
export function madeUpEncoder(dimensions) {
  const { spec } = new ModelStore({ folder: "/nowhere", lock: null }).choose("dupfind-lite");
  const key = /** @type {import("../src/core/units.ts").EncoderKey} */ ("0".repeat(64));
  return { key, spec: { ...spec, id: "made-up", image: { ...spec.image, dimensions } } };
}
