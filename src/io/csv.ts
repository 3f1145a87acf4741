/**
 * Reads CSV files as spreadsheets and programs write them. Only user of csv-parse.
 */
import { readFileSync } from "node:fs";
import { CsvError, type Info, parse } from "csv-parse/sync";
import { UserError } from "../core/errors.ts";
import type { CsvRow } from "../core/text/csv-rows.ts";
import { reasonOf } from "./system-errors.ts";

const DELIMITERS = [",", ";", "\t"];

/**
 * Rows of UTF-8 text, empty lines left out; whether a row has as many fields as the first is the reader's to say.
 * @throws {UserError} when the file cannot be read, is not UTF-8, or its quotes do not close
 */
export function readCsv(path: string): readonly CsvRow[] {
  const text = readText(path);
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: Info }[]; // what "info" makes of the rows
    return rows.map(({ record, info }) => ({ line: info.lines, fields: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError("csv-not-csv", `${path} is not CSV: ${error.message}`);
  }
}

function readText(path: string): string {
  const bytes = readBytes(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Read as UTF-8 all the same, its names would be those of other files.
    throw new UserError("csv-not-text", `${path} is not text in UTF-8`);
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError("csv-unreadable", `${path} cannot be read (${reasonOf(error)})`, { cause: error });
  }
}

/** The one the first line has most of: a spreadsheet writes what its country is used to. */
function delimiterOf(text: string): string {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
