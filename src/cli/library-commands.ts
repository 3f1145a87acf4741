/**
 * `scan`, `report`, `status`, `prune`, `forget`, `reindex`: what is done with a library.
 */
import { type Command, Option } from "commander";
import { REPORT_FORMATS } from "../commands/duplicates/settings.ts";
import type { Host } from "../commands/host.ts";
import { LINKAGES } from "../core/duplicates/clustering.ts";
import * as given from "./option-values.ts";
import { parseChoice, parseKeeperRules } from "./parse.ts";
import { parsePrecision } from "./parse-pairs.ts";
import {
  collect,
  common,
  commonSettings,
  type Finish,
  maxMegapixels,
  model,
  threads,
  withModel,
  withReading,
  withThreads,
} from "./shared-options.ts";

export function addLibraryCommands(program: Command, host: Host, finish: Finish): void {
  withReading(withModel(common(program.command("scan <folder...>"))))
    .description("read the photos below the folders; unchanged ones are not opened")
    .option("--exclude <glob>", "leave out; a glob without a slash matches any name (repeatable)", collect, [])
    .option("--follow-links", "follow symbolic links")
    .action(async (folders: string[], options: given.Options) => {
      const { runScan } = await import("../commands/library/scan.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        folders,
        model: model(options),
        exclude: given.texts(options, "exclude"),
        followLinks: given.flag(options, "followLinks"),
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runScan(settings, host));
    });

  withThreads(withModel(common(program.command("report [folder...]"))))
    .description("list the duplicates among what was scanned")
    .option("--threshold <t>", "similarity from which two photos are the same (default: as calibrated, or the encoder's own)")
    .addOption(new Option("--precision <p>", "use the threshold that is calibrated for this precision").conflicts("threshold"))
    .addOption(new Option("--format <name>", "text, json, csv or paths").default("text"))
    .option("-0, --null", "print only the extras' paths, each ended by NUL, for xargs -0")
    .option("-o, --output <file>", "write to a file")
    .option("--linkage <name>", `${LINKAGES.join(", ")}: what holds a set together`, "star")
    .option("--keep <rules>", "what makes the keeper, e.g. folder:~/Originals,resolution,bytes,format,exif,age", "")
    .option("--protect <folder>", "never list photos in it as extras (repeatable)", collect, [])
    .option("--across", "only sets that span two of the folders")
    .option("--bursts", "list bursts too: different exposures of one scene")
    .option("--fail-on-duplicates", "exit with 1 when there are any")
    .action(async (folders: string[], options: given.Options) => {
      const { runReport } = await import("../commands/duplicates/report.ts");
      const { resolveFolders } = await import("../commands/folders.ts");
      const settings = await commonSettings(options, host);
      const precision = given.optionalText(options, "precision");
      const format = given.flag(options, "null") ? "paths" : settings.json ? "json" : given.text(options, "format");
      const reportSettings = {
        ...settings,
        folders,
        model: model(options),
        threshold: given.optionalNumber(options, "threshold", 0, 1),
        precision: precision === null ? null : parsePrecision(precision),
        format: parseChoice("--format", format, REPORT_FORMATS),
        output: given.optionalText(options, "output"),
        linkage: parseChoice("--linkage", given.text(options, "linkage"), LINKAGES),
        rules: parseKeeperRules(given.text(options, "keep"), (folder) => resolveFolders([folder], host)[0] as string),
        protectedFolders: resolveFolders(given.texts(options, "protect"), host),
        across: given.flag(options, "across"),
        bursts: given.flag(options, "bursts"),
        failOnDuplicates: given.flag(options, "failOnDuplicates"),
        threads: await threads(options),
      };
      finish(await runReport(reportSettings, host));
    });

  common(program.command("status"))
    .description("tell what the library knows and which files could not be compared")
    .action(async (options: given.Options) => {
      const { runStatus } = await import("../commands/library/status.ts");
      finish(await runStatus(await commonSettings(options, host), host));
    });

  common(program.command("prune"))
    .description("forget photos that are gone; touches no photo")
    .option("--dry-run", "only tell what would be forgotten")
    .option("--force", "also below folders that are missing or empty")
    .action(async (options: given.Options) => {
      const { runPrune } = await import("../commands/library/prune.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        dryRun: given.flag(options, "dryRun"),
        force: given.flag(options, "force"),
      };
      finish(await runPrune(settings, host));
    });

  common(program.command("forget <folder...>"))
    .description("take folders out of the library that were scanned by mistake or are gone for good; touches no photo")
    .option("--dry-run", "only tell what would be forgotten")
    .action(async (folders: string[], options: given.Options) => {
      const { runForget } = await import("../commands/library/forget.ts");
      const settings = { ...(await commonSettings(options, host)), folders, dryRun: given.flag(options, "dryRun") };
      finish(await runForget(settings, host));
    });

  withReading(common(program.command("reindex")))
    .description("move the library to another encoder; the old one serves until the new one is complete")
    .requiredOption("--model <id>", "encoder to move to")
    .option("--anew", "make this encoder's own vectors again, as after drift")
    .action(async (options: given.Options) => {
      const { runReindex } = await import("../commands/library/reindex.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: given.text(options, "model"),
        anew: given.flag(options, "anew"),
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runReindex(settings, host));
    });
}
