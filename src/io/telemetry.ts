/**
 * Turns ONNX Runtime's telemetry off. Since 1.30 the runtime, when it is loaded, makes a device id, keeps a store below
 * `~/.cache/Microsoft` and a log in the folder for temporary files, and sends what it ran to its maker. It has no call to
 * turn that off, only a variable, which it reads from the process's own environment.
 */
import { env } from "node:process";
import { isMainThread } from "node:worker_threads";
import { UserError } from "../core/errors.ts";

const SWITCH = "ORT_DISABLE_TELEMETRY";
const OFF = "1";

/**
 * Has to be called before the runtime is loaded, and on the main thread before a thread starts that loads it: a worker's
 * `env` is a copy, and what it writes there never reaches the runtime.
 * @throws {UserError} in a worker of a process that did not turn it off
 */
export function turnTelemetryOff(): void {
  if (isMainThread) env[SWITCH] = OFF;
  else if (env[SWITCH] !== OFF)
    throw new UserError("telemetry-on", "ONNX Runtime would send telemetry: a worker thread cannot turn it off");
}
