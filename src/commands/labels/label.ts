/**
 * `dupfind label`: asks about pairs and keeps the answers in a CSV that `dupfind calibrate --pairs` reads.
 */

import { dirname, resolve } from "node:path";
import { DEFAULT_LABEL_FILE } from "../../core/defaults.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { readAnswers, takesAnswers } from "../../core/labels/label-rows.ts";
import type { Label, LabelProgress, Question } from "../../core/labels/question.ts";
import { photoPath } from "../../core/units.ts";
import { findQuestions } from "../../engine/labels/find-questions.ts";
import { readCsv } from "../../io/csv.ts";
import { LabelFile } from "../../io/labels/label-file.ts";
import { labelPairs } from "../../pipeline/labels/label-pairs.ts";
import { type LabelNext, renderLabelJson, renderLabelText } from "../../render/labels/label-view.ts";
import { requirePlace } from "../answer.ts";
import { commandLine } from "../command-line.ts";
import { usageFault } from "../faults.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import { promptOnPage, promptOnTerminal } from "./label-prompts.ts";
import type { LabelSettings } from "./settings.ts";

export async function runLabel(settings: LabelSettings, host: Host): Promise<ExitCode> {
  const { output } = settings;
  new LabelFile(output).requirePlace();
  await requirePlace(output, settings.library);
  const request = { ...settings, readAnswered: () => readEarlier(output, host) };
  const questions = await withRun(settings, host, (run) => findQuestions(request, run));
  const { progress, next } = await askAbout(questions, settings, host);
  if (settings.json) host.write(renderLabelJson(progress, output, next));
  else if (!settings.quiet) host.write(renderLabelText(progress, output, next));
  return host.stop.aborted ? stopCode(host.stop) : EXIT.ok;
}

interface Asked {
  readonly progress: LabelProgress;
  readonly next: LabelNext;
}

async function askAbout(questions: readonly Question[], settings: LabelSettings, host: Host): Promise<Asked> {
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
    const next = await nextStep(settings, host);
    lastWords = `Done: ${renderLabelText(progress, settings.output, next)}`;
    return { progress, next };
  } finally {
    await asker.close(lastWords);
  }
}

/** To calibrate, once the file holds both kinds of answers: a threshold cannot be told from one. */
async function nextStep(settings: LabelSettings, host: Host): Promise<LabelNext> {
  const { output } = settings;
  const answers = readEarlier(output, host).map(({ same }) => same);
  const only = answers.length === 0 ? "none" : answers.every((same) => same) ? "same" : answers.some((same) => same) ? null : "different";
  const words = only === null ? ["calibrate", "--pairs", output] : ["label", ...(output === DEFAULT_LABEL_FILE ? [] : ["-o", output])];
  return { only, command: await commandLine(words, settings, host) };
}

/** What was answered at an earlier run, or comes from elsewhere. */
function readEarlier(output: string, host: Host): readonly Label[] {
  const header = new LabelFile(output).header();
  if (header === null) return [];
  if (!takesAnswers(header, output))
    throw usageFault(`The columns of ${output} are not two paths and a label, separated by commas`, "Name another file with -o");
  const folder = dirname(resolve(host.workingFolder, output));
  return readAnswers(readCsv(output), output, (path) => photoPath(resolve(folder, path)));
}
