/**
 * `map`: the library as a page to look at.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { MAP_COLORS } from "../core/map/library-map.ts";
import { outputOf } from "./answer-form.ts";
import * as optionValues from "./option-values.ts";
import { parseChoice } from "./parse.ts";
import { choice, common, commonSettings, type Finish, model, threads, threshold, withModel, withThreads } from "./shared-options.ts";

export function addMapCommands(program: Command, host: Host, finish: Finish): void {
  withThreads(withModel(common(program.command("map"))))
    .description("draw the library as a page with similar photos close together")
    .requiredOption("-o, --output <file>", "the page, for example map.html")
    .option("--threshold <t>", "similarity from which two photos are connected by a line (default: as calibrated, or the encoder's own)")
    .addOption(choice("--color <what>", `${MAP_COLORS.join(", ")}: what the colours show at first`, MAP_COLORS).default("folder"))
    .option("--seed <n>", "another seed gives another layout of the same neighbours", "1")
    .option("--no-thumbnails", "leave the photos out of the page")
    .action(async (options: optionValues.Options) => {
      const { runMap } = await import("../commands/map/map.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: model(options),
        threshold: threshold(options, "threshold"),
        output: outputOf(options, "html") as string, // required
        seed: optionValues.wholeNumber(options, "seed", 0, 2 ** 32 - 1),
        thumbnails: optionValues.flag(options, "thumbnails"),
        color: parseChoice("--color", optionValues.text(options, "color"), MAP_COLORS),
        threads: await threads(options),
      };
      finish(await runMap(settings, host));
    });
}
