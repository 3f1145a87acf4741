/**
 * Copies a library table by table, and keeps the copy only where it reads back as what was read: the same rows, by their number and a hash.
 */
import {
  type CopiedTable,
  LIBRARY_TABLES,
  TABLE_NAMES,
  type TableName,
  type TableRow,
  type TableSource,
  type TableTarget,
} from "../../core/library/library-tables.ts";
import type { OnProgress } from "../../core/progress.ts";
import { toBase64 } from "../../core/text/base64.ts";

/** A hash of texts that are added one after the other. */
export interface Digest {
  add(text: string): void;
  /** Hex. */
  end(): string;
}

export interface CopyPorts {
  readonly source: TableSource;
  readonly target: TableTarget;
  readonly createDigest: () => Digest;
  /** When it fires, nothing is kept. */
  readonly stop: AbortSignal;
  readonly onProgress: OnProgress;
}

/** What was read back is not what was written. */
export class CopyDiffers extends Error {
  readonly table: TableName;

  constructor(table: TableName) {
    super(`The copy of the table ${table} differs from the table`);
    this.table = table;
  }
}

/** @returns null where it was stopped */
export async function copyTables({ source, target, createDigest, stop, onProgress }: CopyPorts): Promise<readonly CopiedTable[] | null> {
  try {
    return await target.fill(async (filling) => {
      let [done, total] = [0, 0];
      for (const table of TABLE_NAMES) total += await source.count(table);
      const copied: CopiedTable[] = [];
      for (const table of TABLE_NAMES) {
        const sum = summing(table, createDigest());
        for await (const page of source.rows(table)) {
          if (stop.aborted) throw new Stopped();
          sum.add(page);
          await filling.put(table, page);
          done += page.length;
          onProgress({ step: "copy", done, total });
        }
        copied.push(sum.end());
      }
      for (const original of copied) {
        const sum = summing(original.table, createDigest());
        for await (const page of filling.rows(original.table)) sum.add(page);
        const { rows, hash } = sum.end();
        if (rows !== original.rows || hash !== original.hash) throw new CopyDiffers(original.table);
      }
      return copied;
    });
  } catch (error) {
    if (error instanceof Stopped) return null;
    throw error;
  }
}

class Stopped extends Error {}

function summing(table: TableName, digest: Digest) {
  let rows = 0;
  const columns = Object.keys(LIBRARY_TABLES[table].columns);
  return {
    add: (page: readonly TableRow[]) => {
      rows += page.length;
      for (const row of page) digest.add(`${JSON.stringify(columns.map((name) => plain(row[name] ?? null)))}\n`);
    },
    end: (): CopiedTable => ({ table, rows, hash: digest.end() }),
  };
}

function plain(value: TableRow[string]) {
  return value instanceof Uint8Array ? toBase64(value) : (value ?? null);
}
