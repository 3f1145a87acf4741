/**
 * The command line: arguments in, complete settings out, one command run. Has no effect on import; commands load when
 * they are asked for, so that help needs no decoder and no database.
 */
import { Command, CommanderError, Option } from "commander";
import { LINKAGES } from "./core/clustering.ts";
import { EXIT, type ExitCode, UserError } from "./core/errors.ts";
import { DEFAULT_MODEL } from "./core/model-lock.ts";
import {
  type CommonSettings,
  EMBED_FORMATS,
  type Host,
  parseChoice,
  parseKeeperRules,
  parseNumber,
  REPORT_FORMATS,
} from "./core/settings.ts";

type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/**
 * Runs one command line.
 * @param args what stands behind the program's name
 * @returns the exit code; every known fault has been told on standard error by then
 */
export async function main(args: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const finish = (result: ExitCode) => {
    code = result;
  };
  try {
    const { packageVersion } = await import("./commands/version.ts");
    await createProgram(packageVersion(), host, finish).parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return explain(error, host);
  }
}

function explain(error: unknown, host: Host): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UserError) {
    host.writeError(`dupfind: ${error.message}.\n${error.hint}.\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.writeError(`${stack}\ndupfind: this is a bug. Please report it with the lines above and the command you ran.\n`);
  return EXIT.bug;
}

function createProgram(version: string, host: Host, finish: (code: ExitCode) => void): Command {
  const program = new Command("dupfind")
    .description("Finds duplicate photos: same bytes by hash, same pictures by an image encoder that runs on this machine.")
    .exitOverride()
    .configureOutput({ writeOut: host.write, writeErr: host.writeError })
    .showHelpAfterError("Run dupfind --help for the commands and options.")
    .version(version, "-V, --version", "print the version");

  common(program.command("scan <folder...>"))
    .description("read the photos below the folders; unchanged ones are not opened")
    .option("--model <id>", "encoder to use (default: the library's)")
    .option("--exclude <glob>", "leave out; a glob without a slash matches any name (repeatable)", collect, [])
    .option("--follow-links", "follow symbolic links")
    .option("--max-megapixels <n>", "skip larger images", "250")
    .option("--threads <n>", "processors to use (default: all)")
    .action(async (folders: string[], options: Options) => {
      const { runScan } = await import("./commands/scan.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        folders,
        model: (options["model"] as string | undefined) ?? null,
        exclude: options["exclude"] as readonly string[],
        followLinks: options["followLinks"] === true,
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runScan(settings, host));
    });

  common(program.command("report [folder...]"))
    .description("list the duplicates among what was scanned")
    .option("--model <id>", "encoder to use (default: the library's)")
    .option("--threshold <t>", "similarity from which two photos are the same (default: the encoder's own)")
    .addOption(new Option("--format <name>", "text, json, csv or paths").default("text"))
    .option("-0, --null", "print only the extras' paths, each ended by NUL, for xargs -0")
    .option("-o, --output <file>", "write to a file")
    .option("--linkage <name>", `${LINKAGES.join(", ")}: what holds a set together`, "star")
    .option("--keep <rules>", "what makes the keeper, e.g. folder:~/Originals,resolution,bytes,format,exif,age", "")
    .option("--protect <folder>", "never list photos in it as extras (repeatable)", collect, [])
    .option("--across", "only sets that span two of the folders")
    .option("--bursts", "list bursts too: different exposures of one scene")
    .option("--fail-on-duplicates", "exit with 1 when there are any")
    .option("--threads <n>", "processors to use (default: all)")
    .action(async (folders: string[], options: Options) => {
      const { runReport } = await import("./commands/report.ts");
      const { resolveFolder } = await import("./commands/folders.ts");
      const settings = await commonSettings(options, host);
      const given = options["threshold"] as string | undefined;
      const format = options["null"] === true ? "paths" : settings.json ? "json" : (options["format"] as string);
      const reportSettings = {
        ...settings,
        folders,
        model: (options["model"] as string | undefined) ?? null,
        threshold: given === undefined ? null : parseNumber("--threshold", given, 0, 1),
        format: parseChoice("--format", format, REPORT_FORMATS),
        output: (options["output"] as string | undefined) ?? null,
        linkage: parseChoice("--linkage", options["linkage"] as string, LINKAGES),
        rules: parseKeeperRules(options["keep"] as string, (folder) => resolveFolder(folder, host.workingFolder)),
        protectedFolders: (options["protect"] as readonly string[]).map((folder) => resolveFolder(folder, host.workingFolder)),
        across: options["across"] === true,
        bursts: options["bursts"] === true,
        failOnDuplicates: options["failOnDuplicates"] === true,
        threads: await threads(options),
      };
      finish(await runReport(reportSettings, host));
    });

  common(program.command("status"))
    .description("tell what the library knows and which files could not be compared")
    .action(async (options: Options) => {
      const { runStatus } = await import("./commands/status.ts");
      finish(await runStatus(await commonSettings(options, host), host));
    });

  common(program.command("prune"))
    .description("forget photos that are gone; touches no photo")
    .option("--dry-run", "only tell what would be forgotten")
    .option("--force", "also below folders that are missing or empty")
    .action(async (options: Options) => {
      const { runPrune } = await import("./commands/prune.ts");
      const settings = { ...(await commonSettings(options, host)), dryRun: options["dryRun"] === true, force: options["force"] === true };
      finish(await runPrune(settings, host));
    });

  common(program.command("reindex"))
    .description("move the library to another encoder; the old one serves until the new one is complete")
    .requiredOption("--model <id>", "encoder to move to")
    .option("--max-megapixels <n>", "skip larger images", "250")
    .option("--threads <n>", "processors to use (default: all)")
    .action(async (options: Options) => {
      const { runReindex } = await import("./commands/reindex.ts");
      const work = { model: options["model"] as string, maxMegapixels: maxMegapixels(options), threads: await threads(options) };
      finish(await runReindex({ ...(await commonSettings(options, host)), ...work }, host));
    });

  common(program.command("embed <photo...>"))
    .description("print the photos' vectors")
    .option("--model <id>", "encoder to use", DEFAULT_MODEL)
    .option("--format <name>", "jsonl or npy", "jsonl")
    .option("--max-megapixels <n>", "skip larger images", "250")
    .option("--threads <n>", "processors to use (default: all)")
    .action(async (photos: string[], options: Options) => {
      const { runEmbed } = await import("./commands/embed.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        photos,
        model: options["model"] as string,
        format: parseChoice("--format", options["format"] as string, EMBED_FORMATS),
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runEmbed(settings, host));
    });

  addModelCommands(program.command("models").description("the encoders on this machine"), host, finish);
  return program;
}

function addModelCommands(models: Command, host: Host, finish: (code: ExitCode) => void): void {
  common(models.command("list"))
    .description("list the encoders there are, and which are here")
    .action(async (options: Options) => {
      const { runModelsList } = await import("./commands/models.ts");
      finish(await runModelsList(await commonSettings(options, host), host));
    });
  common(models.command("pull <id...>"))
    .description("fetch encoders; each file is verified before it is put in place")
    .option("--endpoint <url>", "mirror to fetch from (default: DUPFIND_ENDPOINT, or where they are published)")
    .action(async (ids: string[], options: Options) => {
      const { runModelsPull } = await import("./commands/models.ts");
      const endpoint = (options["endpoint"] as string | undefined) ?? host.environment["DUPFIND_ENDPOINT"] ?? null;
      finish(await runModelsPull(ids, { ...(await commonSettings(options, host)), endpoint }, host));
    });
  common(models.command("verify [id...]"))
    .description("check every byte of the encoders that are here")
    .action(async (ids: string[], options: Options) => {
      const { runModelsVerify } = await import("./commands/models.ts");
      finish(await runModelsVerify(ids, await commonSettings(options, host), host));
    });
  common(models.command("import <path>"))
    .description("take encoders from a folder, a zip or a Python wheel")
    .action(async (path: string, options: Options) => {
      const { runModelsImport } = await import("./commands/models.ts");
      finish(await runModelsImport(path, await commonSettings(options, host), host));
    });
  common(models.command("remove <id>"))
    .description("remove an encoder's files; its vectors stay in the library")
    .action(async (id: string, options: Options) => {
      const { runModelsRemove } = await import("./commands/models.ts");
      finish(await runModelsRemove(id, await commonSettings(options, host), host));
    });
}

/** The options every command takes. */
function common(command: Command): Command {
  return command
    .option("--db <path>", "the library (default: DUPFIND_DB, or a file in your data folder)")
    .option("-q, --quiet", "no progress, no summary")
    .option("--json", "answer in JSON")
    .option("--strict", "exit with 3 when some photos could not be compared");
}

async function commonSettings(options: Options, host: Host): Promise<CommonSettings> {
  const { dataFolder } = await import("./commands/folders.ts");
  return {
    library: (options["db"] as string | undefined) ?? host.environment["DUPFIND_DB"] ?? `${dataFolder()}/library.db`,
    models: {
      folder: host.environment["DUPFIND_MODELS"] ?? `${dataFolder()}/models`,
      lock: host.environment["DUPFIND_LOCK"] ?? null,
    },
    quiet: options["quiet"] === true,
    json: options["json"] === true,
    strict: options["strict"] === true,
  };
}

async function threads(options: Options): Promise<number> {
  const { processorCount } = await import("./commands/folders.ts");
  const given = options["threads"] as string | undefined;
  return given === undefined ? processorCount() : Math.floor(parseNumber("--threads", given, 1, 256));
}

function maxMegapixels(options: Options): number {
  return parseNumber("--max-megapixels", options["maxMegapixels"] as string, 1, 100_000);
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
