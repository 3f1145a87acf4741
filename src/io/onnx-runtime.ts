/**
 * ONNX Runtime, loaded with its telemetry off. Only importer of onnxruntime-node; `transformers.ts` loads it by way of here.
 */
import type * as Package from "onnxruntime-node";
import { loadNativePart } from "./native-part.ts";
import { turnTelemetryOff } from "./telemetry.ts";

turnTelemetryOff();

const runtime = await loadNativePart(
  "onnxruntime-node",
  // An import line would run before the call above.
  () => import("onnxruntime-node"),
  "Install dupfind again, on Linux, Windows or macOS with an Apple, ARM or x64 processor of 64 bits that ONNX Runtime is made for",
);

export const { InferenceSession, Tensor } = runtime;
export type InferenceSession = Package.InferenceSession;
export type Tensor = Package.Tensor;
