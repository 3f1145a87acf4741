/**
 * `calibrate`: what an encoder's similarities mean.
 */
import type { Command } from "commander";
import { DEFAULT_PRECISION, type PairSource, parsePairSource, parsePrecision } from "../core/calibration-settings.ts";
import type { Host } from "../core/settings.ts";
import { common, commonSettings, type Finish, maxMegapixels, model, type Options, threads, withModel, withReading } from "./options.ts";

/** Photos that are edited where no number is given: edits of about 460 photos promise a precision of 0.99. */
const CALIBRATION_PHOTOS = 2000;

export function addCalibrationCommands(program: Command, host: Host, finish: Finish): void {
  withReading(withModel(common(program.command("calibrate"))))
    .description("find the threshold for a precision, from pairs of photos that you judged or from edits of the library's photos")
    .option("--pairs <file>", "CSV file with two columns of paths and one that says whether they are the same picture")
    .option("--synthetic [n]", `edit so many photos of the library instead (default: ${CALIBRATION_PHOTOS})`)
    .option("--precision <p>", "share of the pairs found that shall be the same picture", DEFAULT_PRECISION)
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

function pairSource(options: Options, photos: number): PairSource {
  return parsePairSource(options["pairs"] as string | undefined, options["synthetic"] as string | true | undefined, photos);
}
