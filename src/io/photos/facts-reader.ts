/**
 * Reads what the files of known photos say of them, and decodes none.
 */
import { stat } from "node:fs/promises";
import type { PhotoFile, PictureFacts } from "../../core/photos/photo.ts";
import type { ReadFacts } from "../../core/photos/ports.ts";
import { CODECS } from "./codecs/codecs.ts";
import { inspectPicture } from "./inspect-picture.ts";
import { readFacts } from "./picture-facts.ts";
import { explainFault, fault, type PictureFault } from "./picture-fault.ts";

type Reading = { readonly ok: true; readonly value: PictureFacts } | PictureFault;

/** Of a file that is still as it was met. */
export function createFactsReader(maxMegapixels: number): ReadFacts {
  return async (file) => {
    const reading = await read(file.path, maxMegapixels)
      .then((facts) => sameAsMet(file, facts))
      .catch((error) => explainFault(file.path, error));
    return reading.ok ? reading : { ok: false, skipped: { path: file.path, reason: reading.reason, detail: reading.detail } };
  };
}

async function read(path: string, maxMegapixels: number): Promise<Reading> {
  const inspection = await inspectPicture(path, maxMegapixels, CODECS);
  return inspection.ok ? { ok: true, value: await readFacts(path, inspection.picture, CODECS) } : inspection;
}

async function sameAsMet(file: PhotoFile, reading: Reading): Promise<Reading> {
  const { size, mtimeMs } = await stat(file.path);
  return reading.ok && (size !== file.bytes || mtimeMs !== file.modifiedMs) ? fault("changed-while-read", "") : reading;
}
