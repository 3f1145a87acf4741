/**
 * Transformers.js, over an ONNX Runtime whose telemetry is off. Only importer of the package.
 */
import type * as Package from "@xenova/transformers";
import { loadNativePart } from "../native-part.ts";
// Loaded before Transformers.js loads it.
import "./onnx-runtime.ts";

const transformers = await loadNativePart("@xenova/transformers", () => import("@xenova/transformers"));

export const { PreTrainedModel, PreTrainedTokenizer, Tensor } = transformers;
export const env: typeof Package.env = transformers.env;
export type Tensor = Package.Tensor;
export type PreTrainedTokenizer = Package.PreTrainedTokenizer;
