/**
 * The shared library as its tables.
 */
import {
  type ColumnKind,
  type FillingTables,
  LIBRARY_TABLES,
  TABLE_NAMES,
  type TableForm,
  type TableName,
  type TableRow,
  type TableSource,
  type TableTarget,
} from "../../core/library/library-tables.ts";
import { base64, givenRows, rowsParameter } from "./given-rows.ts";
import type { Changes, Parameter, Queries, Server } from "./server.ts";

const PAGE = 1_000;

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: "text",
  whole: "bigint",
  real: "double precision",
  flag: "boolean",
  bytes: "text",
};

export class ServerTableStore implements TableSource, TableTarget {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  rows(table: TableName): AsyncIterable<readonly TableRow[]> {
    return readRows(this.#server, table);
  }

  count(table: TableName): Promise<number> {
    return countRows(this.#server, table);
  }

  async isUsed(): Promise<boolean> {
    const row = await this.#server.row<{ readonly used: boolean }>(
      "SELECT EXISTS (SELECT 1 FROM root) OR EXISTS (SELECT 1 FROM content) AS used",
    );
    return row?.used === true;
  }

  fill<Result>(work: (filling: FillingTables) => Promise<Result>): Promise<Result> {
    return this.#server.transactionOnce(async (changes) => {
      const result = await work({
        count: (table) => countRows(changes, table),
        rows: (table) => readRows(changes, table),
        put: (table, rows) => putRows(changes, table, rows),
      });
      for (const table of TABLE_NAMES) await numberOn(changes, table);
      return result;
    });
  }
}

async function countRows(queries: Queries, table: TableName): Promise<number> {
  const row = await queries.row<{ readonly count: number }>(`SELECT count(*) FROM ${table}`);
  return row?.count ?? 0;
}

/** Text is ordered by its bytes, as the file orders it, whatever the column's own order. */
async function* readRows(queries: Queries, table: TableName): AsyncGenerator<readonly TableRow[]> {
  const { columns, key }: TableForm = LIBRARY_TABLES[table];
  const names = Object.keys(columns).join(", ");
  const order = key.map((name) => (columns[name] === "text" ? `${name} COLLATE "C"` : name)).join(", ");
  const behind = `WHERE (${order}) > (${key.map((_, at) => `$${at + 2}`).join(", ")})`;
  for (let last: TableRow | undefined; ; ) {
    const after: TableRow | undefined = last;
    const values = after === undefined ? [] : key.map((name) => after[name] as Parameter);
    const page: readonly TableRow[] = await queries.rows<TableRow>(
      `SELECT ${names} FROM ${table} ${after === undefined ? "" : behind} ORDER BY ${order} LIMIT $1`,
      [PAGE, ...values],
    );
    last = page.at(-1);
    if (last === undefined) return;
    yield page;
  }
}

async function putRows(changes: Changes, table: TableName, rows: readonly TableRow[]): Promise<void> {
  const { columns }: TableForm = LIBRARY_TABLES[table];
  const names = Object.keys(columns);
  const given = names.map((name) => `${name} ${TYPES[columns[name] as ColumnKind]}`).join(", ");
  const read = names.map((name) => (columns[name] === "bytes" ? `decode(${name}, 'base64')` : name)).join(", ");
  const texts = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? base64(value) : value])),
  );
  await changes.change(`INSERT INTO ${table} (${names.join(", ")}) OVERRIDING SYSTEM VALUE SELECT ${read} FROM ${givenRows(given)}`, [
    rowsParameter(texts),
  ]);
}

/** What is numbered next gets a number behind those that were copied. */
async function numberOn(changes: Changes, table: TableName): Promise<void> {
  const { numbered }: TableForm = LIBRARY_TABLES[table];
  if (numbered === null) return;
  await changes.rows(
    `SELECT setval(pg_get_serial_sequence($1, $2), coalesce((SELECT max(${numbered}) FROM ${table}), 1), EXISTS (SELECT 1 FROM ${table}))`,
    [table, numbered],
  );
}
