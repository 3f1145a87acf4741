/**
 * `embed` and `models`: the encoders themselves, without a library.
 */
import type { Command } from "commander";
import { EMBED_FORMATS } from "../commands/encoders/settings.ts";
import type { Host } from "../commands/host.ts";
import { DEFAULT_MODEL } from "../core/encoders/model-lock.ts";
import { parseEndpoint } from "../core/encoders/web-address.ts";
import { answerForm } from "./answer-form.ts";
import * as optionValues from "./option-values.ts";
import { parsePrecision } from "./parse-pairs.ts";
import { choice, common, commonSettings, type Finish, pairSource, reading, withPairs, withReading } from "./shared-options.ts";

/** Photos that are edited where no number is given: enough to tell encoders apart, few enough for the slowest. */
const COMPARED_PHOTOS = 500;

export function addEncoderCommands(program: Command, host: Host, finish: Finish): void {
  withReading(common(program.command("embed <photo...>")))
    .description("print the vectors of photos")
    .option("--model <id>", "encoder to use", DEFAULT_MODEL)
    .addOption(choice("--format <name>", "jsonl or npy (default: jsonl, as with --json)", EMBED_FORMATS))
    .action(async (photos: string[], options: optionValues.Options) => {
      const { runEmbed } = await import("../commands/encoders/embed.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        photos,
        model: optionValues.text(options, "model"),
        format: answerForm(options, { formats: EMBED_FORMATS, json: "jsonl" }),
        ...(await reading(options)),
      };
      finish(await runEmbed(settings, host));
    });
  addModelCommands(program.command("models").description("manage the encoders on this machine"), host, finish);
}

function addModelCommands(models: Command, host: Host, finish: Finish): void {
  common(models.command("list"))
    .description("list the available encoders and which are installed")
    .action(async (options: optionValues.Options) => {
      const { runModelsList } = await import("../commands/encoders/models.ts");
      finish(await runModelsList(await commonSettings(options, host), host));
    });
  common(models.command("pull <id...>"))
    .description("download encoders; each file is verified before it is installed")
    .option("--endpoint <url>", "mirror to download from (default: where they are published)")
    .option("--timeout <seconds>", "give up on a connection that sends nothing for this long", "30")
    .action(async (ids: string[], options: optionValues.Options) => {
      const { runModelsPull } = await import("../commands/encoders/pull-models.ts");
      const endpoint = optionValues.optionalText(options, "endpoint");
      const settings = {
        ...(await commonSettings(options, host)),
        endpoint: endpoint === null ? null : parseEndpoint(endpoint),
        patience: optionValues.wholeNumber(options, "timeout", 1, 3600),
      };
      finish(await runModelsPull(ids, settings, host));
    });
  common(models.command("verify [id...]"))
    .description("check every byte of the installed encoders")
    .action(async (ids: string[], options: optionValues.Options) => {
      const { runModelsVerify } = await import("../commands/encoders/models.ts");
      finish(await runModelsVerify(ids, await commonSettings(options, host), host));
    });
  common(models.command("import <path>"))
    .description("install encoders from a folder, a zip archive or a Python wheel")
    .action(async (path: string, options: optionValues.Options) => {
      const { runModelsImport } = await import("../commands/encoders/models.ts");
      finish(await runModelsImport(path, await commonSettings(options, host), host));
    });
  withPairs(withReading(common(models.command("compare"))), COMPARED_PHOTOS)
    .description("compare the installed encoders on the same pairs of photos: accuracy, speed and size")
    .action(async (options: optionValues.Options) => {
      const { runModelsCompare } = await import("../commands/calibration/compare-models.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        source: pairSource(options, COMPARED_PHOTOS),
        precision: parsePrecision(optionValues.text(options, "precision")),
        ...(await reading(options)),
      };
      finish(await runModelsCompare(settings, host));
    });
  common(models.command("remove <id>"))
    .description("remove an encoder's files; its vectors stay in the library")
    .action(async (id: string, options: optionValues.Options) => {
      const { runModelsRemove } = await import("../commands/encoders/models.ts");
      finish(await runModelsRemove(id, await commonSettings(options, host), host));
    });
}
