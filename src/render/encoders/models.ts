/**
 * The list of encoders.
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { LockedModel } from "../../core/encoders/model-lock.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { byteSize, shownThreshold } from "../words.ts";

export interface ListedModel {
  readonly model: LockedModel;
  readonly installed: boolean;
}

/** As many columns as the package's own names and the word of a threshold take: with them a terminal of 80 × 24 shows all. */
const NAMES_AT_LEAST = 25;
const THRESHOLDS = 19;

export function renderModelsText(listed: readonly ListedModel[]): string {
  const names = Math.max(NAMES_AT_LEAST, ...listed.map(({ model }) => encoderTitle(model).length + 1));
  const head = `${"encoder".padEnd(names)}${"size".padStart(7)}${"dims".padStart(6)}  ${"threshold".padEnd(THRESHOLDS)}where`;
  const models = listed.flatMap(({ model, installed }) => {
    const { image, threshold } = model;
    const figures = `${byteSize(sizeOf(model)).padStart(7)}${String(image.dimensions).padStart(6)}`;
    const used = `${shownThreshold(threshold.value)} ${threshold.origin}`.padEnd(THRESHOLDS);
    return [`${encoderTitle(model).padEnd(names)}${figures}  ${used}${presence(model, installed)}`, `  ${about(model, installed)}`];
  });
  return `${[head, ...models, ...howToFetch(listed)].join("\n")}\n`;
}

function presence({ source: { kind } }: LockedModel, installed: boolean): string {
  switch (kind) {
    case "embedded":
    case "retired":
      return kind;
    case "download":
      return installed ? "installed" : "not installed: pull";
    case "import":
      return installed ? "installed" : "not installed: import";
    case "adapted":
      return installed ? "adapted" : "incomplete";
  }
}

function about({ id, source, about, licence, text }: LockedModel, installed: boolean): string {
  if (source.kind === "retired") return `Replaced by ${source.successor}; its vectors can still be read`;
  if (source.kind === "adapted" && !installed) {
    return `Adapted from an earlier ${source.base}: dupfind models verify ${id} shows what is missing`;
  }
  return `${about} (${licence}${text === null ? "" : ", searches by text"})`;
}

/** What to type for those that are not here; nothing where all are. */
function howToFetch(listed: readonly ListedModel[]): readonly string[] {
  const missing = new Set(listed.filter(({ installed }) => !installed).map(({ model }) => model.source.kind));
  return [
    ...(missing.has("download") ? ["pull: dupfind models pull <encoder>"] : []),
    ...(missing.has("import") ? ["import: dupfind models import <path> (see docs/guide/models.md)"] : []),
  ];
}

export function renderModelsJson(listed: readonly ListedModel[]): string {
  const models = listed.map(({ model, installed }) => ({
    id: model.id,
    version: model.version,
    about: model.about,
    installed,
    source: model.source,
    bytes: sizeOf(model),
    dimensions: model.image.dimensions,
    licence: model.licence,
    text: model.text !== null,
    threshold: model.threshold,
  }));
  return renderJsonAnswer("models list", { models });
}

export function renderPullJson(ids: readonly string[]): string {
  return renderJsonAnswer("models pull", { ready: ids });
}

/** @param found names */
export function renderImportJson(found: { readonly imported: readonly string[]; readonly alreadyHere: readonly string[] }): string {
  return renderJsonAnswer("models import", { ready: found.imported, alreadyHere: found.alreadyHere });
}

export function renderVerificationJson(ids: readonly string[]): string {
  return renderJsonAnswer("models verify", { verified: ids });
}

export function renderRemovalJson(id: string): string {
  return renderJsonAnswer("models remove", { removed: id });
}

/** An adapted one's graph is its base's. */
function sizeOf({ files, map }: LockedModel): number {
  return files.reduce((sum, file) => sum + file.bytes, map?.bytes ?? 0);
}
