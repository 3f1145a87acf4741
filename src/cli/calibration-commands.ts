/**
 * `calibrate` and `adapt`: what an encoder's similarities mean, and an encoder that is taught what they shall mean.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { CALIBRATION_PHOTOS, DEFAULT_PRECISION } from "../core/defaults.ts";
import * as given from "./option-values.ts";
import { parsePrecision } from "./parse-pairs.ts";
import {
  common,
  commonSettings,
  type Finish,
  maxMegapixels,
  model,
  pairSource,
  threads,
  withModel,
  withPairs,
  withReading,
} from "./shared-options.ts";

export function addCalibrationCommands(program: Command, host: Host, finish: Finish): void {
  withPairs(withReading(withModel(common(program.command("calibrate")))), CALIBRATION_PHOTOS)
    .description("find the threshold for a precision, from pairs of photos that you judged or from edits of the library's photos")
    .option("--dry-run", "save nothing: reports keep the threshold they have")
    .option("-o, --output <file>", "write the curve and the disputed pairs as a page")
    .action(async (options: given.Options) => {
      const { runCalibrate } = await import("../commands/calibration/calibrate.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        source: pairSource(options, CALIBRATION_PHOTOS),
        model: model(options),
        precision: parsePrecision(given.text(options, "precision")),
        dryRun: given.flag(options, "dryRun"),
        output: given.optionalText(options, "output"),
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runCalibrate(settings, host));
    });
}

export function addAdaptCommand(program: Command, host: Host, finish: Finish): void {
  withReading(withModel(common(program.command("adapt"))))
    .description("teach an encoder, by a linear map, from pairs of photos that you judged; kept only where it is better on photos left out")
    .requiredOption("--pairs <file>", "CSV file with two columns of paths and one that says whether they are the same picture")
    .option("--name <id>", "of the new encoder (default: the old one's, with -adapted)")
    .option("--precision <p>", "share of the pairs found that shall be the same picture", String(DEFAULT_PRECISION))
    .option("--dry-run", "save nothing: only tell whether it would be better")
    .action(async (options: given.Options) => {
      const { runAdapt } = await import("../commands/adaptation/adapt.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        pairs: given.text(options, "pairs"),
        model: model(options),
        name: given.optionalText(options, "name"),
        precision: parsePrecision(given.text(options, "precision")),
        dryRun: given.flag(options, "dryRun"),
        maxMegapixels: maxMegapixels(options),
        threads: await threads(options),
      };
      finish(await runAdapt(settings, host));
    });
}
