/**
 * `calibrate` and `adapt`: what an encoder's similarities mean, and an encoder that learns what they should mean.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { CALIBRATION_PHOTOS, DEFAULT_PRECISION } from "../core/defaults.ts";
import { outputOf } from "./answer-form.ts";
import * as optionValues from "./option-values.ts";
import { parsePrecision } from "./parse-pairs.ts";
import {
  calibrationPairs,
  common,
  commonSettings,
  type Finish,
  model,
  reading,
  withModel,
  withPairs,
  withReading,
} from "./shared-options.ts";

export function addCalibrationCommands(program: Command, host: Host, finish: Finish): void {
  withPairs(withReading(withModel(common(program.command("calibrate")))), CALIBRATION_PHOTOS)
    .description("find the threshold for a precision, from labelled pairs, edits of the library's photos, and what was decided in reviews")
    .option("--dry-run", "save nothing; reports keep their threshold")
    .option("--no-look", "for reports with --no-look: similar pairs count as listed, though a look tells them apart")
    .option("--force", "replace a calibration that rests on more labels")
    .option("-o, --output <file>", "write the curve and the disputed pairs to an HTML page")
    .action(async (options: optionValues.Options) => {
      const { runCalibrate } = await import("../commands/calibration/calibrate.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        source: calibrationPairs(options, CALIBRATION_PHOTOS),
        model: model(options),
        precision: parsePrecision(optionValues.text(options, "precision")),
        dryRun: optionValues.flag(options, "dryRun"),
        force: optionValues.flag(options, "force"),
        looking: optionValues.flag(options, "look"),
        output: outputOf(options, "html"),
        ...(await reading(options)),
      };
      finish(await runCalibrate(settings, host));
    });
}

export function addAdaptCommand(program: Command, host: Host, finish: Finish): void {
  withReading(withModel(common(program.command("adapt"))))
    .description("learn a linear map on top of an encoder from labelled pairs; kept only if it is better on held-out photos")
    .requiredOption(
      "--pairs <file>",
      "CSV file of labelled pairs: two columns of paths, and one that says whether they are the same picture",
    )
    .option("--name <id>", "name of the new encoder (default: the base encoder's name with -adapted)")
    .option("--precision <p>", "fraction of reported pairs that must be true duplicates", String(DEFAULT_PRECISION))
    .option("--dry-run", "save nothing; only show whether it would be better")
    .action(async (options: optionValues.Options) => {
      const { runAdapt } = await import("../commands/adaptation/adapt.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        pairs: optionValues.text(options, "pairs"),
        model: model(options),
        name: optionValues.optionalText(options, "name"),
        precision: parsePrecision(optionValues.text(options, "precision")),
        dryRun: optionValues.flag(options, "dryRun"),
        ...(await reading(options)),
      };
      finish(await runAdapt(settings, host));
    });
}
