/**
 * Volumes: drives and shares that machines, or one machine from day to day, mount in different places. A library knows what lies in one by
 * the volume's name and the path in it, so that it is the same photo wherever the volume is mounted.
 */
import { UserError } from "../errors.ts";
import { comparePaths, folderPrefix, isWithin } from "../paths.ts";

/** A volume, and where this machine has it. */
export interface Volume {
  /** Letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** What a library's paths in a volume begin with. It reads as an absolute path, and is none that a file system has. */
const IN_VOLUMES = "/volume:";
const NAME = /^[\w-][\w.-]*$/;

/**
 * The two names of a path: the one it has here, and the one the library has for it. They differ in volumes alone. Text in, text out; a path
 * in a volume that this machine does not name keeps the library's name, which is no file here.
 */
export class VolumePaths {
  /** The longest folder first: a volume may be mounted within another. */
  readonly #volumes: readonly Volume[];

  /** @throws {UserError} `volume-unusable` for a name of other signs, and where two have one name or one folder */
  constructor(volumes: readonly Volume[]) {
    for (const { name } of volumes) requireName(name);
    requireDistinct(volumes, ({ name }) => name);
    requireDistinct(volumes, ({ folder }) => folderPrefix(folder));
    this.#volumes = [...volumes].sort((one, other) => other.folder.length - one.folder.length || comparePaths(one.name, other.name));
  }

  get volumes(): readonly Volume[] {
    return this.#volumes;
  }

  /** As the library has it. */
  kept<Path extends string>(here: Path): Path {
    const volume = this.#volumes.find(({ folder }) => isWithin(here, folder));
    if (volume === undefined) return here;
    const below = here.slice(folderPrefix(volume.folder).length);
    return joined(keptFolder(volume), separatorOf(volume) === "/" ? below : below.replaceAll("\\", "/")) as Path;
  }

  /** As this machine has it. */
  here<Path extends string>(kept: Path): Path {
    if (!kept.startsWith(IN_VOLUMES)) return kept;
    const volume = this.#volumes.find((one) => isWithin(kept, keptFolder(one)));
    if (volume === undefined) return kept;
    const below = kept.slice(keptFolder(volume).length + 1);
    return joined(volume.folder, separatorOf(volume) === "/" ? below : below.replaceAll("/", "\\")) as Path;
  }

  readonly atHere = <One extends { readonly path: string }>(one: One): One => ({ ...one, path: this.here(one.path) });
  readonly atKept = <One extends { readonly path: string }>(one: One): One => ({ ...one, path: this.kept(one.path) });

  /** The folder as the library has it, and every volume that is mounted in it: what lies below them lies below it. */
  keptFolders(here: string): readonly string[] {
    return [this.kept(here), ...this.inside(here).map(keptFolder)];
  }

  /** Volumes that are mounted below the folder. */
  inside(here: string): readonly Volume[] {
    return this.#volumes.filter(({ folder }) => isWithin(folder, here) && !isWithin(here, folder));
  }
}

/** What the library calls the volume's own folder. */
export function keptFolder({ name }: Pick<Volume, "name">): string {
  return `${IN_VOLUMES}${name}`;
}

/**
 * @param text `name=folder`
 * @throws {UserError} `volume-unusable`
 */
export function parseVolume(text: string): Volume {
  const equals = text.indexOf("=");
  const [name, folder] = [text.slice(0, Math.max(0, equals)), text.slice(equals + 1)];
  if (equals < 0 || folder === "") throw unusable(text, "it has to be a name and a folder: nas=/mnt/nas");
  requireName(name);
  return { name, folder };
}

function joined(folder: string, below: string): string {
  return below === "" ? folder : folderPrefix(folder) + below;
}

function separatorOf({ folder }: Volume): string {
  return folderPrefix(folder).slice(-1);
}

function requireName(name: string): void {
  if (!NAME.test(name)) throw unusable(name, "a name is letters, digits, -, _ and . alone");
}

function requireDistinct(volumes: readonly Volume[], of: (volume: Volume) => string): void {
  const met = new Map<string, Volume>();
  for (const volume of volumes) {
    const other = met.get(of(volume));
    if (other !== undefined) throw unusable(`${volume.name}=${volume.folder}`, `there is ${other.name}=${other.folder} already`);
    met.set(of(volume), volume);
  }
}

function unusable(what: string, why: string): UserError {
  return new UserError("volume-unusable", `The volume ${JSON.stringify(what)} cannot be used: ${why}`);
}
