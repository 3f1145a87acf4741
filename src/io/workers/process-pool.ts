/**
 * Processes that answer requests one at a time, for work that may come to no end or take the process with it. Each step is told before it
 * begins, with the time that it may take: a process that takes longer is ended, whatever its threads are doing, and another takes its place.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Fault, UserError } from "../../core/errors.ts";

/** What a process says: first that its modules are loaded, or why not; then of each request the steps, and the answer. */
export type ProcessMessage<Step, Response> =
  | { readonly kind: "ready" }
  | { readonly kind: "unfit"; readonly fault: Fault; readonly message: string }
  /** @property limitMs that it may take from here to the next message */
  | { readonly kind: "step"; readonly step: Step; readonly limitMs: number }
  | { readonly kind: "answer"; readonly response: Response }
  | { readonly kind: "bug"; readonly stack: string };

/** The process ended before it answered: by itself, or since a step took too long. */
export class ProcessLost extends Error {}

/** That a process takes to end, unless it hangs in a call of the system's: nobody waits for that one. */
const ENDING_MS = 500;

interface Job<Request, Step, Response> {
  readonly request: Request;
  readonly onStep: (step: Step) => void;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}

/** Starts its processes at the first request, and only as many as there is work for. */
export class ProcessPool<Request extends object, Step, Response> {
  readonly #script: URL;
  readonly #size: number;
  readonly #heapMegabytes: number;
  readonly #all = new Set<ChildProcess>();
  readonly #ready = new WeakSet<ChildProcess>();
  readonly #idle: ChildProcess[] = [];
  readonly #queue: Job<Request, Step, Response>[] = [];
  readonly #running = new Map<ChildProcess, Job<Request, Step, Response>>();
  readonly #timers = new Map<ChildProcess, NodeJS.Timeout>();
  #isClosed = false;

  /** @param heapMegabytes of what JavaScript holds in a process, which ends where it asks for more */
  constructor(script: URL, size: number, heapMegabytes: number) {
    this.#script = script;
    this.#size = size;
    this.#heapMegabytes = heapMegabytes;
  }

  /**
   * @param onStep called with each step, before it begins
   * @throws {ProcessLost}
   * @throws {UserError} where a part of the installation is missing
   */
  run(request: Request, onStep: (step: Step) => void): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) reject(new ProcessLost("The processes were closed before they came to it"));
      else this.#queue.push({ request, onStep, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends what is under way. Waits a moment for the processes, so that what they took counts as the program's. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#queue.splice(0)) job.reject(new ProcessLost("The processes were closed before they came to it"));
    const all = [...this.#all];
    for (const child of all) this.#end(child, new ProcessLost("The process was closed"));
    const ended = all.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map((child) => once(child, "exit"));
    const enough = new AbortController();
    await Promise.race([Promise.allSettled(ended), wait(ENDING_MS, undefined, { signal: enough.signal })]);
    enough.abort();
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const child = this.#idle.pop() ?? this.#start();
      if (child === null) return;
      const job = this.#queue.shift() as Job<Request, Step, Response>;
      this.#running.set(child, job);
      // One that cannot be reached any more is about to be buried.
      child.send(job.request, () => {});
    }
  }

  #start(): ChildProcess | null {
    if (this.#all.size >= this.#size) return null;
    const execArgv = [`--max-old-space-size=${this.#heapMegabytes}`];
    // What it prints is no answer of the program's, and what V8 says of a heap that is full is a page long.
    const child = fork(this.#script, [], { serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv });
    this.#all.add(child);
    child.on("message", (message: ProcessMessage<Step, Response>) => this.#hear(child, message));
    child.on("error", (error) => this.#bury(child, error.message));
    child.on("exit", (code, signal) => this.#bury(child, signal ?? `code ${code}`));
    return child;
  }

  #hear(child: ChildProcess, message: ProcessMessage<Step, Response>): void {
    clearTimeout(this.#timers.get(child));
    if (message.kind === "ready") this.#ready.add(child);
    else if (message.kind === "unfit") this.#end(child, new UserError(message.fault, message.message));
    else if (message.kind === "step") {
      const giveUp = () => this.#end(child, new ProcessLost(`It came to no end in ${message.limitMs / 1000} s`));
      this.#timers.set(child, setTimeout(giveUp, message.limitMs));
      this.#running.get(child)?.onStep(message.step);
    } else {
      const job = this.#running.get(child);
      this.#running.delete(child);
      this.#idle.push(child);
      if (message.kind === "answer") job?.resolve(message.response);
      else job?.reject(new Error(message.stack));
      this.#dispatch();
    }
  }

  #bury(child: ChildProcess, how: string): void {
    const why = `The process ended with ${how}`;
    this.#end(child, this.#ready.has(child) ? new ProcessLost(why) : new Error(`${why} before it was asked anything`));
  }

  /** It may hang in a call of the system's for ever: nobody waits for its end. */
  #end(child: ChildProcess, why: Error): void {
    clearTimeout(this.#timers.get(child));
    this.#all.delete(child);
    const idleAt = this.#idle.indexOf(child);
    if (idleAt !== -1) this.#idle.splice(idleAt, 1);
    const job = this.#running.get(child);
    this.#running.delete(child);
    child.removeAllListeners().on("error", () => {});
    child.kill("SIGKILL");
    if (child.connected) child.disconnect();
    child.unref();
    job?.reject(why);
    this.#dispatch();
  }
}
