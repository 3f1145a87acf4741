/**
 * `review`, `apply`, `undo`, `history` and `decisions`: what is done with duplicates, and what was decided of them.
 */
import { type Command, Option } from "commander";
import type { Host } from "../commands/host.ts";
import { ACTIONS } from "../core/cleanup/plan.ts";
import { EXTRA_CLASSES } from "../core/duplicates/classes.ts";
import * as optionValues from "./option-values.ts";
import { parseChoice, parseNumber } from "./parse.ts";
import { choice, collect, common, commonSettings, type Finish, threads, withThreads } from "./shared-options.ts";

export function addCleanupCommands(program: Command, host: Host, finish: Finish): void {
  withThreads(common(program.command("review [folder...]")))
    .description("go through the duplicates on a local page, and write a plan of what to remove")
    .option("--plan <file>", "file that the plan is written to", "plan.json")
    .option("--merge-metadata", "have the plan give keepers the dates, places, captions, keywords and albums that only their extras have")
    .option("--port <n>", "port of the page, 0 for a free one", "0")
    .option("--protect <folder>", "keep every photo in this folder (repeatable)", collect, [])
    .option("--opener <command>", "command that shows the page, or none (default in a terminal: the system's)")
    .action(async (folders: string[], options: optionValues.Options) => {
      const { runReview } = await import("../commands/review/review.ts");
      const { resolveFolders } = await import("../commands/folders.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        folders,
        protectedFolders: resolveFolders(optionValues.texts(options, "protect"), host),
        plan: optionValues.text(options, "plan"),
        mergeMetadata: optionValues.flag(options, "mergeMetadata"),
        port: optionValues.wholeNumber(options, "port", 0, 65_535),
        opener: optionValues.optionalText(options, "opener"),
        threads: await threads(options),
      };
      finish(await runReview(settings, host));
    });

  common(program.command("apply <plan>"))
    .description("show what a plan would do; with --yes, do it")
    .option("--yes", "do it")
    .option(
      "--class <name>",
      `also photos of this class that were not reviewed: ${EXTRA_CLASSES.slice(2).join(", ")} (repeatable)`,
      collect,
      [],
    )
    .addOption(choice("--action <name>", `${ACTIONS.join(", ")}: instead of what the plan says`, ACTIONS))
    .addOption(new Option("--to <folder>", "folder to move to, keeping the tree"))
    .option("--protect <folder>", "touch nothing in this folder (repeatable)", collect, [])
    .action(async (planFile: string, options: optionValues.Options) => {
      const { runApply } = await import("../commands/cleanup/apply.ts");
      const action = optionValues.optionalText(options, "action");
      const settings = {
        ...(await commonSettings(options, host)),
        planFile,
        classes: optionValues.texts(options, "class").map((name) => parseChoice("--class", name, EXTRA_CLASSES)),
        action: action === null ? null : parseChoice("--action", action, ACTIONS),
        moveTo: optionValues.optionalText(options, "to"),
        protectedFolders: optionValues.texts(options, "protect"),
        dataHome: dataHome(host),
        yes: optionValues.flag(options, "yes"),
      };
      finish(await runApply(settings, host));
    });

  common(program.command("undo [run]"))
    .description("bring back what dupfind apply removed: in its last run, or in the run with this number")
    .action(async (run: string | undefined, options: optionValues.Options) => {
      const { runUndo } = await import("../commands/cleanup/undo.ts");
      const number = run === undefined ? null : Math.floor(parseNumber("run", run, 1, Number.MAX_SAFE_INTEGER));
      finish(await runUndo({ ...(await commonSettings(options, host)), run: number, dataHome: dataHome(host) }, host));
    });

  common(program.command("history"))
    .description("list what dupfind apply did, run by run")
    .action(async (options: optionValues.Options) => {
      const { runHistory } = await import("../commands/cleanup/history.ts");
      finish(await runHistory(await commonSettings(options, host), host));
    });

  addDecisionCommands(program.command("decisions").description("your decisions about pairs, which every report follows"), host, finish);
}

function addDecisionCommands(decisions: Command, host: Host, finish: Finish): void {
  common(decisions.command("export"))
    .description("write the decisions as labelled pairs, as dupfind label does")
    .option("-o, --output <file>", "CSV file to write", "decisions.csv")
    .action(async (options: optionValues.Options) => {
      const { runDecisionsExport } = await import("../commands/decisions/decisions.ts");
      finish(await runDecisionsExport({ ...(await commonSettings(options, host)), file: optionValues.text(options, "output") }, host));
    });

  common(decisions.command("import <csv>"))
    .description("import decisions from labelled pairs; reads every photo that they name")
    .action(async (file: string, options: optionValues.Options) => {
      const { runDecisionsImport } = await import("../commands/decisions/decisions.ts");
      finish(await runDecisionsImport({ ...(await commonSettings(options, host)), file }, host));
    });
}

/** An empty variable is how scripts unset one. */
function dataHome(host: Host): string | null {
  return host.environment["XDG_DATA_HOME"] || null;
}
