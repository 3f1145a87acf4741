/**
 * `dupfind search <photo or words>`: the photos of the library that are most like it.
 */
import { resolve } from "node:path";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { SearchResult } from "../../core/search/search-result.ts";
import { searchPhotos } from "../../engine/search/search.ts";
import { hitPaths, renderSearchJson } from "../../render/search/search-data.ts";
import { renderSearchPage } from "../../render/search/search-page.ts";
import { renderSearchText } from "../../render/search/search-text.ts";
import { deliver, requirePlace } from "../answer.ts";
import { resolveFolders } from "../folders.ts";
import type { Host } from "../host.ts";
import { nulEnded, pathLines } from "../path-lists.ts";
import { withRun } from "../with-run.ts";
import type { SearchForm, SearchSettings } from "./settings.ts";

type Render = (result: SearchResult, workingFolder: string, maxMegapixels: number) => string | Promise<string>;

const RENDER: Readonly<Record<SearchForm, Render>> = {
  text: renderSearchText,
  json: renderSearchJson,
  paths: (result) => pathLines(hitPaths(result)),
  "nul-paths": (result) => nulEnded(hitPaths(result)),
  html: renderResultPage,
};

/** For programs, which take names byte by byte. */
const EXACT: readonly SearchForm[] = ["paths", "nul-paths"];

export async function runSearch(settings: SearchSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const { query, folders } = settings;
  const request = {
    ...settings,
    photo: query.photo === null ? null : resolve(host.workingFolder, query.photo),
    folders: resolveFolders(folders, host),
  };
  const { result, isWhole } = await withRun(settings, host, (run) => searchPhotos(request, run));
  if (result.comparedCount === 0) {
    throw new UserError({ code: "nothing-scanned", model: result.encoder.id }, `No photo has been scanned with ${result.encoder.id} yet`);
  }
  const text = await RENDER[settings.format](result, host.workingFolder, settings.maxMegapixels);
  await deliver(text, place, host, EXACT.includes(settings.format));
  return settings.strict && !isWhole ? EXIT.photosNotCompared : EXIT.ok;
}

/** Loads the decoder, which no other form of the answer needs. */
async function renderResultPage(result: SearchResult, workingFolder: string, maxMegapixels: number): Promise<string> {
  const { thumbnailsOf } = await import("../thumbnails.ts");
  const asked = result.query.photo === null ? null : resolve(workingFolder, result.query.photo);
  const shown = result.hits.flatMap(({ content }) => content.photos.slice(0, 1).map(({ path }): string => path));
  const thumbnails = await thumbnailsOf(asked === null ? shown : [asked, ...shown], maxMegapixels);
  return renderSearchPage(result, (path) => thumbnails.get(resolve(workingFolder, path)) ?? null, workingFolder);
}
