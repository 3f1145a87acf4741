/**
 * Worker threads that answer requests one at a time: for work that blocks the thread it runs on.
 */
import { type Transferable, Worker } from "node:worker_threads";
import { UserError } from "../core/errors.ts";
import { ModelFault } from "./model-fault.ts";
import { turnTelemetryOff } from "./telemetry.ts";

export type WorkerReply<Response> =
  | { readonly ok: true; readonly response: Response }
  | { readonly ok: false; readonly message: string; readonly isModelFault: boolean };

interface Job<Request, Response> {
  readonly request: Request;
  readonly transfer: readonly Transferable[];
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}

/** Starts its threads at the first request, not before, and only as many as there is work for. */
export class WorkerPool<Request, Response> {
  readonly #script: URL;
  readonly #size: number;
  readonly #workerData: unknown;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #queue: Job<Request, Response>[] = [];
  readonly #running = new Map<Worker, Job<Request, Response>>();

  constructor(script: URL, size: number, workerData: unknown) {
    this.#script = script;
    this.#size = size;
    this.#workerData = workerData;
  }

  /**
   * @param transfer buffers that move to the worker instead of being copied
   * @throws what the worker answered, or that it died
   */
  run(request: Request, transfer: readonly Transferable[] = []): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, transfer, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? this.#start();
      if (worker === null) return;
      const job = this.#queue.shift() as Job<Request, Response>;
      this.#running.set(worker, job);
      worker.postMessage(job.request, job.transfer);
    }
  }

  #start(): Worker | null {
    if (this.#workers.size >= this.#size) return null;
    turnTelemetryOff();
    const worker = new Worker(this.#script, { workerData: this.#workerData });
    this.#workers.add(worker);
    worker.on("message", (reply: WorkerReply<Response>) => {
      const job = this.#running.get(worker);
      this.#running.delete(worker);
      this.#idle.push(worker);
      if (reply.ok) job?.resolve(reply.response);
      else job?.reject(reply.isModelFault ? new ModelFault(reply.message) : new Error(reply.message));
      this.#dispatch();
    });
    worker.on("error", (error) => this.#bury(worker, asThrown(error)));
    worker.on("exit", () => this.#bury(worker, new Error("The worker thread ended before it answered")));
    return worker;
  }

  /** A dead worker fails its job; the next job gets a new one. */
  #bury(worker: Worker, error: Error): void {
    this.#workers.delete(worker);
    const job = this.#running.get(worker);
    this.#running.delete(worker);
    job?.reject(error);
    this.#dispatch();
  }
}

/** What a thread could not start for: a known fault loses its class on the way here, and keeps its fields. */
function asThrown(error: Error): Error {
  if (error.name !== "UserError" || !("hint" in error)) return error;
  return new UserError(error.message, String(error.hint), { cause: error });
}
