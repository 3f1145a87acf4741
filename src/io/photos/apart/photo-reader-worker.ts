/**
 * Reads and decodes photos in a process of its own, which can be ended whatever its threads are doing: the system's own calls may never
 * return from a drive that went away, and a native decoder cannot be called off.
 */
import { UserError } from "../../../core/errors.ts";
import type { SkipReason } from "../../../core/photos/photo.ts";
import type { Decode, Identify, ReadFacts } from "../../../core/photos/ports.ts";
import { listen, tell } from "../../workers/program-channel.ts";
import { createIdentify, isNoAnswer } from "../identify.ts";
import { inTime, workLeftBehind } from "../photo-clock.ts";
import { listedOn } from "../presence.ts";
import type { Thumbnails } from "../thumbnail.ts";
import type { Answers, ReaderSettings, Request, Task, Told } from "./requests.ts";

interface Parts {
  readonly identify: Identify;
  readonly decode: Decode;
  readonly readFacts: ReadFacts;
  readonly listedOn: (folder: string) => Promise<string | null>;
  readonly thumbnail: Thumbnails["make"];
}

let parts: Promise<Parts> | null = null;
let isSpent = false;
listen((message: ReaderSettings | Request) => {
  if ("task" in message) void take(message);
  else parts = load(message);
});

function say(told: Told): void {
  tell(told);
}

async function load(settings: ReaderSettings): Promise<Parts> {
  try {
    const { createDecoder } = await import("../decode.ts");
    const { createFactsReader } = await import("../facts-reader.ts");
    const { maxMegapixels, maxSeconds } = settings;
    const { createThumbnails } = await import("../thumbnail.ts");
    say({ kind: "ready" });
    return {
      identify: createIdentify(maxSeconds),
      decode: createDecoder(settings).decode,
      readFacts: createFactsReader(maxMegapixels, maxSeconds),
      listedOn: (folder) => inTime(maxSeconds * 1000, () => listedOn(folder)).catch(() => null),
      thumbnail: createThumbnails(settings.resize.size, maxMegapixels, maxSeconds).make,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say({ kind: "unfit", fault: error.fault, message: error.message });
    return new Promise(() => {}); // nothing is asked of it
  }
}

async function take({ id, task }: Request): Promise<void> {
  try {
    const answer = await answerTo(task, (await parts) as Parts);
    // Before the answer, so that nothing more is asked.
    if (!isSpent && (workLeftBehind() > 0 || isLate(answer))) {
      isSpent = true;
      say({ kind: "spent" });
    }
    say({ kind: "answer", id, answer });
  } catch (error) {
    say({ kind: "bug", id, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function answerTo(task: Task, { identify, decode, readFacts, listedOn, thumbnail }: Parts): Promise<Answers[keyof Answers]> {
  switch (task.kind) {
    case "identify":
      return identify(task.file);
    case "decode":
      return decode(task.photo);
    case "readFacts":
      return readFacts(task.file);
    case "listedOn":
      return listedOn(task.folder);
    case "thumbnail":
      return thumbnail(task.path);
  }
}

/** A thread of a decoder may be held too, without anyone counting it. */
function isLate(answer: Answers[keyof Answers]): boolean {
  if (answer === null || typeof answer === "string" || answer instanceof Uint8Array || answer.ok) return false;
  return answer.skipped.reason === ("too-slow" satisfies SkipReason) || isNoAnswer(answer.skipped);
}
