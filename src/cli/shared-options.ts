/**
 * Options that several commands share, and the settings they become.
 */
import type { Command } from "commander";
import type { NamedPairSource } from "../commands/calibration/settings.ts";
import type { Host } from "../commands/host.ts";
import type { CommonSettings } from "../commands/settings.ts";
import { DEFAULT_PRECISION } from "../core/defaults.ts";
import type { ExitCode } from "../core/errors.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../core/photos/decode-memory.ts";
import * as given from "./option-values.ts";
import { parsePairSource } from "./parse-pairs.ts";

/** Takes a command's exit code: commander itself has no room for one. */
export type Finish = (code: ExitCode) => void;

/** The options every command takes. */
export function common(command: Command): Command {
  return command
    .option("--db <path>", "the library (default: DUPFIND_DB, or a file in your data folder)")
    .option("-q, --quiet", "no progress, no summary")
    .option("--json", "answer in JSON")
    .option("--strict", "exit with 3 when some photos could not be compared, or are not yet");
}

/** The encoder a command reads or writes the library with. */
export function withModel(command: Command): Command {
  return command.option("--model <id>", "encoder to use (default: the library's)");
}

/** What bounds the reading of photos. */
export function withReading(command: Command): Command {
  return withThreads(command.option("--max-megapixels <n>", "skip larger images", String(DEFAULT_MAX_MEGAPIXELS)));
}

export function withThreads(command: Command): Command {
  return command.option("--threads <n>", "processors to use (default: all)");
}

/**
 * Pairs whose answer is known, and the precision to reach on them.
 * @param photos that are edited where no number is given
 */
export function withPairs(command: Command, photos: number): Command {
  return command
    .option("--pairs <file>", "CSV file with two columns of paths and one that says whether they are the same picture")
    .option("--synthetic [n]", `or edit so many of the library's photos (default: ${photos})`)
    .option("--precision <p>", "share of the pairs found that shall be the same picture", String(DEFAULT_PRECISION));
}

/** @param photos that are edited where no number is given */
export function pairSource(options: given.Options, photos: number): NamedPairSource {
  return parsePairSource(given.optionalText(options, "pairs"), (options["synthetic"] as string | true | undefined) ?? null, photos);
}

/** Null for the library's own. */
export function model(options: given.Options): string | null {
  return given.optionalText(options, "model");
}

export async function commonSettings(options: given.Options, host: Host): Promise<CommonSettings> {
  const { dataFolder, expandHome } = await import("../commands/machine.ts");
  const library = given.optionalText(options, "db") ?? host.environment["DUPFIND_DB"];
  return {
    library: library === undefined ? `${await dataFolder()}/library.db` : expandHome(library),
    models: {
      // An empty variable is how scripts unset one.
      folder: host.environment["DUPFIND_MODELS"] || `${await dataFolder()}/models`,
      lock: host.environment["DUPFIND_LOCK"] || null,
    },
    quiet: given.flag(options, "quiet"),
    json: given.flag(options, "json"),
    strict: given.flag(options, "strict"),
  };
}

export async function threads(options: given.Options): Promise<number> {
  const { processorCount } = await import("../commands/machine.ts");
  return given.optionalText(options, "threads") === null ? processorCount() : given.wholeNumber(options, "threads", 1, 256);
}

export function maxMegapixels(options: given.Options): number {
  return given.number(options, "maxMegapixels", 1, 100_000);
}

/** For an option that may be repeated. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
