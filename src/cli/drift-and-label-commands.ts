/**
 * `drift` and `label`: whether the library's vectors still hold, and what a person says of its pairs.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { DEFAULT_LABEL_FILE } from "../core/defaults.ts";
import { outputOf } from "./answer-form.ts";
import * as optionValues from "./option-values.ts";
import { common, commonSettings, type Finish, model, threshold, withModel } from "./shared-options.ts";

export function addDriftCommands(program: Command, host: Host, finish: Finish): void {
  withModel(common(program.command("drift")))
    .description("check that the library's vectors can still be reproduced")
    .option("--fail-on-drift", "exit with 1 if they cannot")
    .action(async (options: optionValues.Options) => {
      const { runDrift } = await import("../commands/drift/drift.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: model(options),
        failOnDrift: optionValues.flag(options, "failOnDrift"),
      };
      finish(await runDrift(settings, host));
    });

  withModel(common(program.command("label")))
    .description("ask which pairs show the same picture, for dupfind calibrate --pairs")
    .option("-o, --output <file>", "CSV file to add the answers to", DEFAULT_LABEL_FILE)
    .option("--count <n>", "maximum number of questions", "50")
    .option("--near <t>", "similarity to ask around (default: the threshold)")
    .option("--page", "ask on a local page instead of in the terminal")
    .option("--opener <command>", "command that shows the photos or the page, or none (default in a terminal: the system's)")
    .action(async (options: optionValues.Options) => {
      const { runLabel } = await import("../commands/labels/label.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: model(options),
        output: outputOf(options, "csv") as string, // has a default
        count: optionValues.wholeNumber(options, "count", 1, 10_000),
        near: threshold(options, "near"),
        page: optionValues.flag(options, "page"),
        opener: optionValues.optionalText(options, "opener"),
      };
      finish(await runLabel(settings, host));
    });
}
