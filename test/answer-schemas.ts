/**
 * The published JSON Schemas of the answers, held more tightly than they are published: a field that no schema names is a fault.
 */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const FOLDER = new URL("../docs/reference/json/", import.meta.url);
const ENDING = ".schema.json";

/** "scan", "models list", "decisions export", …, "error". */
export const SCHEMA_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length).replace(/^(models|decisions)-/, "$1 "));

/** @param name a command, or "error" */
export function answerSchema(name: string): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL(`${name.replaceAll(" ", "-")}${ENDING}`, FOLDER), "utf8"));
  return new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(closed(schema) as object);
}

/** Published schemas leave room for new fields, so that a reader of today takes the answers of tomorrow. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
  return "required" in parts && "properties" in parts && !("additionalProperties" in parts)
    ? { ...parts, additionalProperties: false }
    : parts;
}
