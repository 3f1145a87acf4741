/**
 * The models on this machine: which are pinned, where their files lie, and whether they are what the lock says.
 */
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { encoderFingerprint, type NamedEncoder, nameEncoder, type PinnedFile } from "../../core/encoders/encoder.ts";
import type { LinearMap } from "../../core/encoders/linear-map.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import { isModelId, MODEL_ID_RULE, type ModelId } from "../../core/encoders/model-names.ts";
import { parseModelLock } from "../../core/encoders/parse-lock.ts";
import type { ChosenEncoder, ModelSettings } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import { type EncoderKey, encoderKey } from "../../core/units.ts";
import { packageFile } from "../package-files.ts";
import { readSmallJson } from "../small-file.ts";
import { type Adapted, readAdapted, readMap, removeModel, writeAdapted } from "./adapted-models.ts";
import { placeOf, readyPlace } from "./model-folder.ts";
import { faultOf, sizeOf } from "./pinned-file.ts";

const OWN_LOCK = packageFile("models.lock.json");
const EMBEDDED_MODELS = packageFile("models/");

export interface InstalledEncoder extends ChosenEncoder {
  /** Holds the verified files of the graphs. */
  readonly folder: string;
  /** That vectors go through; null for none. */
  readonly map: LinearMap | null;
}

export class ModelStore {
  /** In the order of the lock; the package's own first, adapted ones last. */
  readonly models: readonly LockedModel[];
  readonly #root: string;
  readonly #settings: ModelSettings;

  constructor(settings: ModelSettings) {
    this.#root = settings.folder;
    this.#settings = settings;
    const own = readLock(OWN_LOCK, "own-model-lock-unreadable");
    const added = settings.lock === null ? [] : readLock(settings.lock, "added-model-lock-unreadable");
    const locked = [...own.filter(({ id }) => !added.some((model) => model.id === id)), ...added];
    this.models = [...locked, ...readAdapted(settings.folder).filter(({ id }) => !locked.some((model) => model.id === id))];
  }

  /** @throws {UserError} when no lock has an encoder of that name */
  find(id: string): LockedModel {
    const model = this.models.find((candidate) => candidate.id === id);
    if (model !== undefined) return model;
    throw new UserError(
      { code: "encoder-unknown", known: this.models.map((known) => known.id) },
      `There is no encoder named ${JSON.stringify(id)}`,
    );
  }

  /** The encoder with its key, from the lock alone: enough to read what it made earlier. */
  choose(id: string): ChosenEncoder {
    const spec = this.find(id);
    return { spec, key: encoderKey(createHash("sha256").update(encoderFingerprint(spec)).digest("hex")) };
  }

  /** What the encoder with that key is called today; undefined where no lock has it any more. */
  nameOf(key: EncoderKey): NamedEncoder | undefined {
    const spec = this.#withKey(key);
    return spec && nameEncoder({ spec, key });
  }

  /** The retired encoders that this one has taken the place of, in the order of the lock: the latest first. */
  predecessorsOf(id: string): readonly ChosenEncoder[] {
    return this.models.filter(({ source }) => source.kind === "retired" && source.successor === id).map((model) => this.choose(model.id));
  }

  /** Where the model's own files lie: all but those of the encoder that it was adapted from. */
  folderOf({ id, source }: LockedModel): string {
    return placeOf(source.kind === "embedded" ? EMBEDDED_MODELS : this.#root, id);
  }

  /**
   * Where one of the model's files is to be written; its folder is made.
   * @throws {UserError} when it cannot be, or a link leads elsewhere
   */
  placeFor({ id }: LockedModel, { path }: PinnedFile): string {
    return readyPlace(this.#root, placeOf(this.#root, id, path));
  }

  /** Whether every file is there with its size; says nothing of what is in it. */
  isInstalled(model: LockedModel): boolean {
    const base = this.#baseOf(model);
    if (base === undefined) return false;
    return (base === null || this.isInstalled(base)) && holds(this.folderOf(model), ownFiles(model));
  }

  /** @throws {UserError} naming the first file that is missing or not the pinned one, and how to get it */
  async verify(model: LockedModel): Promise<void> {
    const base = this.#baseOf(model);
    if (base === undefined || (base?.source.kind === "retired" && !this.isInstalled(base))) throw baseIsGone(model);
    if (base !== null) await this.verify(base);
    await verifyModelFiles(model, this.folderOf(model));
  }

  /** @throws {UserError} when the name is taken, or none that a folder can have on every system */
  requireFree(id: string): ModelId {
    if (!isModelId(id)) {
      throw new UserError(
        "encoder-name-unusable",
        `An encoder's name must be ${MODEL_ID_RULE}, and not a name reserved by a system, got ${JSON.stringify(id)}`,
      );
    }
    const taken = this.models.find((model) => model.id === id);
    if (taken === undefined) return id;
    throw new UserError(
      { code: "encoder-name-taken", id, isAdapted: taken.source.kind === "adapted" },
      `An encoder named ${id} already exists`,
    );
  }

  /** @returns the store with the new encoder in it */
  saveAdapted(adapted: Adapted): ModelStore {
    this.requireFree(adapted.id);
    writeAdapted(this.#root, adapted);
    return new ModelStore(this.#settings);
  }

  /** The encoder that one was adapted from: null for one that was not, undefined where there is none with that key any more. */
  #baseOf({ source }: LockedModel): LockedModel | null | undefined {
    if (source.kind !== "adapted") return null;
    const base = this.#withKey(source.baseKey);
    return base?.source.kind === "adapted" ? undefined : base;
  }

  #withKey(key: EncoderKey): LockedModel | undefined {
    return this.models.find(({ id }) => this.choose(id).key === key);
  }

  /**
   * The encoder with its files, each checked against its SHA-256 before any is opened as a model. A record of an earlier
   * check would be cheaper by milliseconds and would trust a clock.
   * @throws {UserError} naming the file that is missing or not the pinned one
   */
  async open(id: string): Promise<InstalledEncoder> {
    const model = this.find(id);
    await this.verify(model);
    const folder = this.folderOf(this.#baseOf(model) ?? model);
    return { ...this.choose(id), folder, map: readMap(this.folderOf(model), model) };
  }

  /** @throws {UserError} for an embedded model, which goes only with the package, and one of which nothing is here */
  async remove(model: LockedModel): Promise<void> {
    if (model.source.kind === "embedded") {
      throw new UserError("encoder-embedded", `${model.id} is part of dupfind and cannot be removed`);
    }
    if (lstatSync(this.folderOf(model), { throwIfNoEntry: false }) === undefined)
      throw new UserError("encoder-not-here", `${model.id} is not installed, so nothing was removed`);
    await removeModel(this.#root, model.id);
  }
}

/** All but those that belong to the encoder that it was adapted from. */
function ownFiles({ source, files, map }: LockedModel): readonly PinnedFile[] {
  return source.kind === "adapted" ? (map === null ? [] : [map]) : files;
}

function holds(folder: string, files: readonly PinnedFile[]): boolean {
  return files.every(({ path, bytes }) => sizeOf(join(folder, path)) === bytes);
}

function baseIsGone(model: LockedModel): UserError {
  const base = model.source.kind === "adapted" ? model.source.base : model.id;
  return new UserError(
    "base-encoder-gone",
    `${model.id} was adapted from an earlier ${base}, which this dupfind no longer has; its vectors can still be read`,
  );
}

function readLock(path: string, code: "own-model-lock-unreadable" | "added-model-lock-unreadable"): readonly LockedModel[] {
  return parseModelLock(readSmallJson(path, `The model lock ${path}`, code), path);
}

/** @throws {UserError} naming the first file that is missing or not the pinned one, and how to get it */
export async function verifyModelFiles(model: LockedModel, folder: string): Promise<void> {
  if (isAbsent(folder)) throw new UserError({ code: "model-file-unusable", model }, `The encoder ${model.id} is not installed`);
  for (const file of ownFiles(model)) {
    const fault = await faultOf(join(folder, file.path), file);
    if (fault !== null) throw new UserError({ code: "model-file-unusable", model }, `The model file ${join(folder, file.path)} ${fault}`);
  }
}

/** One that may not be looked at is none that is absent: its files say why they cannot be read. */
function isAbsent(folder: string): boolean {
  try {
    return lstatSync(folder, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}
