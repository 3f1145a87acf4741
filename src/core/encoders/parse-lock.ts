/**
 * Reads what a file says of encoders: a lock, or the record of an adapted one. The one place where names, sizes and hashes that
 * someone else wrote become a `LockedModel`, which is safe to join to a folder, to fetch and to show.
 */
import { UserError } from "../errors.ts";
import { entriesOf, FormFault, fields, line, oneOf, optional, tagged, textOf, wholeFrom } from "../text/json-form.ts";
import type { EncoderKey } from "../units.ts";
import { file, id, ofAnyEncoder, repository, revision, similarity } from "./encoder-form.ts";
import { mapLength } from "./linear-map.ts";
import type { LockedModel, ModelSource } from "./model-lock.ts";
import { clash, type ModelId } from "./model-names.ts";

const VERSION = 1;
/** All are hashed when a key is looked up. */
const MOST_ENCODERS = 1000;

type LockEntry = Omit<LockedModel, "id" | "map" | "version"> & { readonly version?: number };
type AdaptedEntry = Omit<LockedModel, "id" | "version">;

const lockEntry = fields<LockEntry>({
  version: optional(wholeFrom(1, 1_000_000)),
  ...ofAnyEncoder,
  source: tagged<"kind", Exclude<ModelSource["kind"], "adapted">, Exclude<ModelSource, { readonly kind: "adapted" }>>("kind", {
    embedded: fields({ kind: oneOf("embedded") }),
    download: fields({ kind: oneOf("download"), repository, revision }),
    import: fields({ kind: oneOf("import"), instructions: line }),
    retired: fields({ kind: oneOf("retired"), successor: id }),
  }),
  threshold: fields({ value: similarity, floor: similarity, origin: oneOf("measured", "published", "uncalibrated") }),
});

const adaptedEntry = fields<AdaptedEntry>({
  ...ofAnyEncoder,
  source: fields<Extract<ModelSource, { readonly kind: "adapted" }>>({
    kind: oneOf("adapted"),
    base: id,
    baseKey: textOf((key): key is EncoderKey => /^[0-9a-f]{64}$/.test(key), "an encoder key of 64 hex digits"),
  }),
  map: file,
  threshold: fields({ value: similarity, floor: similarity, origin: oneOf("labels") }),
});

interface Lock {
  readonly $schema?: string;
  readonly schemaVersion: number;
  readonly encoders: readonly (readonly [ModelId, LockEntry])[];
}

const lockForm = fields<Lock>({
  $schema: optional(line),
  schemaVersion: wholeFrom(VERSION, VERSION),
  encoders: entriesOf(id, lockEntry),
});

/**
 * Reads a lock, whose form `docs/reference/models-lock.schema.json` describes.
 * @param lock as `JSON.parse` gave it
 * @param name of the file, for messages
 * @throws {UserError} naming the first place that is not as it has to be
 */
export function parseModelLock(lock: unknown, name: string): readonly LockedModel[] {
  const code = "model-lock-unusable";
  return explained(`The model lock ${name} cannot be used`, code, () => {
    requireVersion(lock, name, code);
    const models = lockForm(lock, "").encoders.map(
      ([key, entry]): LockedModel => ({ ...entry, id: key, version: entry.version ?? null, map: null }),
    );
    if (models.length > MOST_ENCODERS) throw new FormFault(`it has ${models.length} encoders, ${MOST_ENCODERS} are the most`);
    for (const model of models) requireWhole(model);
    return models;
  });
}

/**
 * Reads the record of an encoder that `dupfind adapt` made.
 * @param record as `JSON.parse` gave it
 * @param folder name of the folder that it lies in: the encoder's
 * @throws {UserError} naming the first place that is not as it has to be
 */
export function parseAdaptedRecord(record: unknown, folder: string, name: string): LockedModel {
  const code = "adapted-record-unusable";
  return explained(`The record of an adapted encoder, ${name}, cannot be used`, code, () => {
    requireVersion(record, name, code);
    const { encoder } = fields<{
      readonly schemaVersion: number;
      readonly madeAt: string;
      readonly encoder: AdaptedEntry;
      readonly findings: unknown;
    }>({
      schemaVersion: wholeFrom(VERSION, VERSION),
      madeAt: line,
      encoder: adaptedEntry,
      findings: (value) => value,
    })(record, "");
    const model = { ...encoder, id: id(folder, "the folder's name"), version: null };
    requireWhole(model);
    return model;
  });
}

type FormCode = "model-lock-unusable" | "adapted-record-unusable";

function explained<Result>(what: string, code: FormCode, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormFault)) throw error;
    throw new UserError(code, `${what}: ${error.message}`, { cause: error });
  }
}

/** Before anything else of the form: a later version may have another. */
function requireVersion(value: unknown, name: string, code: FormCode): void {
  const version = typeof value === "object" && value !== null && "schemaVersion" in value ? value.schemaVersion : undefined;
  if (typeof version === "number" && version !== VERSION)
    throw new UserError(code, `${name} has version ${version}, this dupfind reads ${VERSION}`);
}

/** What no field says alone. */
function requireWhole({
  id: encoder,
  files,
  image: { model, dimensions: length, resize },
  text: tower,
  map,
  threshold,
}: LockedModel): void {
  const paths = files.map((pinned) => pinned.path);
  const [one, other] = clash(paths) ?? [];
  if (one !== undefined) throw new FormFault(`the files ${one} and ${other} of ${encoder} cannot lie in one folder`);
  const unpinned = [model, ...(tower === null ? [] : [tower.model, tower.tokenizer])].find((named) => !paths.includes(named));
  if (unpinned !== undefined) throw new FormFault(`${unpinned} is not among the files of ${encoder}`);
  const graph = [model, ...(tower === null ? [] : [tower.model])].find((named) => !/\/[^/]+\.onnx$/.test(named));
  if (graph !== undefined) throw new FormFault(`${graph} of ${encoder} should be <folder>/<name>.onnx`);
  if (threshold.floor > threshold.value) throw new FormFault(`the floor of ${encoder} lies above its threshold`);
  if (resize.fit === "shortest-edge" && resize.crop > resize.size) throw new FormFault(`${encoder} cuts more than it resizes to`);
  if (map !== null && map.bytes !== mapLength(length) * Float32Array.BYTES_PER_ELEMENT)
    throw new FormFault(`the map of ${encoder} is not one of ${length} dimensions`);
}
