/**
 * The list of encoders.
 */
import type { LockedModel } from "../core/model-lock.ts";
import { byteSize } from "./words.ts";

export interface ListedModel {
  readonly model: LockedModel;
  readonly installed: boolean;
}

export function renderModelsText(listed: readonly ListedModel[]): string {
  return listed.map(({ model, installed }) => `${describe(model, installed)}\n`).join("\n");
}

function describe(model: LockedModel, installed: boolean): string {
  const { image, threshold, text } = model;
  return [
    `${model.id}  ${presence(model, installed)}`,
    `  ${model.about}.`,
    `  ${byteSize(sizeOf(model))}, ${image.dimensions} dimensions, licence ${model.licence}${text === null ? "" : ", searches by text"}`,
    `  threshold ${threshold.value} (${threshold.origin})`,
  ].join("\n");
}

function presence({ source }: LockedModel, installed: boolean): string {
  switch (source.kind) {
    case "embedded":
      return "embedded";
    case "download":
      return installed ? "installed" : "not here: dupfind models pull";
    case "import":
      return installed ? "installed" : "not here: dupfind models import";
    case "adapted":
      return installed
        ? `adapted from ${source.base}`
        : `adapted from ${source.base} as it was: dupfind models verify tells what is missing`;
    case "retired":
      return `replaced by ${source.successor}; its vectors can still be read`;
  }
}

export function renderModelsJson(listed: readonly ListedModel[]): string {
  const models = listed.map(({ model, installed }) => ({
    id: model.id,
    installed,
    source: model.source,
    bytes: sizeOf(model),
    dimensions: model.image.dimensions,
    licence: model.licence,
    text: model.text !== null,
    threshold: model.threshold,
  }));
  return `${JSON.stringify({ schemaVersion: 1, command: "models list", models }, null, 2)}\n`;
}

/** An adapted one's graph is its base's. */
function sizeOf({ files, map }: LockedModel): number {
  return files.reduce((sum, file) => sum + file.bytes, map?.bytes ?? 0);
}
