/**
 * `calibrate`: what an encoder's similarities mean.
 */
import type { Command } from "commander";
import { DEFAULT_PRECISION, parsePrecision } from "../core/calibration-settings.ts";
import type { Host } from "../core/settings.ts";
import { common, commonSettings, type Finish, maxMegapixels, model, type Options, threads, withModel, withReading } from "./options.ts";

export function addCalibrationCommands(program: Command, host: Host, finish: Finish): void {
  withReading(withModel(common(program.command("calibrate"))))
    .description("find the threshold for a precision, from pairs of photos that you judged")
    .requiredOption("--pairs <file>", "CSV file with two columns of paths and one that says whether they are the same picture")
    .option("--precision <p>", "share of the pairs found that shall be the same picture", DEFAULT_PRECISION)
    .option("--dry-run", "save nothing: reports keep the threshold they have")
    .option("-o, --output <file>", "write the curve and the disputed pairs as a page")
    .action(async (options: Options) => {
      const { runCalibrate } = await import("../commands/calibrate.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        pairs: options["pairs"] as string,
        model: model(options),
        precision: parsePrecision(options["precision"] as string),
        dryRun: options["dryRun"] === true,
        output: (options["output"] as string | undefined) ?? null,
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runCalibrate(settings, host));
    });
}
