/**
 * `dupfind report --format html`: the report as a page with pictures.
 */
import type { Report } from "../../core/duplicates/report.ts";
import { drawReport } from "../../engine/duplicates/draw-report.ts";
import type { Place } from "../../io/output-place.ts";
import { readPageAssets } from "../../io/pages/page-assets.ts";
import { renderReportHtml } from "../../render/duplicates/report-html.ts";
import { deliverPieces } from "../answer.ts";
import type { Host } from "../host.ts";
import { withRun } from "../with-run.ts";
import type { ReportSettings } from "./settings.ts";

/** For all pictures of a page: 20 MB of it, in base64, which most mail takes. */
const PICTURE_BYTES = 15_000_000;
/** Sets on one page where nobody says otherwise: 20 MB without pictures. */
export const SETS_ON_A_PAGE = 10_000;

/** @returns whether all of it was taken */
export async function deliverPage(report: Report, place: Place | null, settings: ReportSettings, host: Host): Promise<boolean> {
  const listed = report.sets.slice(0, settings.limit ?? SETS_ON_A_PAGE);
  return withRun(settings, host, (run) => {
    const drawn = drawReport(listed, PICTURE_BYTES, settings.threads, run);
    return deliverPieces(renderReportHtml(report, drawn, readPageAssets("report"), host.workingFolder), place, host);
  });
}
