/**
 * Options that several commands share, and the settings they become.
 */
import { type Command, Option } from "commander";
import type { NamedCalibrationPairs, NamedPairSource } from "../commands/calibration/settings.ts";
import type { Host } from "../commands/host.ts";
import type { CommonSettings } from "../commands/settings.ts";
import { DEFAULT_PRECISION } from "../core/defaults.ts";
import type { ExitCode } from "../core/errors.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../core/photos/decode-memory.ts";
import { DEFAULT_MAX_SECONDS } from "../core/photos/time-limit.ts";
import * as optionValues from "./option-values.ts";
import { parseCalibrationPairs, parsePairSource } from "./parse-pairs.ts";

/** Takes a command's exit code: commander itself has no room for one. */
export type Finish = (code: ExitCode) => void;

/** The options every command takes. */
export function common(command: Command): Command {
  return command
    .option("--db <library>", "library: a file, or postgres://user@host/database to share one (default: a file in your data folder)")
    .option(
      "--volume <name=folder>",
      "a drive or share that the library knows by this name, and where it is mounted now (repeatable)",
      collect,
      [],
    )
    .option("--library <name>", "use the library of this name in the configuration file, with its settings")
    .option("--config <file>", "configuration file (default: dupfind.config.json in your folder for configuration)")
    .addOption(new Option("--models <folder>", "folder of encoders that were fetched, imported or adapted").hideHelp())
    .addOption(new Option("--lock <file>", "lock of encoders of your own, beside the package's").hideHelp())
    .option("-q, --quiet", "no progress and no summary")
    .option("--json", "print the answer, or the error, as JSON")
    .option("--strict", "exit with 3 if some photos were skipped or are not compared yet");
}

/** An option whose values are few: the parser leaves it to `parseChoice` to refuse others, and a shell completes them. */
export function choice(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description);
  option.argChoices = [...choices];
  return option;
}

/** The encoder a command reads or writes the library with. */
export function withModel(command: Command): Command {
  return command.option("--model <id>", "encoder to use (default: the library's)");
}

/** What bounds the reading of photos. */
export function withReading(command: Command): Command {
  return withThreads(
    command
      .option("--max-megapixels <n>", "skip larger images", String(DEFAULT_MAX_MEGAPIXELS))
      .option("--max-seconds <n>", "skip images that take longer, with more time for large ones", String(DEFAULT_MAX_SECONDS)),
  );
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
    .option("--pairs <file>", "CSV file of labelled pairs: two columns of paths, and one that says whether they are the same picture")
    .option("--synthetic [n]", `or edit n photos of the library (default: ${photos})`)
    .option("--precision <p>", "fraction of reported pairs that must be true duplicates", String(DEFAULT_PRECISION));
}

/** @param photos that are edited where no number is given */
export function pairSource(options: optionValues.Options, photos: number): NamedPairSource {
  return parsePairSource(optionValues.optionalText(options, "pairs"), synthetic(options), photos);
}

/** @param photos that are edited where no number is given */
export function calibrationPairs(options: optionValues.Options, photos: number): NamedCalibrationPairs {
  return parseCalibrationPairs(optionValues.optionalText(options, "pairs"), synthetic(options), photos);
}

function synthetic(options: optionValues.Options): string | true | null {
  return (options["synthetic"] as string | true | undefined) ?? null;
}

/** Null for the library's own. */
export function model(options: optionValues.Options): string | null {
  return optionValues.optionalText(options, "model");
}

export async function commonSettings(options: optionValues.Options, host: Host): Promise<CommonSettings> {
  const { dataFolder, expandHome, libraryAt } = await import("../commands/machine.ts");
  const [library, folder, lock] = ["db", "models", "lock"].map((name) => optionValues.optionalText(options, name));
  return {
    library: await libraryAt(library ?? null, optionValues.texts(options, "volume"), host.environment),
    models: { folder: folder == null ? `${await dataFolder()}/models` : expandHome(folder), lock: lock == null ? null : expandHome(lock) },
    quiet: optionValues.flag(options, "quiet"),
    json: optionValues.flag(options, "json"),
    strict: optionValues.flag(options, "strict"),
  };
}

export async function threads(options: optionValues.Options): Promise<number> {
  const { processorCount } = await import("../commands/machine.ts");
  return optionValues.optionalText(options, "threads") === null ? processorCount() : optionValues.wholeNumber(options, "threads", 1, 256);
}

/** Above the floor of every encoder: what is offered as an example is never refused itself. */
const EXAMPLE_OF_THRESHOLD = 0.95;

/** Null where it was not given. */
export function threshold(options: optionValues.Options, name: "threshold" | "near"): number | null {
  return optionValues.optionalNumber(options, name, 0, 1, EXAMPLE_OF_THRESHOLD);
}

/** What `withReading` bounds. */
export async function reading(options: optionValues.Options) {
  return {
    maxMegapixels: maxMegapixels(options),
    maxSeconds: optionValues.number(options, "maxSeconds", 1, 86_400),
    threads: await threads(options),
  };
}

export function maxMegapixels(options: optionValues.Options): number {
  return optionValues.number(options, "maxMegapixels", 1, 100_000);
}

/** For an option that may be repeated. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
