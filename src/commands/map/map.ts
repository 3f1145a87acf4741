/**
 * `dupfind map -o map.html`: the library as a page on which photos that resemble each other stand together.
 */
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import { DEFAULT_RULES } from "../../core/duplicates/keeper.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import type { LibraryMap } from "../../core/map/library-map.ts";
import { type SpriteSheets, tileEdge } from "../../core/map/sprite-sheet.ts";
import type { PhotoPath } from "../../core/units.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { readPageAssets } from "../../io/pages/page-assets.ts";
import { createTileMaker, encodeSheet } from "../../io/pages/sprite-sheet.ts";
import { lookAt } from "../../io/photos/look-at.ts";
import { createProgressDisplay, type ProgressDisplay } from "../../io/progress-bar.ts";
import { createNearestSearch } from "../../io/vectors/nearest-neighbours.ts";
import { createLayOut } from "../../io/vectors/umap.ts";
import { findDuplicates } from "../../pipeline/duplicates/find-duplicates.ts";
import { mapLibrary } from "../../pipeline/map/map-library.ts";
import { packThumbnails } from "../../pipeline/map/pack-thumbnails.ts";
import { renderMapHtml } from "../../render/map/map-html.ts";
import { renderMapJson, renderMapText } from "../../render/map/map-summary.ts";
import { deliver, requirePlace } from "../answer.ts";
import { chooseForReading } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { compareWhatIsNew } from "../library/finish-comparison.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { withLibrary } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import type { MapSettings } from "./settings.ts";

/** For all thumbnails of a page: 20 MB of it, in base64. */
const THUMBNAIL_BYTES = 15_000_000;

export async function runMap(settings: MapSettings, host: Host): Promise<ExitCode> {
  const place = await requirePlace(settings.output, settings.library);
  const store = new ModelStore(settings.models);
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  try {
    const { map, isWhole } = await withLibrary(settings.library, async (library) => {
      const encoder = await chooseForReading(library, store, settings, host);
      const drawn = await drawMap(library, encoder, settings, host, progress);
      return { map: drawn, isWhole: await noteUnfinished(library, encoder, { ...settings, folders: [] }, host) };
    });
    if (map === null) return stopCode(host.stop);
    const thumbnails = settings.thumbnails ? await makeThumbnails(map, settings, host, progress) : null;
    if (host.stop.aborted) return stopCode(host.stop);
    progress.close();
    const page = renderMapHtml(map, thumbnails, settings.color, readPageAssets("map"));
    await deliver(page, place, host);
    const summary = { map, thumbnails, output: settings.output, bytes: Buffer.byteLength(page) };
    if (settings.json) host.write(renderMapJson(summary));
    else if (!settings.quiet) host.write(renderMapText(summary));
    return settings.strict && !isWhole ? EXIT.photosNotCompared : EXIT.ok;
  } finally {
    progress.close();
  }
}

async function drawMap(
  library: Library,
  encoder: ChosenEncoder,
  settings: MapSettings,
  host: Host,
  { onProgress }: ProgressDisplay,
): Promise<LibraryMap | null> {
  const threshold = chooseThreshold(
    encoder.spec,
    { threshold: settings.threshold, precision: null },
    await library.calibrationOf(encoder).saved(),
  );
  const uncompared = await compareWhatIsNew(library, encoder, settings, host);
  const report = await findDuplicates({ store: library.reportOf(encoder), lookAt }, encoder, uncompared, {
    threshold,
    folders: [],
    bursts: true,
    linkage: "star",
    rules: DEFAULT_RULES,
    protectedFolders: [],
    acrossRoots: null,
  });
  if (report.photoCount === 0) {
    throw new UserError(`No photo was scanned with ${encoder.spec.id} yet`, "Run dupfind scan <folder> first");
  }
  const ports = {
    store: library.mapOf(encoder),
    searchNearest: createNearestSearch(settings.threads),
    layOut: createLayOut(onProgress, host.stop),
    onProgress,
    stop: host.stop,
  };
  return mapLibrary(ports, await library.pairsOf(encoder).loadVectors(), report, settings.seed);
}

async function makeThumbnails(map: LibraryMap, settings: MapSettings, host: Host, { onProgress }: ProgressDisplay): Promise<SpriteSheets> {
  const edge = tileEdge(map.points.length, THUMBNAIL_BYTES);
  const maker = createTileMaker(edge);
  try {
    const paths = map.points.map(({ photos }) => photos[0] as PhotoPath);
    return await packThumbnails(
      paths,
      { edge, bytes: THUMBNAIL_BYTES },
      { makeTile: maker.makeTile, encode: encodeSheet, onProgress, parallel: settings.threads * 2, stop: host.stop },
    );
  } finally {
    await maker.close();
  }
}
