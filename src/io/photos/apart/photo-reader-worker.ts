/**
 * Reads and decodes photos in a process of its own, which can be ended whatever its threads are doing: the system's own calls may never
 * return from a drive that went away, and a native decoder cannot be called off.
 */
import { default as own } from "node:process";
import { UserError } from "../../../core/errors.ts";
import type { SkipReason } from "../../../core/photos/photo.ts";
import type { Decode, Identify, ReadFacts } from "../../../core/photos/ports.ts";
import { createIdentify, isNoAnswer } from "../identify.ts";
import { inTime, workLeftBehind } from "../photo-clock.ts";
import { listedOn } from "../presence.ts";
import type { Answers, ReaderSettings, Request, Task, Told } from "./requests.ts";

interface Parts {
  readonly identify: Identify;
  readonly decode: Decode;
  readonly readFacts: ReadFacts;
  readonly listedOn: (folder: string) => Promise<string | null>;
}

/** A terminal sends them to every process that it started; when to end is the program's to say, by ending the connection. */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) own.on(signal, () => {});
// Not by `exit`, which waits for every thread.
own.on("disconnect", () => own.kill(own.pid, "SIGKILL"));

let parts: Promise<Parts> | null = null;
let isSpent = false;
own.on("message", (message: ReaderSettings | Request) => {
  if ("task" in message) void take(message);
  else parts = load(message);
});

function tell(told: Told): void {
  own.send?.(told);
}

async function load(settings: ReaderSettings): Promise<Parts> {
  try {
    const { createDecoder } = await import("../decode.ts");
    const { createFactsReader } = await import("../facts-reader.ts");
    const { maxMegapixels, maxSeconds } = settings;
    tell({ kind: "ready" });
    return {
      identify: createIdentify(maxSeconds),
      decode: createDecoder(settings).decode,
      readFacts: createFactsReader(maxMegapixels, maxSeconds),
      listedOn: (folder) => inTime(maxSeconds * 1000, () => listedOn(folder)).catch(() => null),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    tell({ kind: "unfit", fault: error.fault, message: error.message });
    return new Promise(() => {}); // nothing is asked of it
  }
}

async function take({ id, task }: Request): Promise<void> {
  try {
    const answer = await answerTo(task, (await parts) as Parts);
    // Before the answer, so that nothing more is asked.
    if (!isSpent && (workLeftBehind() > 0 || isLate(answer))) {
      isSpent = true;
      tell({ kind: "spent" });
    }
    tell({ kind: "answer", id, answer });
  } catch (error) {
    tell({ kind: "bug", id, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function answerTo(task: Task, { identify, decode, readFacts, listedOn }: Parts): Promise<Answers[keyof Answers]> {
  switch (task.kind) {
    case "identify":
      return identify(task.file);
    case "decode":
      return decode(task.photo);
    case "readFacts":
      return readFacts(task.file);
    case "listedOn":
      return listedOn(task.folder);
  }
}

/** A thread of a decoder may be held too, without anyone counting it. */
function isLate(answer: Answers[keyof Answers]): boolean {
  if (answer === null || typeof answer === "string" || answer.ok) return false;
  return answer.skipped.reason === ("too-slow" satisfies SkipReason) || isNoAnswer(answer.skipped);
}
