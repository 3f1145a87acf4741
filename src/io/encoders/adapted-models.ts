/**
 * Encoders that `dupfind adapt` made: below the folder of models, one folder each, with the map and a record that pins it and
 * says which encoder it is for.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { AdaptationFindings } from "../../core/adaptation/adaptation.ts";
import type { EncoderSpec, PinnedFile } from "../../core/encoders/encoder.ts";
import type { LinearMap } from "../../core/encoders/linear-map.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import { type ModelId, modelPath } from "../../core/encoders/model-names.ts";
import { parseAdaptedRecord } from "../../core/encoders/parse-lock.ts";
import { UserError } from "../../core/errors.ts";
import { readSmallJson } from "../small-file.ts";
import { errorCode, reasonOf } from "../system-errors.ts";
import { onDisk, onDiskAsync, placeOf, readyPlace } from "./model-folder.ts";

const RECORD = "adapted.json";
const MAP = modelPath("map.f32");
const RECORD_VERSION = 1;

/** What is written beside a map. The encoder's own pins are among it: its vectors can be read even when the encoder has gone. */
interface AdaptedRecord {
  readonly schemaVersion: number;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly encoder: Omit<LockedModel, "id" | "version">;
  readonly findings: AdaptationFindings;
}

/**
 * In the order of their names.
 * @throws {UserError} when the folder of models is there and cannot be listed, or a record in it is damaged
 */
export function readAdapted(root: string): readonly LockedModel[] {
  return namesIn(root)
    .sort()
    .map((name) => ({ name, path: join(root, name, RECORD) }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) =>
      parseAdaptedRecord(readSmallJson(path, `The record of an adapted encoder, ${path},`, "adapted-record-unusable"), name, path),
    );
}

function namesIn(root: string): string[] {
  try {
    return readdirSync(root);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw new UserError("models-folder-unlisted", `The models folder ${root} cannot be listed (${reasonOf(error)})`, {
      cause: error,
    });
  }
}

export interface Adapted {
  readonly id: ModelId;
  readonly madeAt: string;
  readonly map: LinearMap;
  /** All but the map itself, which is pinned here. */
  readonly encoder: Omit<LockedModel, "id" | "map" | "version">;
  readonly findings: AdaptationFindings;
}

/**
 * The record comes last: a folder without one is no encoder.
 * @throws {UserError} when the folder of models cannot be written to
 */
export function writeAdapted(root: string, { id, madeAt, map, encoder, findings }: Adapted): void {
  const bytes = new Uint8Array(map.buffer);
  const pin: PinnedFile = { path: MAP, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  const record: AdaptedRecord = { schemaVersion: RECORD_VERSION, madeAt, encoder: { ...encoder, map: pin }, findings };
  writeSafely(root, placeOf(root, id, MAP), bytes);
  writeSafely(root, join(placeOf(root, id), RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** To a draft of a name that nobody can have put a link at, which then takes the place. */
function writeSafely(root: string, place: string, content: Uint8Array | string): void {
  readyPlace(root, place);
  const draft = `${place}.${randomUUID()}.part`;
  onDisk(place, () => {
    try {
      writeFileSync(draft, content, { flag: "wx", flush: true });
      renameSync(draft, place);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

/** The record goes first, so that what is left of an encoder that was removed by half is none. */
export async function removeModel(root: string, id: ModelId): Promise<void> {
  await onDiskAsync(placeOf(root, id), async () => {
    await rm(join(placeOf(root, id), RECORD), { force: true });
    await rm(placeOf(root, id), { recursive: true, force: true });
  });
}

/**
 * Little-endian float32, as the lower triangle is packed.
 * @param folder where it was verified
 * @throws {UserError} when it went away since
 */
export function readMap(folder: string, { map }: EncoderSpec): LinearMap | null {
  if (map === null) return null;
  return onDisk(folder, () => new Float32Array(new Uint8Array(readFileSync(join(folder, map.path))).buffer));
}
