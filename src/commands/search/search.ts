/**
 * `dupfind search <photo or words>`: the photos of the library that are most like it. Writes nothing but a cache of vectors.
 */
import { resolve } from "node:path";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { SearchResult } from "../../core/search/search-result.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { resolveFolder } from "../../io/photos/folders.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { searchLibrary } from "../../pipeline/search/search-library.ts";
import { renderHitPaths, renderSearchJson } from "../../render/search/search-data.ts";
import { renderSearchPage } from "../../render/search/search-page.ts";
import { renderSearchText } from "../../render/search/search-text.ts";
import { deliver, requirePlace } from "../answer.ts";
import { chooseForReading } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { withLibrary } from "../open-library.ts";
import { createQueryEncoder, required, requireText } from "./query-encoder.ts";
import type { SearchFormat, SearchSettings } from "./settings.ts";

type Render = (result: SearchResult, workingFolder: string, maxMegapixels: number) => string | Promise<string>;

const RENDER: Readonly<Record<SearchFormat, Render>> = {
  text: renderSearchText,
  json: renderSearchJson,
  paths: renderHitPaths,
  html: renderResultPage,
};

export async function runSearch(settings: SearchSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const { result, isWhole } = await search(settings, host);
  if (result.comparedCount === 0) {
    throw new UserError(
      `No photo has been scanned with ${result.encoder.id} yet`,
      `Run dupfind scan <folder> --model ${result.encoder.id} first`,
    );
  }
  const text = await RENDER[settings.format](result, host.workingFolder, settings.maxMegapixels);
  await deliver(text, place, host, settings.format === "paths");
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

/** With whether all photos were read that could be among the hits. */
function search(settings: SearchSettings, host: Host): Promise<{ readonly result: SearchResult; readonly isWhole: boolean }> {
  const { query } = settings;
  return withLibrary(settings.library, async (library) => {
    const store = new ModelStore(settings.models);
    const encoder = chooseForReading(library, store, settings, host);
    if (query.words !== null || query.unwanted.length > 0) requireText(store, encoder.spec);
    const photo = query.photo === null ? null : required(await identifyPath(resolve(host.workingFolder, query.photo)));
    const folders = settings.folders.map((folder) => resolveFolder(folder, host.workingFolder));
    const encode = createQueryEncoder(store, encoder.spec, settings.maxMegapixels);
    try {
      const result = await searchLibrary({ store: library.searchOf(encoder), encode }, encoder, query, photo, { ...settings, folders });
      return { result, isWhole: noteUnfinished(library, encoder, { ...settings, folders }, host) };
    } finally {
      await encode.close();
    }
  });
}
