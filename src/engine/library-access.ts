/**
 * The ways to get at a library, whatever it lives in: what a command does with it decides who is kept out meanwhile.
 */
import type { TableSource, TableTarget } from "../core/library/library-tables.ts";
import type { Library } from "../core/library-port.ts";

/** Called again and again while another dupfind compares new photos in passing, which ends. */
export type Pause = () => Promise<void>;

export type Work<Result> = (library: Library) => Promise<Result>;

/** A library that is to be closed whatever happens. */
export interface OpenLibrary {
  readonly library: Library;
  close(): Promise<void>;
}

export interface LibraryAccess {
  /** Makes the library where there is none, and keeps other writers out. @param threads processors that a comparison may use */
  toAdd<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result>;
  /** Makes no library, and keeps other writers out. */
  toChange<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result>;
  toRead<Result>(work: Work<Result>): Promise<Result>;
  /** As `toRead`, after a look at every page where it lives in a file. */
  toExamine<Result>(work: Work<Result>): Promise<Result>;
  /** All tables of a library that is there, with other writers kept out. */
  tables<Result>(pause: Pause, work: (tables: TableSource) => Promise<Result>): Promise<Result>;
  /** Makes a library where there is none, and keeps other writers out. */
  newTables<Result>(pause: Pause, work: (tables: TableTarget) => Promise<Result>): Promise<Result>;
  /** Null while another process writes or compares, and where nothing may be written. Keeps writers waiting. */
  toCompare(threads: number): Promise<OpenLibrary | null>;
  /** Keeps other writers out of the library, be it there or not, and opens nothing. */
  locked<Result>(pause: Pause, work: () => Promise<Result>): Promise<Result>;
  /** What to tell the user of a fault; null where it is none of what the library lives in. */
  explain(error: unknown): Error | null;
}
