/**
 * ONNX Runtime, loaded with its telemetry off. Only importer of onnxruntime-node; `transformers.ts` loads it by way of here.
 */
import type * as Package from "onnxruntime-node";
import { loadNativePart } from "../native-part.ts";
import { turnTelemetryOff } from "../telemetry.ts";

turnTelemetryOff();

const runtime = await loadNativePart(
  "onnxruntime-node",
  // An import line would run before the call above.
  () => import("onnxruntime-node"),
  "Install dupfind again, on a system ONNX Runtime is made for: Linux with glibc or Windows, both of 64 bits, or macOS on Apple silicon",
);

export const { InferenceSession, Tensor } = runtime;
export type InferenceSession = Package.InferenceSession;
export type Tensor = Package.Tensor;
