/**
 * Photos read by a process of its own, as a scan asks for them: what happens to that process becomes a photo's reason, or that of a
 * drive which gives no answer any more.
 */
import type { PhotoFile, RgbPixels, SkippedPhoto } from "../../../core/photos/photo.ts";
import type { Decode, Identify, ReadFacts } from "../../../core/photos/ports.ts";
import { isNoAnswer, noAnswer } from "../identify.ts";
import { deviceOf } from "../photo-file.ts";
import { ReaderCrashed, ReaderProcess } from "./photo-reader.ts";
import type { ReaderSettings } from "./requests.ts";

export interface PhotosApart {
  readonly identify: Identify;
  readonly decode: Decode;
  readonly readFacts: ReadFacts;
  /** @returns null for a folder that cannot be listed; `device` is where it is known to lie, null where nobody knows */
  readonly listedOn: (folder: string, device: string | null) => Promise<string | null>;
  close(): void;
}

/** Starts the process when the first photo is asked for. */
export function readApart(settings: ReaderSettings, reader = new ReaderProcess(settings)): PhotosApart {
  const drives = new SilentDrives();
  return {
    async identify(file) {
      const device = deviceOf(file.fileId);
      if (drives.areSilent(device)) return { ok: false, skipped: noAnswer(file, settings.maxSeconds) };
      const asked = drives.ask();
      const outcome = await reader.ask({ kind: "identify", file }).catch((error) => crashed(file, error));
      if (!outcome.ok && isNoAnswer(outcome.skipped)) drives.gaveNone(device, asked);
      else drives.answered(device);
      return outcome;
    },
    async decode(photo) {
      const outcome = await reader.ask({ kind: "decode", photo }).catch((error) => crashed(photo.file, error));
      return outcome.ok ? { ok: true, value: { ...outcome.value, pixels: ownPixels(outcome.value.pixels) } } : outcome;
    },
    readFacts: (file) => reader.ask({ kind: "readFacts", file }).catch((error) => crashed(file, error)),
    async listedOn(folder, device) {
      if (device !== null && drives.areSilent(device)) return null;
      return reader.ask({ kind: "listedOn", folder });
    },
    close: () => reader.close(),
  };
}

/** They came in a buffer that holds other messages too, and are handed on with it. */
function ownPixels({ data, width, height }: RgbPixels): RgbPixels {
  return { data: new Uint8Array(data), width, height };
}

function crashed({ path }: PhotoFile, error: unknown): { readonly ok: false; readonly skipped: SkippedPhoto } {
  if (!(error instanceof ReaderCrashed)) throw error;
  // SIGKILL is nobody's own fault: the system was short of memory, perhaps because of others.
  const skipped: SkippedPhoto =
    error.how === "SIGKILL"
      ? { path, reason: "unreadable", detail: "the system ended the process that read it" }
      : { path, reason: "damaged", detail: `the decoder crashed (${error.how})` };
  return { ok: false, skipped };
}

/** Drives that are not asked again: each photo would be waited for in vain. */
class SilentDrives {
  readonly #silent = new Set<string>();
  readonly #lastAnswer = new Map<string, number>();
  #now = 0;

  areSilent(device: string): boolean {
    return this.#silent.has(device);
  }

  /** @returns when something is asked, for `gaveNone` */
  ask(): number {
    return ++this.#now;
  }

  answered(device: string): void {
    this.#lastAnswer.set(device, ++this.#now);
  }

  /** Unless others of the drive were read meanwhile: then it is this file alone. */
  gaveNone(device: string, asked: number): void {
    if ((this.#lastAnswer.get(device) ?? 0) < asked) this.#silent.add(device);
  }
}
