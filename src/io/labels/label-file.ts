/**
 * The CSV of answers: each is on the disk before the next question is asked, and what stands in the file stays as it is.
 */
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../../core/errors.ts";
import type { Label } from "../../core/labels/question.ts";
import { csvLine } from "../../core/text/csv.ts";
import { reasonOf } from "../system-errors.ts";

const COLUMNS = ["a", "b", "same"];

export class LabelFile {
  readonly #path: string;
  /** Lines of this run, the last one at the end. */
  readonly #lines: string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** Null for a file that is not there or has nothing in it. */
  header(): string | null {
    if (!existsSync(this.#path)) return null;
    const [line = ""] = readFileSync(this.#path, "utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/, 1);
    return line === "" ? null : line;
  }

  /** @throws {UserError} where no file can be, or what is there is none: better told before the first question than at its answer */
  requirePlace(): void {
    const folder = dirname(this.#path);
    if (!existsSync(folder)) throw new UserError("label-folder-missing", `The folder ${folder} does not exist`);
    const found = statSync(this.#path, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new UserError("label-place-no-file", `${this.#path} is a folder`);
    // Answers are read again and taken back, which a pipe or a device allows neither.
    if (found?.isFile() === false) throw new UserError("label-place-no-file", `${this.#path} is a pipe or a device, not a file`);
  }

  /** @throws {UserError} when the file cannot be written to */
  append({ a, b, same }: Label): void {
    const line = csvLine([a, b, same ? "1" : "0"]);
    this.#write((file, size) => {
      const start = size === 0 ? csvLine(COLUMNS) : endsInNewline(file, size) ? "" : "\r\n";
      writeSync(file, start + line, size);
    });
    this.#lines.push(line);
  }

  /**
   * Cuts the last line of this run off.
   * @throws {UserError} when something else was written behind it
   */
  takeBack(): void {
    const line = this.#lines.pop();
    if (line === undefined) return;
    const length = Buffer.byteLength(line);
    this.#write((file, size) => {
      if (size < length || read(file, size - length, length) !== line)
        throw new UserError("label-file-changed", `${this.#path} was changed by something else, so the last answer was not removed`);
      ftruncateSync(file, size - length);
    });
  }

  #write(work: (file: number, size: number) => void): void {
    let file: number | null = null;
    try {
      file = openSync(this.#path, "a+");
      work(file, fstatSync(file).size);
      fsyncSync(file);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError("label-file-unwritable", `${this.#path} cannot be written (${reasonOf(error)})`, { cause: error });
    } finally {
      if (file !== null) closeSync(file);
    }
  }
}

function endsInNewline(file: number, size: number): boolean {
  return read(file, size - 1, 1) === "\n";
}

function read(file: number, from: number, length: number): string {
  const bytes = Buffer.alloc(length);
  return bytes.toString("utf8", 0, readSync(file, bytes, 0, length, from));
}
