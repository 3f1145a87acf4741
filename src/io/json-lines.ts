/**
 * A file of a user's own that is only ever added to: one JSON value a line, each on the disk before the next thing is done. A line that a
 * kill or a full disk cut off is left behind, and does no harm to those after it.
 */
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { type PlainFault, UserError } from "../core/errors.ts";
import { FormFault } from "../core/text/json-form.ts";
import { reasonOf } from "./system-errors.ts";

export interface ReadLines<Value> {
  readonly values: readonly Value[];
  /** Lines that are no such value; empty ones are none. */
  readonly unreadable: number;
}

/** Nothing where there is no such file. @param parse throws a FormFault for what is not one */
export async function readJsonLines<Value>(path: string, parse: (json: unknown) => Value): Promise<ReadLines<Value>> {
  const values: Value[] = [];
  let unreadable = 0;
  if (!existsSync(path)) return { values, unreadable };
  const input = createReadStream(path, "utf8");
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    try {
      values.push(parse(JSON.parse(line)));
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof FormFault)) throw error;
      unreadable++;
    }
  }
  return { values, unreadable };
}

/** Whole or not at all, as far as the disk allows: what was begun of a line is taken back where the rest finds no room. */
export function appendJsonLines(path: string, values: readonly object[]): void {
  if (values.length === 0) return;
  const isNew = !existsSync(path);
  if (isNew) mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "a+");
  try {
    const { size } = fstatSync(file);
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
    const bytes = Buffer.from(endsInNewline(file, size) ? text : `\n${text}`);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } catch (error) {
      ftruncateSync(file, size);
      throw error;
    }
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

/** Such a file, with faults that say which of the user's files it is. */
export class JsonLinesFile<Value extends object> {
  readonly #path: string;
  readonly #parse: (json: unknown) => Value;
  readonly #faults: LinesFaults;

  constructor(path: string, parse: (json: unknown) => Value, faults: LinesFaults) {
    this.#path = path;
    this.#parse = parse;
    this.#faults = faults;
  }

  /** @throws {UserError} where it is there and cannot be read */
  async read(): Promise<ReadLines<Value>> {
    try {
      return await readJsonLines(this.#path, this.#parse);
    } catch (error) {
      throw new UserError(this.#faults.unreadable, `${this.#path} cannot be read (${reasonOf(error)})`, { cause: error });
    }
  }

  /** On the disk when it returns. @throws {UserError} where it cannot be written */
  append(values: readonly Value[]): void {
    try {
      appendJsonLines(this.#path, values);
    } catch (error) {
      throw new UserError(this.#faults.unwritable, `${this.#path} cannot be written (${reasonOf(error)})`, { cause: error });
    }
  }
}

export interface LinesFaults {
  readonly unreadable: PlainFault;
  readonly unwritable: PlainFault;
}

function endsInNewline(file: number, size: number): boolean {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() === "\n";
}

/** Its name is on the disk too. Some systems have no such call, and need none. */
function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {}
}
