/**
 * The worker's side of a `WorkerPool`: one request in, one reply out.
 */
import { parentPort, type Transferable } from "node:worker_threads";
import { ModelFault } from "../encoders/model-fault.ts";
import type { WorkerReply } from "./worker-pool.ts";

export interface Answer<Response> {
  readonly response: Response;
  /** Buffers that move to the asking thread instead of being copied. */
  readonly transfer: readonly Transferable[];
}

/** Answers every request with what `handle` gives, or with the message of what it throws. */
export function serve<Request, Response>(handle: (request: Request) => Promise<Answer<Response>>): void {
  const port = parentPort;
  if (port === null) throw new Error("This module runs in a worker thread only");
  port.on("message", (request: Request) => {
    handle(request).then(
      ({ response, transfer }) => port.postMessage({ ok: true, response } satisfies WorkerReply<Response>, transfer),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        port.postMessage({ ok: false, message, isModelFault: error instanceof ModelFault } satisfies WorkerReply<Response>);
      },
    );
  });
}
