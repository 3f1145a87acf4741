/**
 * Encoders that `dupfind adapt` made: below the folder of models, one folder each, with the map and a record that pins it and
 * says which encoder it is for.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AdaptationFindings } from "../core/adaptation.ts";
import type { EncoderSpec, PinnedFile } from "../core/encoder.ts";
import { UserError } from "../core/errors.ts";
import { type LinearMap, mapLength } from "../core/linear-map.ts";
import type { LockedModel } from "../core/model-lock.ts";
import { errorCode } from "./system-errors.ts";
import { writeWhole } from "./write-file.ts";

const RECORD = "adapted.json";
const MAP = "map.f32";
const RECORD_VERSION = 1;

/** What is written beside a map. The encoder's own pins are among it: its vectors can be read even when the encoder has gone. */
interface AdaptedRecord {
  readonly schemaVersion: number;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly encoder: Omit<LockedModel, "id" | "version">;
  readonly findings: AdaptationFindings;
}

/** In the order of their names. */
export function readAdapted(root: string): readonly LockedModel[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .filter((id) => existsSync(join(root, id, RECORD)))
    .map((id) => ({ version: null, ...readRecord(join(root, id, RECORD)).encoder, id }));
}

function readRecord(path: string): AdaptedRecord {
  const hint = "Remove its folder and run dupfind adapt again";
  let record: AdaptedRecord;
  try {
    record = JSON.parse(readFileSync(path, "utf8")) as AdaptedRecord;
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : errorCode(error);
    throw new UserError(`The record of an adapted encoder, ${path}, cannot be read (${why})`, hint, { cause: error });
  }
  if (record.schemaVersion === RECORD_VERSION) return record;
  throw new UserError(`${path} has version ${record.schemaVersion}, this dupfind reads ${RECORD_VERSION}`, hint);
}

export interface Adapted {
  readonly id: string;
  readonly madeAt: string;
  readonly map: LinearMap;
  /** All but the map itself, which is pinned here. */
  readonly encoder: Omit<LockedModel, "id" | "map" | "version">;
  readonly findings: AdaptationFindings;
}

/** The record comes last: a folder without one is no encoder. */
export function writeAdapted(root: string, { id, madeAt, map, encoder, findings }: Adapted): void {
  const bytes = new Uint8Array(map.buffer);
  const pin: PinnedFile = { path: MAP, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  const record: AdaptedRecord = { schemaVersion: RECORD_VERSION, madeAt, encoder: { ...encoder, map: pin }, findings };
  try {
    mkdirSync(join(root, id), { recursive: true });
    writeFileSync(join(root, id, MAP), bytes);
  } catch (error) {
    throw new UserError(`${join(root, id)} cannot be written (${errorCode(error)})`, "Name a folder with DUPFIND_MODELS that can", {
      cause: error,
    });
  }
  writeWhole(join(root, id, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** Little-endian float32, as the lower triangle is packed. Verified before. */
export function readMap(folder: string, { image, map }: EncoderSpec): LinearMap | null {
  if (map === null) return null;
  const values = new Float32Array(new Uint8Array(readFileSync(join(folder, map.path))).buffer);
  if (values.length !== mapLength(image.dimensions)) {
    throw new RangeError(`Expected a map of ${image.dimensions} dimensions, got ${values.length} values`);
  }
  return values;
}
