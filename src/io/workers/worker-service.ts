/**
 * The worker's side of a `WorkerPool`: one request in, one reply out.
 */
import { parentPort, type Transferable } from "node:worker_threads";
import { ModelFault } from "../encoders/model-fault.ts";
import type { WorkerMessage } from "./worker-pool.ts";

export interface Answer<Response> {
  readonly response: Response;
  /** Buffers that move to the asking thread instead of being copied. */
  readonly transfer: readonly Transferable[];
  /** True where the thread is fit for no other request: it is ended, and another takes its place. */
  readonly isLast?: boolean;
}

/** Answers every request with what `handle` gives, or with the message of what it throws. */
export function serve<Request, Response>(handle: (request: Request) => Promise<Answer<Response>>): void {
  const port = parentPort;
  if (port === null) throw new Error("This module runs in a worker thread only");
  const say = (message: WorkerMessage<Response>, transfer: readonly Transferable[] = []) => port.postMessage(message, transfer);
  port.on("message", (request: Request) => {
    handle(request).then(
      ({ response, transfer, isLast = false }) => say({ ok: true, response, isLast }, transfer),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        say({ ok: false, message, isModelFault: error instanceof ModelFault });
      },
    );
  });
  say("ready");
}
