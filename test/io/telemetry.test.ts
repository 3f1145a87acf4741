/**
 * The runtime never loads with its telemetry on: where that cannot be turned off, it does not load.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, test } from "vitest";
import { turnTelemetryOff } from "../../src/io/telemetry.ts";

const RUNTIME = new URL("../../dist/io/encoders/onnx-runtime.js", import.meta.url).href;

async function loadInThread(variables: NodeJS.ProcessEnv): Promise<string> {
  const code = `import("${RUNTIME}").then(() => "loaded", (error) => error.message).then((said) => parentPort.postMessage(said));`;
  const worker = new Worker(`const { parentPort } = require("node:worker_threads"); ${code}`, { eval: true, env: variables });
  const [said] = await once(worker, "message");
  await worker.terminate();
  return said;
}

describe("ONNX Runtime in a thread", () => {
  beforeAll(turnTelemetryOff);

  test("loads where the process had its telemetry off when the thread began", async () => {
    expect(await loadInThread(process.env)).toBe("loaded");
  });

  test("does not load in another, since a thread cannot turn it off", async () => {
    expect(await loadInThread({})).toBe("ONNX Runtime would send telemetry: a worker thread cannot turn it off");
  });
});
