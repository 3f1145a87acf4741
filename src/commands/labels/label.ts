/**
 * `dupfind label`: asks about pairs and keeps the answers in a CSV that `dupfind calibrate --pairs` reads.
 */
import { dirname, resolve } from "node:path";
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { readAnswers, takesAnswers } from "../../core/labels/label-rows.ts";
import type { Label, LabelProgress, Question } from "../../core/labels/question.ts";
import { photoPath } from "../../core/units.ts";
import { readCsv } from "../../io/csv.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { LabelFile } from "../../io/labels/label-file.ts";
import { gatherQuestions } from "../../pipeline/labels/gather-questions.ts";
import { labelPairs } from "../../pipeline/labels/label-pairs.ts";
import { renderLabelJson, renderLabelText } from "../../render/labels/label-view.ts";
import { requirePlace } from "../answer.ts";
import { chooseForReading } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { withLibrary } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import { promptOnPage, promptOnTerminal } from "./label-prompts.ts";
import type { LabelSettings } from "./settings.ts";

export async function runLabel(settings: LabelSettings, host: Host): Promise<ExitCode> {
  const { output } = settings;
  new LabelFile(output).requirePlace();
  await requirePlace(output, settings.library);
  const progress = await askAbout(await findQuestions(settings, host), settings, host);
  if (settings.json) host.write(renderLabelJson(progress, output));
  else if (!settings.quiet) host.write(renderLabelText(progress, output));
  return host.stop.aborted ? stopCode(host.stop) : EXIT.ok;
}

function findQuestions(settings: LabelSettings, host: Host): Promise<readonly Question[]> {
  const models = new ModelStore(settings.models);
  return withLibrary(settings.library, async (library) => {
    const encoder = chooseForReading(library, models, settings, host);
    noteUnfinished(library, encoder, { ...settings, folders: [] }, host);
    const others = models.models.map(({ id }) => models.choose(id)).filter(({ key }) => key !== encoder.key);
    const asked = { threshold: settings.near, precision: null };
    const near = chooseThreshold(encoder.spec, asked, library.calibrationOf(encoder).saved()).value;
    const earlier = readEarlier(settings.output, host);
    const questions = gatherQuestions(library.labelsOf(encoder, others), earlier, { near, count: settings.count });
    if (questions.length > 0) return questions;
    throw new UserError(
      `There are no more pairs to ask about: ${encoder.spec.id} has no unlabelled pair`,
      "Scan more photos, or name another encoder with --model",
    );
  });
}

async function askAbout(questions: readonly Question[], settings: LabelSettings, host: Host): Promise<LabelProgress> {
  const file = new LabelFile(settings.output);
  const asker = await (settings.page ? promptOnPage(settings.opener, host) : promptOnTerminal(settings.opener, host));
  let lastWords = "dupfind has ended. All answers are saved.";
  try {
    const progress = await labelPairs({
      questions,
      ask: asker.ask,
      record: (pair) => file.append(pair),
      takeBack: () => file.takeBack(),
      stop: host.stop,
    });
    lastWords = `Done: ${renderLabelText(progress, settings.output)}`;
    return progress;
  } finally {
    await asker.close(lastWords);
  }
}

/** What was answered at an earlier run, or comes from elsewhere. */
function readEarlier(output: string, host: Host): readonly Label[] {
  const header = new LabelFile(output).header();
  if (header === null) return [];
  if (!takesAnswers(header, output))
    throw new UserError(`The columns of ${output} are not two paths and a label, separated by commas`, "Name another file with -o");
  const folder = dirname(resolve(host.workingFolder, output));
  return readAnswers(readCsv(output), output, (path) => photoPath(resolve(folder, path)));
}
