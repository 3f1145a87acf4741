/**
 * The library's file as its tables.
 */
import {
  type FillingTables,
  LIBRARY_TABLES,
  type TableForm,
  type TableName,
  type TableRow,
  type TableSource,
  type TableTarget,
  type TableValue,
} from "../../core/library/library-tables.ts";
import type { Sqlite } from "./sqlite.ts";

const PAGE = 1_000;

type Stored = string | number | Uint8Array | null;

export class TableDatabase implements TableSource, TableTarget {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  async *rows(table: TableName): AsyncGenerator<readonly TableRow[]> {
    const { columns, key }: TableForm = LIBRARY_TABLES[table];
    const [names, order] = [Object.keys(columns).join(", "), key.join(", ")];
    const first = this.#db.prepare<[number], Record<string, Stored>>(`SELECT ${names} FROM ${table} ORDER BY ${order} LIMIT ?`);
    const next = this.#db.prepare<Stored[], Record<string, Stored>>(
      `SELECT ${names} FROM ${table} WHERE (${order}) > (${key.map(() => "?").join(", ")}) ORDER BY ${order} LIMIT ?`,
    );
    for (let last: Record<string, Stored> | undefined; ; ) {
      const after: Record<string, Stored> | undefined = last;
      const page = after === undefined ? first.all(PAGE) : next.all(...key.map((name) => after[name] ?? null), PAGE);
      last = page.at(-1);
      if (last === undefined) return;
      yield page.map((row) => mapped(row, (value, name) => (columns[name] === "flag" && value !== null ? value === 1 : value)));
    }
  }

  async count(table: TableName): Promise<number> {
    return this.#db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  }

  async isUsed(): Promise<boolean> {
    return ["root", "content"].some((table) => this.#db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined);
  }

  async fill<Result>(work: (filling: FillingTables) => Promise<Result>): Promise<Result> {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = await work({
        count: (table) => this.count(table),
        rows: (table) => this.rows(table),
        put: async (table, rows) => this.#put(table, rows),
      });
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  #put(table: TableName, rows: readonly TableRow[]): void {
    const names = Object.keys(LIBRARY_TABLES[table].columns);
    const put = this.#db.prepare<Stored[]>(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`);
    for (const row of rows) put.run(...names.map((name) => storedOf(row[name] ?? null)));
  }
}

function storedOf(value: TableValue): Stored {
  return typeof value === "boolean" ? Number(value) : value;
}

function mapped<Value, Other>(
  row: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Other,
): Readonly<Record<string, Other>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value, name)]));
}
