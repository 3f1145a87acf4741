/**
 * A library whose photos lie in volumes: whoever works with it has the paths of this machine.
 */
import type { TableSource, TableTarget } from "../core/library/library-tables.ts";
import { type Volume, VolumePaths } from "../core/library/volumes.ts";
import type { Library } from "../core/library-port.ts";
import { VolumeLibrary } from "../pipeline/library/volume-library.ts";
import type { LibraryAccess, OpenLibrary, Pause, Work } from "./library-access.ts";

export class VolumeAccess implements LibraryAccess {
  readonly #access: LibraryAccess;
  readonly #paths: VolumePaths;

  constructor(access: LibraryAccess, volumes: readonly Volume[]) {
    this.#access = access;
    this.#paths = new VolumePaths(volumes);
  }

  toAdd<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result> {
    return this.#access.toAdd(threads, pause, this.#here(work));
  }

  toChange<Result>(threads: number | undefined, pause: Pause, work: Work<Result>): Promise<Result> {
    return this.#access.toChange(threads, pause, this.#here(work));
  }

  toRead<Result>(work: Work<Result>): Promise<Result> {
    return this.#access.toRead(this.#here(work));
  }

  toExamine<Result>(work: Work<Result>): Promise<Result> {
    return this.#access.toExamine(this.#here(work));
  }

  /** Tables are copied as they are: the other library has the same names for volumes. */
  tables<Result>(pause: Pause, work: (tables: TableSource) => Promise<Result>): Promise<Result> {
    return this.#access.tables(pause, work);
  }

  newTables<Result>(pause: Pause, work: (tables: TableTarget) => Promise<Result>): Promise<Result> {
    return this.#access.newTables(pause, work);
  }

  async toCompare(threads: number): Promise<OpenLibrary | null> {
    const open = await this.#access.toCompare(threads);
    return open === null ? null : { library: this.#wrapped(open.library), close: () => open.close() };
  }

  locked<Result>(pause: Pause, work: () => Promise<Result>): Promise<Result> {
    return this.#access.locked(pause, work);
  }

  explain(error: unknown): Error | null {
    return this.#access.explain(error);
  }

  #here<Result>(work: Work<Result>): Work<Result> {
    return (library) => work(this.#wrapped(library));
  }

  #wrapped(library: Library): Library {
    return new VolumeLibrary(library, this.#paths);
  }
}
