/**
 * The columns of a content that tell what its file says of it, with the types that the server reads them with.
 */
import { FACT_COLUMNS } from "../library/fact-columns.ts";

const TYPES: Readonly<Record<(typeof FACT_COLUMNS)[number], string>> = {
  width: "integer",
  height: "integer",
  format: "text",
  taken_at: "text",
  camera: "text",
  frame_number: "double precision",
  frame_id: "text",
  saved_at: "text",
  saved_by: "text",
  pixels_hash: "text",
  exif_fields: "integer",
  bits: "integer",
  has_place: "boolean",
  editor: "boolean",
  inside: "text",
  whole: "boolean",
  facts_version: "integer",
};

export const FACT_TYPES = FACT_COLUMNS.map((name) => `${name} ${TYPES[name]}`).join(", ");

/** Behind ON CONFLICT … DO UPDATE SET. */
export const SET_EXCLUDED_FACTS = FACT_COLUMNS.map((name) => `${name} = excluded.${name}`).join(", ");

/** Behind UPDATE … SET, of rows that are given. */
export const SET_GIVEN_FACTS = FACT_COLUMNS.map((name) => `${name} = given.${name}`).join(", ");
