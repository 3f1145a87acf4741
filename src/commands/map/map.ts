/**
 * `dupfind map -o map.html`: the library as a page on which photos that resemble each other stand together.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { drawMap, drawThumbnails } from "../../engine/map/draw-map.ts";
import { readPageAssets } from "../../io/pages/page-assets.ts";
import { renderMapHtml } from "../../render/map/map-html.ts";
import { renderMapJson, renderMapText } from "../../render/map/map-summary.ts";
import { deliver, requirePlace } from "../answer.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import type { MapSettings } from "./settings.ts";

/** For all thumbnails of a page: 20 MB of it, in base64. */
const THUMBNAIL_BYTES = 15_000_000;

export async function runMap(settings: MapSettings, host: Host): Promise<ExitCode> {
  const place = await requirePlace(settings.output, settings.library);
  const drawn = await withRun(settings, host, async (run) => {
    const { map, isWhole } = await drawMap(settings, run);
    const thumbnails = map === null || !settings.thumbnails ? null : await drawThumbnails(map, THUMBNAIL_BYTES, settings.threads, run);
    return { map, isWhole, thumbnails };
  });
  const { map, thumbnails } = drawn;
  if (map === null || host.stop.aborted) return stopCode(host.stop);
  const page = renderMapHtml(map, thumbnails, settings.color, readPageAssets("map"));
  await deliver(page, place, host);
  const summary = { map, thumbnails, output: settings.output, bytes: Buffer.byteLength(page) };
  if (settings.json) host.write(renderMapJson(summary));
  else if (!settings.quiet) host.write(renderMapText(summary));
  return settings.strict && !drawn.isWhole ? EXIT.photosNotCompared : EXIT.ok;
}
