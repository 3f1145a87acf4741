/**
 * `map`: the library as a page to look at.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { MAP_COLORS } from "../core/map/library-map.ts";
import * as given from "./option-values.ts";
import { parseChoice } from "./parse.ts";
import { common, commonSettings, type Finish, model, threads, withModel, withThreads } from "./shared-options.ts";

export function addMapCommands(program: Command, host: Host, finish: Finish): void {
  withThreads(withModel(common(program.command("map"))))
    .description("draw the library as a page on which photos that resemble each other stand together")
    .requiredOption("-o, --output <file>", "the page, for example map.html")
    .option("--threshold <t>", "similarity from which two photos are joined by a line (default: the encoder's own)")
    .option("--color <what>", `${MAP_COLORS.join(", ")}: what the colours say at first`, "folder")
    .option("--seed <n>", "another seed gives another drawing of the same neighbours", "1")
    .option("--no-thumbnails", "leave the photos out of the page")
    .action(async (options: given.Options) => {
      const { runMap } = await import("../commands/map/map.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        model: model(options),
        threshold: given.optionalNumber(options, "threshold", 0, 1),
        output: given.text(options, "output"),
        seed: given.wholeNumber(options, "seed", 0, 2 ** 32 - 1),
        thumbnails: given.flag(options, "thumbnails"),
        color: parseChoice("--color", given.text(options, "color"), MAP_COLORS),
        threads: await threads(options),
      };
      finish(await runMap(settings, host));
    });
}
