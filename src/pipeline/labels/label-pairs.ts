/**
 * The story of the asking: one question after another, each answer kept before the next is asked.
 */
import {
  type Label,
  type LabelAnswer,
  type LabelProgress,
  type LabelReply,
  type Question,
  shownPhoto,
} from "../../core/labels/question.ts";

export interface LabelPorts {
  readonly questions: readonly Question[];
  readonly ask: (question: Question, progress: LabelProgress) => Promise<LabelReply>;
  /** Durable when it returns. */
  readonly record: (pair: Label) => void;
  /** Takes back the last pair that was recorded and not taken back. */
  readonly takeBack: () => void;
  readonly stop: AbortSignal;
}

/** @returns what was answered */
export async function labelPairs({ questions, ask, record, takeBack, stop }: LabelPorts): Promise<LabelProgress> {
  const answers: LabelAnswer[] = [];
  const stopped = new Promise<LabelReply>((resolve) => stop.addEventListener("abort", () => resolve("quit"), { once: true }));
  while (answers.length < questions.length && !stop.aborted) {
    const question = questions[answers.length] as Question;
    const reply = await Promise.race([ask(question, progressOf(answers, questions)), stopped]);
    if (reply === "quit") break;
    if (reply === "back") {
      const last = answers.pop();
      if (last === "same" || last === "different") takeBack();
    } else {
      if (reply !== "unsure") record({ a: shownPhoto(question.a), b: shownPhoto(question.b), same: reply === "same" });
      answers.push(reply);
    }
  }
  return progressOf(answers, questions);
}

function progressOf(answers: readonly LabelAnswer[], questions: readonly Question[]): LabelProgress {
  const count = (answer: LabelAnswer) => answers.filter((given) => given === answer).length;
  return {
    asked: answers.length,
    total: questions.length,
    same: count("same"),
    different: count("different"),
    unsure: count("unsure"),
  };
}
