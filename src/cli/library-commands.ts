/**
 * `scan`, `report`, `roots`, `status`, `prune`, `forget`, `copy-library`, `reindex`: what is done with a library.
 */

import { type Command, Option } from "commander";
import { REPORT_FORMATS, type ReportForm } from "../commands/duplicates/settings.ts";
import { usageFault } from "../commands/faults.ts";
import type { Host } from "../commands/host.ts";
import { EXTRA_CLASSES } from "../core/duplicates/classes.ts";
import { LINKAGES } from "../core/duplicates/clustering.ts";
import { SET_ORDERS } from "../core/duplicates/set-order.ts";
import { answerForm } from "./answer-form.ts";
import * as optionValues from "./option-values.ts";
import { parseChoice, parseClasses, parseKeeperRules, parseSince } from "./parse.ts";
import { parsePrecision } from "./parse-pairs.ts";
import { scanSettings, withFilter } from "./scan-filter.ts";
import {
  choice,
  collect,
  common,
  commonSettings,
  type Finish,
  model,
  reading,
  threads,
  threshold,
  withModel,
  withReading,
  withThreads,
} from "./shared-options.ts";

export function addLibraryCommands(program: Command, host: Host, finish: Finish): void {
  withFilter(withReading(withModel(common(program.command("scan [path...]")))))
    .description("read photos, in folders or one by one; unchanged ones are not opened again")
    .option("--files0-from <file>", "also read the paths in this file, each ended by NUL; - for standard input")
    .option("--exclude <glob>", "exclude matching files and folders; a glob without a slash matches any name (repeatable)", collect, [])
    .option("--follow-links", "follow symbolic links")
    .option("--no-look", "do not look at similar photos now; the first report does")
    .option("--one-file-system", "stay on the disk that the folder is on")
    .option("--ann", "where hundreds of thousands are new, compare what an index of nearest neighbours proposes: faster, misses some")
    .action(async (paths: string[], options: optionValues.Options) => {
      const { runScan } = await import("../commands/library/scan.ts");
      const listedIn = optionValues.optionalText(options, "files0From");
      if (paths.length === 0 && listedIn === null) throw usageFault("Nothing to scan was named", "For example dupfind scan ~/Photos");
      const settings = {
        ...(await commonSettings(options, host)),
        paths,
        listedIn,
        ann: optionValues.flag(options, "ann"),
        ...(await scanSettings(options)),
      };
      finish(await runScan(settings, host));
    });

  withThreads(withModel(common(program.command("report [folder...]"))))
    .description("list the duplicates among the scanned photos")
    .option("--threshold <t>", "similarity from which two photos count as duplicates (default: as calibrated, or the encoder's own)")
    .addOption(new Option("--precision <p>", "use the threshold calibrated for this precision").conflicts("threshold"))
    .addOption(
      choice("--format <name>", "text, json, csv, html or paths, one a line (default: by the output's name, else text)", REPORT_FORMATS),
    )
    .option("-0, --null", "print only the paths of the extras, each followed by NUL, for xargs -0")
    .option("-o, --output <file>", "write to a file; its name chooses the form: .txt, .json, .csv or .html")
    .option("--plan <file>", "also write a plan for dupfind apply: what to do with the extras")
    .option("--merge-metadata", "have the plan give keepers the dates, places, captions, keywords and albums that only their extras have")
    .addOption(choice("--linkage <name>", `${LINKAGES.join(", ")}: what holds a set together`, LINKAGES).default("star"))
    .option("--keep <rules>", "rules that choose the keeper, e.g. folder:~/Originals,companions,exif,format,depth,name,view,resolution", "")
    .option("--protect <folder>", "never list photos in this folder as extras (repeatable)", collect, [])
    .option("--across", "only sets that span at least two of the folders")
    .option("--touching <folder>", "only sets with a photo in this folder, wherever the other photos are (repeatable)", collect, [])
    .addOption(choice("--only <classes>", `list these classes alone: ${EXTRA_CLASSES.join(", ")}`, EXTRA_CLASSES))
    .option("--since <when>", "last: only sets that no earlier report with --since last listed")
    .option("--no-look", "do not look at the photos: only equal files and equal pixels are then called the same")
    .option("--bursts", "also list bursts: different exposures of one scene")
    .addOption(choice("--sort <order>", `${SET_ORDERS.join(", ")}: which sets stand first`, SET_ORDERS).default("size"))
    .option("--limit <n>", "list at most this many sets; totals still count all of them")
    .option("--fail-on-duplicates", "exit with 1 if there are any duplicates")
    .action(async (folders: string[], options: optionValues.Options) => {
      const { runReport } = await import("../commands/duplicates/report.ts");
      const { resolveFolders } = await import("../commands/folders.ts");
      const settings = await commonSettings(options, host);
      const precision = optionValues.optionalText(options, "precision");
      const reportSettings = {
        ...settings,
        folders,
        model: model(options),
        threshold: threshold(options, "threshold"),
        precision: precision === null ? null : parsePrecision(precision),
        format: answerForm<ReportForm>(options, { formats: REPORT_FORMATS, json: "json", nul: "nul-paths" }),
        output: optionValues.optionalText(options, "output"),
        plan: optionValues.optionalText(options, "plan"),
        mergeMetadata: optionValues.flag(options, "mergeMetadata"),
        linkage: parseChoice("--linkage", optionValues.text(options, "linkage"), LINKAGES),
        rules: parseKeeperRules(optionValues.text(options, "keep"), (folder) => resolveFolders([folder], host)[0] as string),
        protectedFolders: resolveFolders(optionValues.texts(options, "protect"), host),
        across: optionValues.flag(options, "across"),
        bursts: optionValues.flag(options, "bursts"),
        only: parseClasses(optionValues.optionalText(options, "only")),
        touching: resolveFolders(optionValues.texts(options, "touching"), host),
        sinceLast: parseSince(optionValues.optionalText(options, "since")),
        sort: parseChoice("--sort", optionValues.text(options, "sort"), SET_ORDERS),
        limit: optionValues.optionalText(options, "limit") === null ? null : optionValues.wholeNumber(options, "limit", 1, 1e9),
        looking: optionValues.flag(options, "look"),
        failOnDuplicates: optionValues.flag(options, "failOnDuplicates"),
        threads: await threads(options),
      };
      finish(await runReport(reportSettings, host));
    });

  common(program.command("roots"))
    .description("list the scanned folders, and when each was last scanned")
    .action(async (options: optionValues.Options) => {
      const { runRoots } = await import("../commands/library/roots.ts");
      finish(await runRoots(await commonSettings(options, host), host));
    });

  common(program.command("status"))
    .description("show what the library contains and which files were skipped")
    .option("--left-out", "list everything that was not compared, with its reason: skipped, nearly empty, passed by")
    .action(async (options: optionValues.Options) => {
      const { runStatus } = await import("../commands/library/status.ts");
      finish(await runStatus({ ...(await commonSettings(options, host)), leftOut: optionValues.flag(options, "leftOut") }, host));
    });

  common(program.command("prune"))
    .description("remove missing photos from the library; touches no file")
    .option("--dry-run", "only show what would be forgotten")
    .option("--force", "also forget the photos of folders that are missing or empty")
    .action(async (options: optionValues.Options) => {
      const { runPrune } = await import("../commands/library/prune.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        dryRun: optionValues.flag(options, "dryRun"),
        force: optionValues.flag(options, "force"),
      };
      finish(await runPrune(settings, host));
    });

  common(program.command("forget <folder...>"))
    .description("remove folders or photos from the library, never from the disk: ones scanned by mistake, or gone for good")
    .option("--dry-run", "only tell what would be forgotten")
    .action(async (folders: string[], options: optionValues.Options) => {
      const { runForget } = await import("../commands/library/forget.ts");
      const settings = { ...(await commonSettings(options, host)), folders, dryRun: optionValues.flag(options, "dryRun") };
      finish(await runForget(settings, host));
    });

  common(program.command("copy-library <from> <to>"))
    .description("copy a library to another place, for example from a file to a PostgreSQL database, or back")
    .action(async (from: string, to: string, options: optionValues.Options) => {
      const { runCopyLibrary } = await import("../commands/library/copy-library.ts");
      finish(await runCopyLibrary({ ...(await commonSettings(options, host)), from, to }, host));
    });

  withReading(common(program.command("reindex")))
    .description("move the library to another encoder; the old one is used until the new one is complete")
    .requiredOption("--model <id>", "encoder to move to")
    .option("--no-look", "do not look at similar photos now; the first report does")
    .option("--rebuild", "discard this encoder's vectors and compute them again, as after drift")
    .action(async (options: optionValues.Options) => {
      const { runReindex } = await import("../commands/library/reindex.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: optionValues.text(options, "model"),
        rebuild: optionValues.flag(options, "rebuild"),
        looking: optionValues.flag(options, "look"),
        ...(await reading(options)),
      };
      finish(await runReindex(settings, host));
    });
}
