import { describe, expect, test } from "vitest";
import type { Label, LabelReply, Question } from "../../../src/core/labels/question.ts";
import { similarity } from "../../../src/core/units.ts";
import { labelPairs } from "../../../src/pipeline/labels/label-pairs.ts";
import { content } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const question = (a: number): Question => ({ a: content(a), b: content(a + 1), similarity: similarity(0.7) });

async function label(questions: readonly Question[], replies: readonly LabelReply[], stop = new AbortController().signal) {
  const file: Label[] = [];
  const asked: string[] = [];
  const progress = await labelPairs({
    questions,
    ask: async ({ a }) => {
      asked.push(a.photos[0]?.path ?? "");
      return replies[asked.length - 1] ?? "quit";
    },
    record: (pair) => void file.push(pair),
    takeBack: () => void file.pop(),
    stop,
  });
  return { file, asked, progress };
}

describe("labelling", () => {
  test("keeps same and different, and writes nothing for unsure", async () => {
    const { file, progress } = await label([question(1), question(3), question(5)], ["same", "unsure", "different"]);
    expect(file).toEqual([
      { a: "/photos/1.jpg", b: "/photos/2.jpg", same: true },
      { a: "/photos/5.jpg", b: "/photos/6.jpg", same: false },
    ]);
    expect(progress).toEqual({ asked: 3, total: 3, same: 1, different: 1, unsure: 1 });
  });

  test("goes back to the question before, and takes its answer back where there was one", async () => {
    const questions = [question(1), question(3), question(5)];
    const { file, asked } = await label(questions, ["back", "same", "unsure", "back", "back", "different", "quit"]);
    expect(asked.map((path) => path.slice(8, 9))).toEqual(["1", "1", "3", "5", "3", "1", "3"]);
    expect(file).toEqual([{ a: "/photos/1.jpg", b: "/photos/2.jpg", same: false }]);
  });

  test("ends at once when it is stopped, though no reply ever comes", async () => {
    const stop = new AbortController();
    const progress = labelPairs({
      questions: [question(1)],
      ask: () => new Promise(() => {}),
      record: () => {},
      takeBack: () => {},
      stop: stop.signal,
    });
    stop.abort();
    expect(await progress).toMatchObject({ asked: 0, total: 1 });
  });

  test("leaves in the file what the replies that stand say, whatever way there was to them", async () => {
    const random = seededRandom(31);
    for (let run = 0; run < 200; run++) {
      const questions = Array.from({ length: 6 }, (_, i) => question(2 * i + 1));
      const replies = Array.from(
        { length: 40 },
        () => (["same", "different", "unsure", "back"] as const)[Math.floor(random() * 4)] as LabelReply,
      );
      const standing: LabelReply[] = [];
      for (const reply of replies) {
        if (standing.length === questions.length) break;
        if (reply === "back") standing.pop();
        else standing.push(reply);
      }
      const { file } = await label(questions, replies);
      const expected = standing.flatMap((reply, i) => (reply === "unsure" ? [] : [[`/photos/${2 * i + 1}.jpg`, reply === "same"]]));
      expect(file.map(({ a, same }) => [a, same])).toEqual(expected);
    }
  });
});
