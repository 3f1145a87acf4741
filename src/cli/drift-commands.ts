/**
 * `drift`: whether the library's vectors and threshold still hold.
 */
import type { Command } from "commander";
import type { Host } from "../core/settings.ts";
import { common, commonSettings, type Finish, model, type Options, withModel } from "./options.ts";

export function addDriftCommands(program: Command, host: Host, finish: Finish): void {
  withModel(common(program.command("drift")))
    .description("check that photos still come to the vectors that the library holds")
    .option("--fail-on-drift", "exit with 1 when they do not")
    .action(async (options: Options) => {
      const { runDrift } = await import("../commands/drift.ts");
      const settings = { ...(await commonSettings(options, host)), model: model(options), failOnDrift: options["failOnDrift"] === true };
      finish(await runDrift(settings, host));
    });
}
