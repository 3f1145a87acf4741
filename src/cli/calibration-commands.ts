/**
 * `calibrate`: what an encoder's similarities mean.
 */
import type { Command } from "commander";
import { parsePrecision } from "../core/calibration-settings.ts";
import type { Host } from "../core/settings.ts";
import {
  common,
  commonSettings,
  type Finish,
  maxMegapixels,
  model,
  type Options,
  pairSource,
  threads,
  withModel,
  withPairs,
  withReading,
} from "./options.ts";

/** Photos that are edited where no number is given: edits of about 460 photos promise a precision of 0.99. */
const CALIBRATION_PHOTOS = 2000;

export function addCalibrationCommands(program: Command, host: Host, finish: Finish): void {
  withPairs(withReading(withModel(common(program.command("calibrate")))), CALIBRATION_PHOTOS)
    .description("find the threshold for a precision, from pairs of photos that you judged or from edits of the library's photos")
    .option("--dry-run", "save nothing: reports keep the threshold they have")
    .option("-o, --output <file>", "write the curve and the disputed pairs as a page")
    .action(async (options: Options) => {
      const { runCalibrate } = await import("../commands/calibrate.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        source: pairSource(options, CALIBRATION_PHOTOS),
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
