/**
 * The pairs that it tells most to ask a person about.
 */
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import { standingDecisions } from "../../core/decisions/decisions.ts";
import { UserError } from "../../core/errors.ts";
import type { Label, Question } from "../../core/labels/question.ts";
import type { ContentId } from "../../core/library/contents.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { DecisionsFile } from "../../io/decisions/decisions-file.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { gatherQuestions } from "../../pipeline/labels/gather-questions.ts";
import { chooseForReading } from "../choose-encoder.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { keptLooks, verdictsIn } from "../look/kept-looks.ts";
import { type Locations, withLibrary } from "../open-library.ts";

export interface QuestionChoice extends Locations {
  /** Null for the library's own. */
  readonly model: string | null;
  /** Similarity to ask around; null for the threshold that a report uses. */
  readonly near: number | null;
  /** Questions at most. */
  readonly count: number;
  /** What was answered before; asked once the encoder is known. */
  readonly readAnswered: () => readonly Label[];
}

/** @throws {UserError} `no-pair-left` where every pair has its answer */
export function findQuestions(
  { library: place, models: settings, model, near: asked, count, readAnswered }: QuestionChoice,
  run: Run,
): Promise<readonly Question[]> {
  const models = new ModelStore(settings);
  return withLibrary(place, async (library) => {
    const encoder = await chooseForReading(library, models, model, run);
    await noteUnfinished(library, encoder, [], run);
    const others = models.models.map(({ id }) => models.choose(id)).filter(({ key }) => key !== encoder.key);
    const saved = await library.calibrationOf(encoder).saved();
    const near = chooseThreshold(encoder.spec, { threshold: asked, precision: null }, saved).value;
    const [isDecided, areDifferent] = [await decidedPairs(library, place), verdictsIn(await keptLooks(library.looks()))];
    // Neither what a person has said already nor what no report would list.
    const isSettled = (a: ContentId, b: ContentId) => isDecided(a, b) || areDifferent(a, b);
    const questions = await gatherQuestions(await library.labelsOf(encoder, others), readAnswered(), isSettled, { near, count });
    if (questions.length > 0) return questions;
    throw new UserError("no-pair-left", `There are no more pairs to ask about: every pair of ${encoder.spec.id} is labelled or decided`);
  });
}

/** Whether a person has said already what the two are. */
async function decidedPairs(library: Library, { ownFiles }: LibraryPlace): Promise<(a: ContentId, b: ContentId) => boolean> {
  const decisions = standingDecisions((await new DecisionsFile(ownFiles).read()).decisions);
  const held = await library.contentsWith(new Set(decisions.flatMap(({ a, b }) => [a.sha256, b.sha256])));
  const keyOf = (one: ContentId | undefined, other: ContentId | undefined) => [one, other].map(String).sort().join(" ");
  const keys = new Set(decisions.map(({ a, b }) => keyOf(held.get(a.sha256)?.id, held.get(b.sha256)?.id)));
  return (a, b) => keys.has(keyOf(a, b));
}
