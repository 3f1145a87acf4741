/**
 * The process that reads photos, from the side of the program: started when the first is asked for, and replaced where it holds threads that
 * may never come back, or crashed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { UserError } from "../../../core/errors.ts";
import type { Answers, ReaderSettings, Request, Task, Told } from "./requests.ts";

type Answer = Answers[keyof Answers];

interface Job {
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Reader {
  readonly child: ChildProcess;
  /** By the id of their request. */
  readonly jobs: Map<number, Job>;
  isReady: boolean;
  /** Ends with what is under way. */
  isSpent: boolean;
}

/** The process crashed, or the system ended it, while it was busy with this alone. */
export class ReaderCrashed extends Error {
  /** Such as "SIGSEGV". */
  readonly how: string;

  constructor(how: string) {
    super(`The process that reads photos ended with ${how}`);
    this.how = how;
  }
}

export class ReaderProcess {
  readonly #script: URL;
  readonly #settings: ReaderSettings;
  readonly #all = new Set<Reader>();
  #current: Reader | null = null;
  /** Why none can start. */
  #unfit: Error | null = null;
  /** Those that were under way when a reader crashed, one after the other, so that it is seen whose fault it was. */
  #suspects: Promise<void> = Promise.resolve();
  #nextId = 0;
  #isClosed = false;

  constructor(settings: ReaderSettings, script = new URL("./photo-reader-worker.js", import.meta.url)) {
    this.#settings = settings;
    this.#script = script;
  }

  /**
   * @throws {ReaderCrashed}
   * @throws {UserError} where a part of the installation is missing
   */
  ask<Kind extends Task["kind"]>(task: Task & { readonly kind: Kind }): Promise<Answers[Kind]> {
    return new Promise((resolve, reject) => {
      this.#current ??= this.#start();
      this.#send(this.#current, { task, resolve: resolve as Job["resolve"], reject });
    });
  }

  /** Ends what is under way: nothing of it is kept by a reader. */
  close(): void {
    this.#isClosed = true;
    for (const reader of this.#all) this.#end(reader, new Error("The process that reads photos was closed"));
  }

  #start(): Reader {
    // What it prints is no answer of the program's.
    const child = fork(this.#script, [], { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
    const reader: Reader = { child, jobs: new Map(), isReady: false, isSpent: false };
    this.#all.add(reader);
    child.on("message", (told: Told) => this.#hear(reader, told));
    child.on("error", (error) => this.#bury(reader, error.message));
    child.on("exit", (code, signal) => this.#bury(reader, signal ?? `code ${code}`));
    child.send(this.#settings, () => {});
    return reader;
  }

  #send(reader: Reader, job: Job): void {
    if (this.#unfit !== null || this.#isClosed) {
      job.reject(this.#unfit ?? new Error("The process that reads photos was closed"));
      return;
    }
    const id = this.#nextId++;
    reader.jobs.set(id, job);
    // One that cannot be reached any more is about to be buried.
    reader.child.send({ id, task: job.task } satisfies Request, () => {});
  }

  #hear(reader: Reader, told: Told): void {
    if (told.kind === "ready") reader.isReady = true;
    else if (told.kind === "spent") this.#retire(reader);
    else if (told.kind === "unfit") {
      this.#unfit = new UserError(told.fault, told.message);
      this.#end(reader, this.#unfit);
    } else {
      const job = reader.jobs.get(told.id);
      reader.jobs.delete(told.id);
      if (told.kind === "answer") job?.resolve(told.answer);
      else job?.reject(new Error(told.stack));
      if (reader.isSpent && reader.jobs.size === 0) this.#end(reader, new Error("Nothing was asked"));
    }
  }

  #retire(reader: Reader): void {
    reader.isSpent = true;
    if (this.#current === reader) this.#current = null;
  }

  /** It may hang in a call of the system's for ever: nobody waits for its end. */
  #end(reader: Reader, why: Error): void {
    this.#all.delete(reader);
    this.#retire(reader);
    for (const job of reader.jobs.values()) job.reject(why);
    reader.jobs.clear();
    reader.child.removeAllListeners().on("error", () => {});
    reader.child.kill("SIGKILL");
    if (reader.child.connected) reader.child.disconnect();
    reader.child.unref();
  }

  #bury(reader: Reader, how: string): void {
    this.#all.delete(reader);
    this.#retire(reader);
    const jobs = [...reader.jobs.values()];
    reader.jobs.clear();
    if (!reader.isReady) {
      this.#unfit = new Error(`The process that reads photos cannot start: it ended with ${how}`);
      for (const job of jobs) job.reject(this.#unfit);
    } else if (jobs.length === 1) jobs[0]?.reject(new ReaderCrashed(how));
    else for (const job of jobs) this.#suspects = this.#suspects.then(() => this.#tryAlone(job));
  }

  /** By a reader of its own. */
  #tryAlone({ task, resolve, reject }: Job): Promise<void> {
    return new Promise((done) => {
      const reader = this.#start();
      const end = () => {
        this.#end(reader, new Error("Nothing was asked"));
        done();
      };
      this.#send(reader, {
        task,
        resolve: (answer) => {
          resolve(answer);
          end();
        },
        reject: (error) => {
          reject(error);
          end();
        },
      });
    });
  }
}
