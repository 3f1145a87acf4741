/**
 * ONNX Runtime, loaded with its telemetry off. Only importer of onnxruntime-node.
 */
import type * as Package from "onnxruntime-node";
import { loadNativePart } from "../native-part.ts";
import { turnTelemetryOff } from "../telemetry.ts";

turnTelemetryOff();

const runtime = await loadNativePart(
  "onnxruntime-node",
  // An import line would run before the call above.
  () => import("onnxruntime-node"),
);

export const { InferenceSession, Tensor } = runtime;
export type InferenceSession = Package.InferenceSession;
export type SessionOptions = Package.InferenceSession.SessionOptions;
export type Tensor = Package.Tensor;
