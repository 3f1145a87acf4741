import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { describeTraced, UNDER_STRACE } from "../../strace.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const BUILT = fileURLToPath(new URL("../../../dist/io/labels/label-file.js", import.meta.url));

/** Two answers, the second one taken back; after each of the three the next question is asked. */
const ANSWERS = `
  import { writeSync } from "node:fs";
  const { LabelFile } = await import(process.argv[1]);
  const file = new LabelFile(process.argv[2]);
  const ask = () => writeSync(1, "the next question");
  file.append({ a: "/photos/one.jpg", b: "/photos/two.jpg", same: true });
  ask();
  file.append({ a: "/photos/one.jpg", b: "/photos/three.jpg", same: false });
  ask();
  file.takeBack();
  ask();
`;

/** The steps that a power cut could fall between, by name. */
const STEPS: readonly (readonly [RegExp, string])[] = [
  [/\bp?write(?:64)?\(\d+, "(?:.*)\/photos\//, "answer written"],
  [/\bftruncate\(/, "answer taken back"],
  [/\bf(?:data)?sync\(/, "on the disk"],
  [/"the next question"/, "next question"],
];

describeTraced(UNDER_STRACE, () => {
  test("each answer, and each that is taken back, is on the disk before the next question is asked", () => {
    const folder = temporaryFolder();
    const [trace, csv] = [join(folder, "trace"), join(folder, "labeled.csv")];
    const calls = "trace=write,pwrite64,ftruncate,fsync,fdatasync";
    const command = ["-f", "-qq", "-s", "200", "-e", calls, "-o", trace];
    const run = spawnSync("strace", [...command, process.execPath, "--input-type=module", "-e", ANSWERS, BUILT, csv], { encoding: "utf8" });
    expect(run.status, run.stderr).toBe(0);
    expect(readFileSync(csv, "utf8")).toBe("a,b,same\r\n/photos/one.jpg,/photos/two.jpg,1\r\n");
    const steps = readFileSync(trace, "utf8")
      .split("\n")
      .flatMap((call) => STEPS.filter(([pattern]) => pattern.test(call)).map(([, step]) => step));
    expect(steps).toEqual([
      ...["answer written", "on the disk", "next question"],
      ...["answer written", "on the disk", "next question"],
      ...["answer taken back", "on the disk", "next question"],
    ]);
  });
});
