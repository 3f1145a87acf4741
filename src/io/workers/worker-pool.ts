/**
 * Worker threads that answer requests one at a time: for work that blocks the thread it runs on.
 */
import { type Transferable, Worker } from "node:worker_threads";
import { type Fault, UserError } from "../../core/errors.ts";
import { ModelFault } from "../encoders/model-fault.ts";
import { turnTelemetryOff } from "../telemetry.ts";

export type WorkerReply<Response> =
  | { readonly ok: true; readonly response: Response; readonly isLast: boolean }
  | { readonly ok: false; readonly message: string; readonly isModelFault: boolean };

/** What a worker says: first that its modules are loaded, then one reply for each request. */
export type WorkerMessage<Response> = "ready" | WorkerReply<Response>;

/** A worker was given longer than it may take, and was ended. */
export class WorkerTooSlow extends Error {}

/** A worker asked for more memory than it may have, and was ended. */
export class WorkerOutOfMemory extends Error {}

/** A worker came to no request: what it loads is missing or broken. */
export class WorkerNotStarted extends Error {}

export interface WorkerLimits {
  /** Of what JavaScript holds in a worker; buffers and WebAssembly have memory of their own. */
  readonly heapMegabytes: number;
}

interface Job<Request, Response> {
  readonly limitMs: number | null;
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
  readonly #limits: WorkerLimits | null;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #queue: Job<Request, Response>[] = [];
  readonly #running = new Map<Worker, Job<Request, Response>>();
  readonly #timers = new Map<Worker, NodeJS.Timeout>();
  readonly #ready = new WeakSet<Worker>();
  /** Called at the next answer. */
  readonly #waiting: (() => void)[] = [];

  constructor(script: URL, size: number, workerData: unknown, limits: WorkerLimits | null = null) {
    this.#script = script;
    this.#size = size;
    this.#workerData = workerData;
    this.#limits = limits;
  }

  /**
   * @param transfer buffers that move to the worker instead of being copied
   * @param limitMs after which the worker is ended, and another takes its place; only for work that no native code does
   * @throws what the worker answered, or that it died
   * @throws {WorkerTooSlow}
   * @throws {WorkerOutOfMemory}
   * @throws {WorkerNotStarted}
   */
  run(request: Request, transfer: readonly Transferable[] = [], limitMs: number | null = null): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, transfer, limitMs, resolve, reject });
      this.#dispatch();
    });
  }

  /**
   * Waits for what is being worked on; what has not begun fails. A thread that is ended while native code runs in it aborts the whole
   * process: ONNX Runtime then throws where nobody can catch.
   */
  async close(): Promise<void> {
    for (const job of this.#queue.splice(0)) job.reject(new Error("The worker threads were closed before they came to it"));
    while (this.#running.size > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? this.#start();
      if (worker === null) return;
      const job = this.#queue.shift() as Job<Request, Response>;
      this.#running.set(worker, job);
      if (job.limitMs !== null)
        this.#timers.set(
          worker,
          setTimeout(() => this.#giveUp(worker), job.limitMs),
        );
      worker.postMessage(job.request, job.transfer);
    }
  }

  #start(): Worker | null {
    if (this.#workers.size >= this.#size) return null;
    turnTelemetryOff();
    const resourceLimits = this.#limits === null ? {} : { maxOldGenerationSizeMb: this.#limits.heapMegabytes };
    const worker = new Worker(this.#script, { workerData: this.#workerData, resourceLimits });
    this.#workers.add(worker);
    worker.on("message", (message: WorkerMessage<Response>) => {
      this.#ready.add(worker);
      if (message !== "ready") this.#answer(worker, message);
    });
    worker.on("error", (error) => this.#bury(worker, asThrown(error, this.#ready.has(worker))));
    worker.on("exit", () => this.#bury(worker, new Error("The worker thread ended before it answered")));
    return worker;
  }

  #answer(worker: Worker, reply: WorkerReply<Response>): void {
    const job = this.#take(worker);
    if (reply.ok && reply.isLast) {
      this.#workers.delete(worker);
      void worker.terminate();
    } else this.#idle.push(worker);
    if (reply.ok) job?.resolve(reply.response);
    else job?.reject(reply.isModelFault ? new ModelFault(reply.message) : new Error(reply.message));
    this.#dispatch();
  }

  /** A dead worker fails its job; the next job gets a new one. */
  #bury(worker: Worker, error: Error): void {
    this.#workers.delete(worker);
    this.#take(worker)?.reject(error);
    this.#dispatch();
  }

  /** It may never answer. */
  #giveUp(worker: Worker): void {
    this.#bury(worker, new WorkerTooSlow("The worker thread took too long"));
    void worker.terminate();
  }

  /** The worker's job, which is its own no longer. */
  #take(worker: Worker): Job<Request, Response> | undefined {
    const job = this.#running.get(worker);
    this.#running.delete(worker);
    clearTimeout(this.#timers.get(worker));
    this.#timers.delete(worker);
    for (const wake of this.#waiting.splice(0)) wake();
    return job;
  }
}

/** What ended a thread: a known fault loses its class on the way here, and keeps its fields. */
function asThrown(error: Error, wasReady: boolean): Error {
  if (error.name === "UserError" && "fault" in error) return new UserError(error.fault as Fault, error.message, { cause: error });
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return new WorkerOutOfMemory(error.message, { cause: error });
  return wasReady ? error : new WorkerNotStarted(error.message, { cause: error });
}
