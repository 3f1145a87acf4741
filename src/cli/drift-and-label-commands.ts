/**
 * `drift` and `label`: whether the library's vectors still hold, and what a person says of its pairs.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import * as given from "./option-values.ts";
import { common, commonSettings, type Finish, model, withModel } from "./shared-options.ts";

export function addDriftCommands(program: Command, host: Host, finish: Finish): void {
  withModel(common(program.command("drift")))
    .description("check that photos still come to the vectors that the library holds")
    .option("--fail-on-drift", "exit with 1 when they do not")
    .action(async (options: given.Options) => {
      const { runDrift } = await import("../commands/drift/drift.ts");
      const settings = { ...(await commonSettings(options, host)), model: model(options), failOnDrift: given.flag(options, "failOnDrift") };
      finish(await runDrift(settings, host));
    });

  withModel(common(program.command("label")))
    .description("ask which pairs are the same picture, for dupfind calibrate --pairs")
    .option("-o, --output <file>", "CSV to add the answers to", "labeled.csv")
    .option("--count <n>", "questions at most", "50")
    .option("--near <t>", "similarity to ask around (default: the threshold)")
    .option("--page", "ask on a local page instead of on the terminal")
    .option("--opener <command>", "what shows the photos or the page, or none (default on a terminal: the system's)")
    .action(async (options: given.Options) => {
      const { runLabel } = await import("../commands/labels/label.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: model(options),
        output: given.text(options, "output"),
        count: given.wholeNumber(options, "count", 1, 10_000),
        near: given.optionalNumber(options, "near", 0, 1),
        page: given.flag(options, "page"),
        opener: given.optionalText(options, "opener"),
      };
      finish(await runLabel(settings, host));
    });
}
