/**
 * `dupfind review [folder...]`: a local page on which a person goes through the sets of a report, and a plan of what they chose.
 */
import { formatPlan } from "../../core/cleanup/parse-plan.ts";
import { DEFAULT_RULES } from "../../core/duplicates/keeper.ts";
import type { Report } from "../../core/duplicates/report.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { reportDuplicates } from "../../engine/duplicates/find-duplicates.ts";
import { openReview, planReview } from "../../engine/review/open-review.ts";
import type { ReviewSession } from "../../pipeline/review/review-session.ts";
import { type ReviewEnd, renderReviewJson, renderReviewText } from "../../render/review/review-answer.ts";
import { deliver, requirePlace } from "../answer.ts";
import { commandLine } from "../command-line.ts";
import { usageFault } from "../faults.ts";
import { resolveFolders } from "../folders.ts";
import type { Host } from "../host.ts";
import { nothingScanned } from "../nothing-scanned.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import { serveReview } from "./serve-review.ts";
import type { ReviewSettings } from "./settings.ts";

export async function runReview(settings: ReviewSettings, host: Host): Promise<ExitCode> {
  const place = await requirePlace(settings.plan, settings.library, "--plan");
  const folders = resolveFolders(settings.folders, host);
  const choice = { ...USUAL, ...settings, folders };
  const report = await withRun(settings, host, (run) => reportDuplicates(choice, run));
  if (report.photoCount === 0 && report.skipped.length === 0) throw nothingScanned(report.encoder, settings.folders);
  const session = await openReview(settings, report);
  const plan = session.count === 0 ? null : await serveReview(session, writer(settings, place, report, session, host), settings, host);
  const words = plan === null ? ["review", ...settings.folders] : ["apply", settings.plan];
  const next = await commandLine(words, { ...settings, model: null }, host);
  const end: ReviewEnd = { plan, progress: session.progress(), next };
  if (settings.json) host.write(renderReviewJson(end));
  else if (!settings.quiet) host.write(renderReviewText(end));
  return host.stop.aborted ? stopCode(host.stop) : EXIT.ok;
}

/** What a report does where nothing is asked of it. */
const USUAL = {
  model: null,
  threshold: null,
  precision: null,
  linkage: "star",
  rules: DEFAULT_RULES,
  across: false,
  bursts: false,
  looking: true,
  touching: [],
} as const;

function writer(
  settings: ReviewSettings,
  place: Awaited<ReturnType<typeof requirePlace>>,
  report: Report,
  session: ReviewSession,
  host: Host,
) {
  return async () => {
    const { plan: made, withheld, outOfReach, keptElsewhere } = await planReview(settings, report, session);
    if (made.steps.length === 0) throw usageFault("Nothing is chosen to go yet", "Choose the extras of a set with X first");
    await deliver(formatPlan(made), place, host);
    const plan = { file: settings.plan, steps: made.steps.length, withheld, outOfReach, keptElsewhere };
    const command = await commandLine(["apply", settings.plan], { ...settings, model: null }, host);
    return { plan, text: renderReviewText({ plan, progress: session.progress(), next: command }), command };
  };
}
