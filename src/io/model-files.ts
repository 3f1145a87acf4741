/**
 * The models on this machine: which are pinned, where their files lie, and whether they are what the lock says.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encoderFingerprint, type PinnedFile } from "../core/encoder.ts";
import { UserError } from "../core/errors.ts";
import { type LockedModel, parseModelLock } from "../core/model-lock.ts";
import type { ChosenEncoder } from "../core/ports.ts";
import { encoderKey } from "../core/units.ts";
import { errorCode } from "./system-errors.ts";

const LOCK_FILE = new URL("../../models.lock.json", import.meta.url);
const EMBEDDED_MODELS = new URL("../../models/", import.meta.url);

export interface InstalledEncoder extends ChosenEncoder {
  /** Holds the verified files. */
  readonly folder: string;
}

/** @throws {UserError} when the lock has no encoder of that name */
export function findModel(id: string): LockedModel {
  const models = parseModelLock(readFileSync(LOCK_FILE, "utf8"));
  const model = models.find((candidate) => candidate.id === id);
  if (model !== undefined) return model;
  throw new UserError(`There is no encoder named ${JSON.stringify(id)}`, `Choose one of ${models.map((known) => known.id).join(", ")}`);
}

/** The encoder with its key, from the lock alone: enough to read what it made earlier. */
export function chooseEncoder(id: string): ChosenEncoder {
  const spec = findModel(id);
  return { spec, key: encoderKey(createHash("sha256").update(encoderFingerprint(spec)).digest("hex")) };
}

/** @throws {UserError} naming the file that is missing or not the pinned one */
export function installEncoder(id: string): InstalledEncoder {
  const folder = fileURLToPath(new URL(`${id}/`, EMBEDDED_MODELS));
  verifyModelFiles(findModel(id), folder);
  return { ...chooseEncoder(id), folder };
}

/**
 * Checks every file of the model against its SHA-256, each time, before any of them is opened as a model. A record of an
 * earlier check would be cheaper by milliseconds and would trust a clock.
 * @throws {UserError} naming the file that is missing or not the pinned one
 */
export function verifyModelFiles(model: LockedModel, folder: string): void {
  for (const file of model.files) verifyFile(folder, file, model.id);
}

function verifyFile(folder: string, { path, bytes, sha256 }: PinnedFile, id: string): void {
  const file = join(folder, path);
  const hint = `Install dupfind again to get ${id} back as it was`;
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new UserError(`The model file ${file} cannot be read (${errorCode(error)})`, hint, { cause: error });
  }
  if (content.length !== bytes) throw new UserError(`The model file ${file} has ${content.length} bytes, the lock pins ${bytes}`, hint);
  if (createHash("sha256").update(content).digest("hex") !== sha256) {
    throw new UserError(`The model file ${file} is not the one the lock pins: its SHA-256 differs`, hint);
  }
}
