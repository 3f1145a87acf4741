import { expect, test } from "vitest";
import type { FillingTables, TableName, TableRow, TableSource, TableTarget } from "../../../src/core/library/library-tables.ts";
import { copyTables, type Digest } from "../../../src/pipeline/library/copy-tables.ts";

const SETTINGS: readonly TableRow[] = [
  { name: "looked", value: "1 ab" },
  { name: "model", value: "one" },
];

/** Everything it was given, as it was given it. */
const createDigest = (): Digest => {
  let all = "";
  return {
    add: (text) => {
      all += text;
    },
    end: () => all,
  };
};

const source: TableSource = {
  count: async (table) => (table === "setting" ? SETTINGS.length : 0),
  rows: async function* (table) {
    if (table === "setting") yield* SETTINGS.map((row) => [row]);
  },
};

/** @param kept what becomes of a row on its way into the tables */
function targetThat(kept: (row: TableRow) => readonly TableRow[]) {
  const tables = new Map<TableName, readonly TableRow[]>();
  const filling: FillingTables = {
    count: async (table) => (tables.get(table) ?? []).length,
    rows: async function* (table) {
      yield tables.get(table) ?? [];
    },
    put: async (table, rows) => void tables.set(table, [...(tables.get(table) ?? []), ...rows.flatMap(kept)]),
  };
  const target: TableTarget = { isUsed: async () => false, fill: (work) => work(filling) };
  return { target, tables };
}

const copyInto = (target: TableTarget, stop = new AbortController().signal) =>
  copyTables({ source, target, createDigest, stop, onProgress: () => {} });

test("a copy holds the same rows, by number and hash", async () => {
  const { target, tables } = targetThat((row) => [row]);
  const copied = await copyInto(target);
  expect(tables.get("setting")).toEqual(SETTINGS);
  expect(copied?.find(({ table }) => table === "setting")).toEqual({
    table: "setting",
    rows: 2,
    hash: '["looked","1 ab"]\n["model","one"]\n',
  });
});

test.each<readonly [string, (row: TableRow) => readonly TableRow[]]>([
  ["lacks a row", (row) => (row["name"] === "model" ? [] : [row])],
  ["has a row twice", (row) => [row, row]],
  ["has another value", (row) => [{ ...row, value: "two" }]],
])("a copy that %s is not kept", async (_, kept) => {
  await expect(copyInto(targetThat(kept).target)).rejects.toThrow("The copy of the table setting differs");
});

test("a copy that is stopped comes to nothing", async () => {
  expect(await copyInto(targetThat((row) => [row]).target, AbortSignal.abort())).toBeNull();
});
