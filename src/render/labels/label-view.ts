/**
 * A question as a person reads it, on the terminal or on a page, and what was answered in the end.
 */
import type { PhotoView, QuestionView } from "../../core/labels/label-state.ts";
import { type LabelProgress, type Question, shownPhoto } from "../../core/labels/question.ts";
import type { LibraryContent } from "../../core/library/contents.ts";
import type { CaptureTime } from "../../core/photos/exposure.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { byteSize, counted, grouped, printablePath, shownPath, shownSimilarity } from "../words.ts";

export function viewQuestion({ a, b, similarity }: Question, progress: LabelProgress, workingFolder: string): QuestionView {
  return {
    number: progress.asked + 1,
    total: progress.total,
    similarity: shownSimilarity(similarity),
    counts: shownCounts(progress),
    photos: [viewPhoto(a, workingFolder), viewPhoto(b, workingFolder)],
  };
}

export function renderQuestionText({ number, total, similarity, counts, photos: [a, b] }: QuestionView): string {
  return (
    `\nQuestion ${number} of ${total}, similarity ${similarity} (${counts})\n` +
    `  A  ${a.path}\n     ${a.facts}\n  B  ${b.path}\n     ${b.facts}\n` +
    "Same picture?  s same, d different, u unsure, b back, q quit: "
  );
}

/** What to do after labelling. */
export interface LabelNext {
  /** Answers in the file that is still missing one kind: all are `same`, or `different`, or there is none. Null where both are there. */
  readonly only: "same" | "different" | "none" | null;
  /** A whole command. */
  readonly command: string;
}

export function renderLabelText(progress: LabelProgress, output: string, next: LabelNext): string {
  const written = progress.same + progress.different;
  const where = written === 0 ? "Nothing was written." : `${counted(written, "answer")} written to ${printablePath(output)}.`;
  return `${shownCounts(progress)}. ${where}\n${nextWords(next)}\n`;
}

function nextWords({ only, command }: LabelNext): string {
  if (only === null) return `Next: ${command}`;
  if (only === "none") return `To continue: ${command}`;
  return `Every answer in the file is "${only}", and a calibration needs both kinds.\nNext: ${command}`;
}

export function renderLabelJson({ asked, total, same, different, unsure }: LabelProgress, output: string, { command }: LabelNext): string {
  return renderJsonAnswer("label", { output, questions: total, asked, same, different, unsure, next: command });
}

function shownCounts({ same, different, unsure }: LabelProgress): string {
  return `${grouped(same)} same, ${grouped(different)} different, ${grouped(unsure)} unsure`;
}

function viewPhoto(content: LibraryContent, workingFolder: string): PhotoView {
  const { width, height, format, exposure } = content.facts;
  const date =
    exposure.takenAt === null ? `file dated ${shownDay(content.photos[0]?.modifiedMs ?? 0)}` : `taken ${shownMoment(exposure.takenAt)}`;
  const facts = [`${width} × ${height} ${format.toUpperCase()}`, byteSize(content.bytes), date];
  return { path: shownPath(shownPhoto(content), workingFolder), facts: facts.join(", ") };
}

/** As the camera's clock stood. */
function shownMoment({ wallSeconds }: CaptureTime): string {
  return new Date(wallSeconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** In UTC. */
function shownDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
