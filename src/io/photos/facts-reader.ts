/**
 * Reads what the files of known photos say of them, and decodes none.
 */
import { stat } from "node:fs/promises";
import type { PhotoFile } from "../../core/photos/photo.ts";
import type { FactsAgain, ReadFacts } from "../../core/photos/ports.ts";
import { DEFAULT_MAX_SECONDS, readingTimeMs } from "../../core/photos/time-limit.ts";
import { CODECS } from "./codecs/codecs.ts";
import { inspectPicture } from "./inspect-picture.ts";
import { inTime } from "./photo-clock.ts";
import { readFacts } from "./picture-facts.ts";
import { explainFault, fault, type PictureFault } from "./picture-fault.ts";

type Reading = { readonly ok: true; readonly value: FactsAgain } | PictureFault;

/** Of a file that is still as it was met. */
export function createFactsReader(maxMegapixels: number, maxSeconds = DEFAULT_MAX_SECONDS): ReadFacts {
  return async (file) => {
    const reading = await inTime(readingTimeMs(maxSeconds, file.bytes), () => read(file.path, maxMegapixels))
      .then((facts) => sameAsMet(file, facts))
      .catch((error) => explainFault(file.path, error));
    return reading.ok ? reading : { ok: false, skipped: { path: file.path, reason: reading.reason, detail: reading.detail } };
  };
}

async function read(path: string, maxMegapixels: number): Promise<Reading> {
  const inspection = await inspectPicture(path, maxMegapixels, CODECS);
  if (!inspection.ok) return inspection;
  const { picture } = inspection;
  // Earlier versions took the first picture of a HEIC, whichever its primary one was.
  const isSamePicture = picture.shape.format !== "heic" || picture.pictures === 1;
  return { ok: true, value: { facts: await readFacts(path, picture, CODECS), isSamePicture } };
}

async function sameAsMet(file: PhotoFile, reading: Reading): Promise<Reading> {
  const { size, mtimeMs } = await stat(file.path);
  return reading.ok && (size !== file.bytes || mtimeMs !== file.modifiedMs) ? fault("changed-while-read", "") : reading;
}
