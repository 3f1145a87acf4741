/**
 * `search` and `neighbours`: what resembles what.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { NEIGHBOURS_FORMATS, SEARCH_FORMATS, type SearchForm } from "../commands/search/settings.ts";
import { SEARCH_COUNT, SEARCH_WEIGHT } from "../core/defaults.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../core/photos/decode-memory.ts";
import { PROMPT_CHOICES } from "../core/search/prompts.ts";
import { answerForm } from "./answer-form.ts";
import * as optionValues from "./option-values.ts";
import { parseChoice } from "./parse.ts";
import { parseQuery } from "./parse-query.ts";
import {
  choice,
  collect,
  common,
  commonSettings,
  type Finish,
  maxMegapixels,
  model,
  threads,
  threshold,
  withModel,
  withThreads,
} from "./shared-options.ts";

export function addSearchCommands(program: Command, host: Host, finish: Finish): void {
  addSearch(program, host, finish);
  addNeighbours(program, host, finish);
}

/**
 * Takes `-not` for `--not`: as find and others write it. The parser would read the options n, o and t.
 * @param args behind the program's name; what stands behind "--" is no option
 */
export function withLongNot(args: readonly string[]): readonly string[] {
  if (args[0] !== "search") return args;
  const end = args.indexOf("--");
  return args.map((arg, i) => (arg === "-not" && (end === -1 || i < end) ? "--not" : arg));
}

function addSearch(program: Command, host: Host, finish: Finish): void {
  withModel(common(program.command("search [query...]")))
    .description("list the photos most similar to a photo or to words")
    .option("-k, --count <n>", "maximum number of pictures to list", String(SEARCH_COUNT))
    .option("--min <similarity>", "list no picture that is less similar")
    .option("--folder <folder>", "only photos in this folder (repeatable)", collect, [])
    .option("--photo <file>", "photo to search for")
    .option("--words <text>", "words to search for; with a photo, what to add to it")
    .option("--weight <w>", "weight of the words when used with a photo, from 0 to 1", String(SEARCH_WEIGHT))
    .option("--not <text>", "words that the photos should not match (repeatable)", collect, [])
    .option("--not-weight <w>", "how strongly to subtract them, from 0 to 1", String(SEARCH_WEIGHT))
    .addOption(choice("--prompts <name>", `${PROMPT_CHOICES.join(", ")}: sentences put around the words`, PROMPT_CHOICES).default("none"))
    .addOption(
      choice("--format <name>", "text, json, html or paths, one a line (default: by the output's name, else text)", SEARCH_FORMATS),
    )
    .option("-0, --null", "print only the photos' paths, each followed by NUL, for xargs -0")
    .option("-o, --output <file>", "write to a file; its name chooses the form: .txt, .json, or .html, which shows the photos")
    .option("--max-megapixels <n>", "reject a larger query photo", String(DEFAULT_MAX_MEGAPIXELS))
    .action(async (query: string[], options: optionValues.Options) => {
      const { runSearch } = await import("../commands/search/search.ts");
      finish(await runSearch(await searchSettings(query, options, host), host));
    });
}

async function searchSettings(query: readonly string[], options: optionValues.Options, host: Host) {
  const { isFile } = await import("../commands/machine.ts");
  const settings = await commonSettings(options, host);
  return {
    ...settings,
    query: parseQuery(
      query,
      { photo: optionValues.optionalText(options, "photo"), words: optionValues.optionalText(options, "words") },
      optionValues.texts(options, "not"),
      (path) => isFile(path, host.workingFolder),
    ),
    prompts: parseChoice("--prompts", optionValues.text(options, "prompts"), PROMPT_CHOICES),
    weights: {
      words: optionValues.number(options, "weight", 0, 1),
      unwanted: optionValues.number(options, "notWeight", 0, 1),
    },
    model: model(options),
    count: count(options),
    min: optionValues.optionalNumber(options, "min", -1, 1),
    folders: optionValues.texts(options, "folder"),
    format: answerForm<SearchForm>(options, { formats: SEARCH_FORMATS, json: "json", nul: "nul-paths" }),
    output: optionValues.optionalText(options, "output"),
    maxMegapixels: maxMegapixels(options),
  };
}

function addNeighbours(program: Command, host: Host, finish: Finish): void {
  withThreads(withModel(common(program.command("neighbours [folder...]"))))
    .description("list the most isolated photos, and the folders with the most near-duplicates")
    .option("-k, --count <n>", "maximum number of photos and of folders to list", "20")
    .option("--threshold <t>", "similarity from which two photos are near-duplicates (default: as calibrated, or the encoder's own)")
    .option("-o, --output <file>", "write to a file; its name chooses the form: .txt or .json")
    .action(async (folders: string[], options: optionValues.Options) => {
      const { runNeighbours } = await import("../commands/search/neighbours.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        folders,
        model: model(options),
        threshold: threshold(options, "threshold"),
        count: count(options),
        format: answerForm(options, { formats: NEIGHBOURS_FORMATS, json: "json" }),
        output: optionValues.optionalText(options, "output"),
        threads: await threads(options),
      };
      finish(await runNeighbours(settings, host));
    });
}

function count(options: optionValues.Options): number {
  return optionValues.wholeNumber(options, "count", 1, 1_000_000);
}
