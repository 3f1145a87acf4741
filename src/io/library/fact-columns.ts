/**
 * The columns of a content that tell what its file says of it.
 */
import { FACTS_VERSION, type PictureFacts } from "../../core/photos/photo.ts";
import { TAKEN_COLUMNS, takenColumns } from "./taken-picture.ts";

/** By their names. */
export function factColumns(facts: PictureFacts) {
  const { width, height, format, exifFields, bits, hasPlace, editor, inside, isWhole } = facts;
  return {
    width,
    height,
    format,
    ...takenColumns(facts),
    exif_fields: exifFields,
    bits,
    has_place: hasPlace === null ? null : Number(hasPlace),
    editor: editor === null ? null : Number(editor),
    inside: inside === null ? null : JSON.stringify(inside),
    whole: isWhole === null ? null : Number(isWhole),
    facts_version: FACTS_VERSION,
  };
}

export const FACT_COLUMNS = [
  "width",
  "height",
  "format",
  ...TAKEN_COLUMNS,
  "exif_fields",
  "bits",
  "has_place",
  "editor",
  "inside",
  "whole",
  "facts_version",
] as const satisfies readonly (keyof ReturnType<typeof factColumns>)[];
export const SET_FACTS = FACT_COLUMNS.map((name) => `${name} = :${name}`).join(", ");
