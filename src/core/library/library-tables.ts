/**
 * The library as its tables, the same in every engine: for copying one as it stands, with its numbers.
 */

/** How a column's values are kept: both engines have each of them exactly. */
export type ColumnKind = "text" | "whole" | "real" | "flag" | "bytes";

export type TableValue = string | number | boolean | Uint8Array | null;
export type TableRow = Readonly<Record<string, TableValue>>;

export interface TableForm {
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** Columns that tell one row from another; rows are read in their order. */
  readonly key: readonly string[];
  /** The column that the engine numbers by itself; null for none. */
  readonly numbered: string | null;
}

const stamp = { modified_ms: "real", changed_ms: "real" } as const;

/** Each behind those that its rows refer to. What is under way (comparisons, who reads what) is not in them. */
export const LIBRARY_TABLES = {
  setting: { columns: { name: "text", value: "text" }, key: ["name"], numbered: null },
  encoder: {
    columns: { id: "whole", key: "text", model: "text", dimensions: "whole", compared_through: "whole" },
    key: ["id"],
    numbered: "id",
  },
  content: {
    columns: {
      id: "whole",
      hash: "text",
      bytes: "whole",
      width: "whole",
      height: "whole",
      format: "text",
      taken_at: "text",
      camera: "text",
      frame_number: "real",
      frame_id: "text",
      saved_at: "text",
      saved_by: "text",
      pixels_hash: "text",
      exif_fields: "whole",
      bits: "whole",
      has_place: "flag",
      editor: "flag",
      inside: "text",
      whole: "flag",
      facts_version: "whole",
    },
    key: ["id"],
    numbered: "id",
  },
  embedding: {
    columns: { seq: "whole", encoder_id: "whole", content_id: "whole", detail: "real", vector: "bytes" },
    key: ["seq"],
    numbered: "seq",
  },
  pair: {
    columns: { encoder_id: "whole", similarity: "real", a: "whole", b: "whole" },
    key: ["encoder_id", "similarity", "a", "b"],
    numbered: null,
  },
  scan: { columns: { id: "whole", started_at: "text" }, key: ["id"], numbered: "id" },
  root: { columns: { path: "text", exclude: "text", follow_links: "flag", walked: "flag" }, key: ["path"], numbered: null },
  photo: {
    columns: { path: "text", content_id: "whole", ...stamp, file_id: "text", missing: "flag", scan: "whole" },
    key: ["path"],
    numbered: null,
  },
  pending: { columns: { path: "text", bytes: "whole", ...stamp, file_id: "text", scan: "whole" }, key: ["path"], numbered: null },
  skipped: {
    columns: { path: "text", reason: "text", detail: "text", bytes: "whole", ...stamp, attempt: "text", scan: "whole" },
    key: ["path"],
    numbered: null,
  },
  side_file: { columns: { path: "text", bytes: "whole", scan: "whole" }, key: ["path"], numbered: null },
  left_out: { columns: { path: "text", reason: "text", scan: "whole" }, key: ["path"], numbered: null },
  calibration: { columns: { encoder_id: "whole", made_at: "text", document: "text" }, key: ["encoder_id"], numbered: null },
  canary: {
    columns: {
      encoder_id: "whole",
      name: "text",
      format: "text",
      file: "bytes",
      pixels_hash: "text",
      sample: "bytes",
      vector: "bytes",
    },
    key: ["encoder_id", "name", "format"],
    numbered: null,
  },
  canary_check: {
    columns: { id: "whole", encoder_id: "whole", checked_at: "text", versions: "text", verdict: "text", findings: "text" },
    key: ["id"],
    numbered: "id",
  },
  look: {
    columns: { one: "whole", other: "whole", version: "whole", document: "text" },
    key: ["one", "other"],
    numbered: null,
  },
} as const satisfies Readonly<Record<string, TableForm>>;

export type TableName = keyof typeof LIBRARY_TABLES;

export const TABLE_NAMES = Object.keys(LIBRARY_TABLES) as readonly TableName[];

/** A library that is read table by table. */
export interface TableSource {
  count(table: TableName): Promise<number>;
  /** In pages, in the order of the table's key. */
  rows(table: TableName): AsyncIterable<readonly TableRow[]>;
}

/** A library that holds nothing yet, and takes in another. */
export interface TableTarget {
  /** Whether something was scanned into it already. */
  isUsed(): Promise<boolean>;
  /** All that the work puts into it, or nothing. The work may be done again from its beginning. */
  fill<Result>(work: (filling: FillingTables) => Promise<Result>): Promise<Result>;
}

/** What was put so far can be read back before it is kept. */
export interface FillingTables extends TableSource {
  put(table: TableName, rows: readonly TableRow[]): Promise<void>;
}

export interface CopiedTable {
  readonly table: TableName;
  readonly rows: number;
  /** Of all its rows, as both libraries have them. */
  readonly hash: string;
}
