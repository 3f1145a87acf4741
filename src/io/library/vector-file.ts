/**
 * An encoder's vectors in a file beside the library, one behind the other: a search reads them four times as fast as row
 * by row out of the database. Holds nothing that the library does not, and may be deleted at any time.
 *
 *     header     JSON, filled up with blanks to 4096 bytes
 *     ids        float64 [rows], the contents' ids in the library
 *     vectors    float32 [rows, dimensions], little-endian
 *     checksums  uint32 [1 + blocks], of the ids and of each block of vectors: what does not come to its own is not used
 */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { UserError } from "../../core/errors.ts";
import { checksumOf } from "../../core/library/checksum.ts";
import type { VectorBlock } from "../../core/library/vectors.ts";
import { type LibraryLock, lockFile } from "./sqlite.ts";
import { rowsPerBlock } from "./vector-blob.ts";

const FORM = 2;
const HEADER_BYTES = 4096;
const ID_BYTES = Float64Array.BYTES_PER_ELEMENT;
const VALUE_BYTES = Float32Array.BYTES_PER_ELEMENT;
const CHECKSUM_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** What is in a file, and of which state of the library: the file serves only where the library says the same of itself. */
export interface VectorFileFacts {
  readonly encoderKey: string;
  readonly dimensions: number;
  readonly rows: number;
  /** Number of the last embedding in it; the library never gives a number twice. */
  readonly throughSeq: number;
  /** SHA-256 of that embedding's content; null where there is none any more. */
  readonly lastHash: string | null;
  /** The newest scan when the file was made: a library put back from a backup has had another scan, or none, of that number. */
  readonly scan: number;
  readonly scanStartedAt: string | null;
}

export interface VectorFile {
  readonly facts: VectorFileFacts;
  /** In order, up to the first that is not what was written. @returns how many rows were */
  blocks(): Generator<VectorBlock, number>;
  close(): void;
}

/** @returns null where there is no such file, or none of this form and whole */
export function openVectorFile(path: string): VectorFile | null {
  const file = openOrNull(path);
  if (file === null) return null;
  const facts = readFacts(file);
  if (facts === null) {
    closeSync(file);
    return null;
  }
  return { facts, blocks: () => readBlocks(file, facts), close: () => closeSync(file) };
}

/** Drops a file that is not what was written; the next search makes it anew. One that cannot be dropped is met again, and harmless. */
export function discardVectorFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (!isSystemFault(error)) throw error;
  }
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch {
    return null;
  }
}

function readFacts(file: number): VectorFileFacts | null {
  try {
    const header = new Uint8Array(HEADER_BYTES);
    if (!readWhole(file, header, 0)) return null;
    const { form, ...facts } = JSON.parse(new TextDecoder().decode(header)) as VectorFileFacts & { readonly form: number };
    return form === FORM && fstatSync(file).size === checksumsAt(facts) + (1 + blockCount(facts)) * CHECKSUM_BYTES ? facts : null;
  } catch {
    return null;
  }
}

/** The values of a block are overwritten by those of the next. */
function* readBlocks(file: number, facts: VectorFileFacts): Generator<VectorBlock, number> {
  const { rows, dimensions } = facts;
  const ids = new Float64Array(rows);
  const checksums = new Uint32Array(1 + blockCount(facts));
  if (!readWhole(file, bytesOf(ids), HEADER_BYTES) || !readWhole(file, bytesOf(checksums), checksumsAt(facts))) return 0;
  if (checksums[0] !== checksumOfArray(ids)) return 0;
  const atOnce = rowsPerBlock(dimensions);
  const values = new Float32Array(atOnce * dimensions);
  for (let from = 0, block = 1; from < rows; from += atOnce, block++) {
    const to = Math.min(rows, from + atOnce);
    const part = values.subarray(0, (to - from) * dimensions);
    if (!readWhole(file, bytesOf(part), vectorsAt(facts) + from * dimensions * VALUE_BYTES)) return from;
    if (checksums[block] !== checksumOfArray(part)) return from;
    yield { contentIds: ids.subarray(from, to), values: part };
  }
  return rows;
}

/** @returns whether all could be read: a file that another search replaced or a failing disk cut short is no fault of the search */
function readWhole(file: number, target: Uint8Array, position: number): boolean {
  for (let done = 0; done < target.length; ) {
    const bytes = readOrZero(file, target, done, position + done);
    if (bytes === 0) return false;
    done += bytes;
  }
  return true;
}

function readOrZero(file: number, target: Uint8Array, offset: number, position: number): number {
  try {
    return readSync(file, target, offset, target.length - offset, position);
  } catch (error) {
    if (isSystemFault(error)) return 0;
    throw error;
  }
}

function vectorsAt({ rows }: VectorFileFacts): number {
  return HEADER_BYTES + rows * ID_BYTES;
}

function checksumsAt(facts: VectorFileFacts): number {
  return vectorsAt(facts) + facts.rows * facts.dimensions * VALUE_BYTES;
}

function blockCount({ rows, dimensions }: VectorFileFacts): number {
  return Math.ceil(rows / rowsPerBlock(dimensions));
}

/** A file in the making: it takes its place when it is whole and on the disk. */
export interface VectorFileDraft {
  add(block: VectorBlock): void;
  /** Puts the file in place, unless it was given other rows than its facts announced. */
  finish(): void;
  /** Leaves nothing behind; does nothing to a finished file. */
  abandon(): void;
}

/**
 * Begins to write. A full disk, a folder that may not be written to or another search that is at it end the writing and
 * nothing else: the search goes on without the file.
 */
export function beginVectorFile(path: string, facts: VectorFileFacts): VectorFileDraft {
  const draft = `${path}.part`;
  let lock: LibraryLock | null = null;
  let file: number | null = null;
  let rows = 0;
  const ids = new Float64Array(facts.rows);
  const checksums: number[] = [];
  const abandon = () => {
    if (file !== null) closeSync(file);
    if (file !== null) rmSync(draft, { force: true });
    lock?.release();
    [file, lock] = [null, null];
  };
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      abandon();
      if (!isSystemFault(error)) throw error;
    }
  };
  attempt(() => {
    lock = lockFile(path, "vectors-locked", "Another search writes this file");
    file = openSync(draft, "w");
  });
  return {
    add({ contentIds, values }) {
      const target = file;
      if (target === null) return;
      attempt(() => {
        writeWhole(target, bytesOf(values), vectorsAt(facts) + rows * facts.dimensions * VALUE_BYTES);
        ids.set(contentIds, rows);
        checksums.push(checksumOfArray(values));
        rows += contentIds.length;
      });
    },
    finish() {
      const target = file;
      if (target === null) return;
      attempt(() => {
        if (rows !== facts.rows || checksums.length !== blockCount(facts)) return;
        writeWhole(target, bytesOf(ids), HEADER_BYTES);
        writeWhole(target, bytesOf(Uint32Array.of(checksumOfArray(ids), ...checksums)), checksumsAt(facts));
        writeWhole(target, new TextEncoder().encode(JSON.stringify({ form: FORM, ...facts }).padEnd(HEADER_BYTES)), 0);
        fsyncSync(target);
        renameSync(draft, path);
      });
      abandon();
    },
    abandon,
  };
}

/** What the system or another process may do to a file, as against a fault of ours. */
function isSystemFault(error: unknown): boolean {
  return error instanceof UserError || (error instanceof Error && "code" in error);
}

function writeWhole(file: number, source: Uint8Array, position: number): void {
  for (let done = 0; done < source.length; ) done += writeSync(file, source, done, source.length - done, position + done);
}

function checksumOfArray({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): number {
  return checksumOf(new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
