/**
 * `search` and `neighbours`: what resembles what.
 */
import type { Command } from "commander";
import type { Host } from "../commands/host.ts";
import { SEARCH_FORMATS } from "../commands/search/settings.ts";
import { SEARCH_COUNT, SEARCH_WEIGHT } from "../core/defaults.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../core/photos/decode-memory.ts";
import { PROMPT_CHOICES } from "../core/search/prompts.ts";
import * as given from "./option-values.ts";
import { parseChoice } from "./parse.ts";
import { parseQuery, searchFormat } from "./parse-query.ts";
import { collect, common, commonSettings, type Finish, maxMegapixels, model, threads, withModel, withThreads } from "./shared-options.ts";

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
    .description("list the photos most like a photo, or like words")
    .option("-k, --count <n>", "pictures to list, at most", String(SEARCH_COUNT))
    .option("--min <similarity>", "list none that is less similar")
    .option("--folder <folder>", "only photos in it (repeatable)", collect, [])
    .option("--photo <file>", "what to look for, by a photo")
    .option("--words <text>", "what to look for, in words; beside a photo, what to add to it")
    .option("--weight <w>", "share of the words beside a photo, from 0 to 1", String(SEARCH_WEIGHT))
    .option("--not <text>", "what the photos shall not be like, in words (repeatable)", collect, [])
    .option("--not-weight <w>", "how much of that is taken away, from 0 to 1", String(SEARCH_WEIGHT))
    .option("--prompts <name>", `${PROMPT_CHOICES.join(", ")}: sentences put around the words`, "none")
    .option("--format <name>", "text, json, html or paths (default: by the output's name, else text)")
    .option("-0, --null", "print only the photos' paths, each ended by NUL, for xargs -0")
    .option("-o, --output <file>", "write to a file; results.html shows the photos")
    .option("--max-megapixels <n>", "do not search by a larger image", String(DEFAULT_MAX_MEGAPIXELS))
    .action(async (query: string[], options: given.Options) => {
      const { runSearch } = await import("../commands/search/search.ts");
      finish(await runSearch(await searchSettings(query, options, host), host));
    });
}

async function searchSettings(query: readonly string[], options: given.Options, host: Host) {
  const { isFile } = await import("../commands/machine.ts");
  const settings = await commonSettings(options, host);
  const output = given.optionalText(options, "output");
  const format = given.flag(options, "null") ? "paths" : settings.json ? "json" : given.optionalText(options, "format");
  return {
    ...settings,
    query: parseQuery(
      query,
      { photo: given.optionalText(options, "photo"), words: given.optionalText(options, "words") },
      given.texts(options, "not"),
      (path) => isFile(path, host.workingFolder),
    ),
    prompts: parseChoice("--prompts", given.text(options, "prompts"), PROMPT_CHOICES),
    weights: {
      words: given.number(options, "weight", 0, 1),
      unwanted: given.number(options, "notWeight", 0, 1),
    },
    model: model(options),
    count: count(options),
    min: given.optionalNumber(options, "min", -1, 1),
    folders: given.texts(options, "folder"),
    format: searchFormat(format === null ? null : parseChoice("--format", format, SEARCH_FORMATS), output),
    output,
    maxMegapixels: maxMegapixels(options),
  };
}

function addNeighbours(program: Command, host: Host, finish: Finish): void {
  withThreads(withModel(common(program.command("neighbours [folder...]"))))
    .description("list the photos that resemble no other, and the folders with the most near-duplicates")
    .option("-k, --count <n>", "photos and folders to list, at most", "20")
    .option("--threshold <t>", "similarity from which two photos are near-duplicates (default: the encoder's own)")
    .option("-o, --output <file>", "write to a file")
    .action(async (folders: string[], options: given.Options) => {
      const { runNeighbours } = await import("../commands/search/neighbours.ts");
      const settings = {
        ...(await commonSettings(options, host)),
        folders,
        model: model(options),
        threshold: given.optionalNumber(options, "threshold", 0, 1),
        count: count(options),
        output: given.optionalText(options, "output"),
        threads: await threads(options),
      };
      finish(await runNeighbours(settings, host));
    });
}

function count(options: given.Options): number {
  return given.wholeNumber(options, "count", 1, 1_000_000);
}
