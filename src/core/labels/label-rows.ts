/**
 * Reads rows of labelled pairs, as people and programs write them: two columns of paths and one that says whether they are the
 * same picture.
 */
import { UserError } from "../errors.ts";
import type { LabelledPair } from "../pairs/labelled-pair.ts";
import type { CsvRow } from "../text/csv-rows.ts";
import type { PhotoPath } from "../units.ts";

/** One row that cannot be used, and why. */
export interface RowFault {
  readonly line: number;
  readonly fault: string;
}

/**
 * Names are compared without case, spaces, dashes, underscores and question marks, and without words for a photo: "Image 1",
 * "img1_path" and "1" are one.
 */
const THINGS = /path|file|image|img|photo|picture|pic|name/g;

const FIRST = /^(?:a|1|one|first|left|source|original|query)$/;

const SECOND = /^(?:b|2|two|second|right|other|target|copy|reference)$/;

const LABEL = /^(?:label|(?:are|is)?(?:the)?(?:same|duplicates?|dup|dupe|match)|(?:ground)?truth|gt|verdict|answer|class)$/;

const SAME = /^(?:\+?1(?:\.0+)?|true|t|yes|y|(?:the)?same|(?:a)?duplicates?|dup|dupe|match|copy|positive)$/;

const DIFFERENT =
  /^(?:-1(?:\.0+)?|0(?:\.0+)?|false|f|no|n|different|distinct|diff|(?:not?|non)(?:the|an?)?(?:same|duplicates?|dup|dupe|match)|unique|negative)$/;

const FAULTS_SHOWN = 20;

/**
 * @param resolve makes a path absolute
 * @returns each pair once, in the order of the file
 * @throws {UserError} that lists the first rows that cannot be used and counts the others, or says that one answer is missing
 */
export function readLabels(rows: readonly CsvRow[], file: string, resolve: (path: string) => PhotoPath): readonly LabelledPair[] {
  const pairs = readAnswers(rows, file, resolve);
  requireBothAnswers(pairs, file);
  return pairs;
}

/** The same for labels that are still being made: one answer may be missing. */
export function readAnswers(rows: readonly CsvRow[], file: string, resolve: (path: string) => PhotoPath): readonly LabelledPair[] {
  const [header, ...lines] = rows;
  const columns = findColumns(header?.fields ?? [], file);
  const faults: RowFault[] = [];
  const known = new Map<string, LabelledPair>();
  for (const row of lines) {
    const read = readRow(row, columns, header?.fields.length ?? 0, resolve);
    if ("fault" in read) faults.push(read);
    else {
      const key = [read.a, read.b].sort().join("\0");
      const earlier = known.get(key);
      if (earlier === undefined) known.set(key, read);
      else if (earlier.same !== read.same) {
        const word = (same: boolean) => (same ? "the same" : "different");
        faults.push({ line: row.line, fault: `calls a pair ${word(read.same)} that line ${earlier.line} calls ${word(earlier.same)}` });
      }
    }
  }
  refuseFaults(file, faults, "label-rows-unusable");
  return [...known.values()];
}

/** Whether rows of a path, a path and a label can be added below this line. */
export function takesAnswers(header: string, file: string): boolean {
  const { a, b, label } = findColumns(header.split(","), file);
  return header.split(",").length === 3 && a === 0 && b === 1 && label === 2;
}

/** @throws {UserError} naming the file and the first faults, where there are any */
export function refuseFaults(file: string, faults: readonly RowFault[], code: "label-rows-unusable" | "labelled-photos-unreadable"): void {
  if (faults.length === 0) return;
  const shown = [...faults].sort((one, other) => one.line - other.line).slice(0, FAULTS_SHOWN);
  const rest = faults.length - shown.length;
  const lines = [...shown.map(({ line, fault }) => `line ${line}: ${fault}`), ...(rest > 0 ? [`and ${rest} more`] : [])];
  throw new UserError(code, `${faults.length} of the rows in ${file} cannot be used:\n  ${lines.join("\n  ")}`);
}

/** @throws {UserError} when all pairs have one answer: no threshold can be told from that */
export function requireBothAnswers(pairs: readonly { readonly same: boolean }[], file: string): void {
  if (pairs.length === 0) throw new UserError("labels-one-sided", `There is no pair in ${file} that a threshold decides`);
  for (const same of [true, false]) {
    if (pairs.some((pair) => pair.same === same)) continue;
    const [labelled, missing] = same ? ["different", "the same"] : ["the same", "different"];
    throw new UserError("labels-one-sided", `All pairs in ${file} that a threshold decides are labelled ${labelled}, none ${missing}`);
  }
}

interface Columns {
  readonly a: number;
  readonly b: number;
  readonly label: number;
}

function findColumns(names: readonly string[], file: string): Columns {
  const plain = names.map(plainName);
  const find = (pattern: RegExp) => plain.findIndex((name) => pattern.test(name));
  const columns = { a: find(FIRST), b: find(SECOND), label: find(LABEL) };
  if (Math.min(...Object.values(columns)) >= 0) return columns;
  throw new UserError(
    "label-columns-unknown",
    `The first line of ${file} must name two columns of paths and one of labels, got ${JSON.stringify(names.join(","))}`,
  );
}

function readRow(
  { line, fields }: CsvRow,
  columns: Columns,
  columnCount: number,
  resolve: (path: string) => PhotoPath,
): LabelledPair | RowFault {
  if (fields.length !== columnCount) return { line, fault: `has ${fields.length} columns, the first line has ${columnCount}` };
  const [a = "", b = "", label = ""] = [fields[columns.a], fields[columns.b], fields[columns.label]];
  if (a === "" || b === "") return { line, fault: "a path is missing" };
  const word = plainLabel(label);
  if (!SAME.test(word) && !DIFFERENT.test(word)) return { line, fault: `the label ${JSON.stringify(label)} is neither same nor different` };
  const pair = { a: resolve(a), b: resolve(b), same: SAME.test(word), line };
  return pair.a === pair.b ? { line, fault: `both paths are ${pair.a}` } : pair;
}

function plainName(text: string): string {
  const plain = text.toLowerCase().replace(/[\s_?-]/g, "");
  return plain.replace(THINGS, "");
}

/** A dash before a figure is a sign: -1 is no 1. */
function plainLabel(text: string): string {
  return text.toLowerCase().replace(/[\s_]|-(?!\d)/g, "");
}
