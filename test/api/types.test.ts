/**
 * The types that a program is compiled against.
 */
import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWithDupfind, ROOT } from "./installed.ts";

const PROGRAM = `
import { embed, type FaultCode, openLibrary, type PhotoLibrary, type Report, reportTotals, UserError } from "dupfind";

const library: PhotoLibrary = await openLibrary("photos.db", { threads: 2 });
const { compared, skipped }: { compared: boolean; skipped: number } = await library.scan(["photos"], {
  onProgress: (progress) => { if (progress.step === "embed") console.log(progress.done / progress.total); },
  onNotice: (notice) => { if (notice.kind === "unfinished") console.log(notice.backlog.unreadCount); },
  signal: AbortSignal.timeout(1000),
});
const report: Report = await library.findDuplicates({ precision: 0.99, keep: [{ rule: "folder", folder: "/originals" }] });
const extras: number = reportTotals(report).extras;
const paths: readonly string[] = (await library.search({ photo: "one.jpg" })).hits.flatMap(({ content }) => content.photos.map(({ path }) => path));
const promised: number | null | undefined = (await library.calibrate({ photos: 100 }))?.precision;
for await (const outcome of embed(["one.jpg"])) if (outcome.ok) console.log(outcome.value.vector.length, outcome.value.photo.hash);
const code: FaultCode | null = new Error() instanceof UserError ? "library-locked" : null;
console.log(compared, skipped, extras, paths, promised, code);

// @ts-expect-error No such option.
await library.findDuplicates({ treshold: 0.9 });
// @ts-expect-error No such code.
const unknown: FaultCode = "library-lost";
console.log(unknown);
`;

test("compile a strict program, and refuse a slip of it", () => {
  const folder = folderWithDupfind();
  symlinkSync(join(ROOT, "node_modules/@types"), join(folder, "node_modules/@types"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "program.ts"), PROGRAM);
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, types: ["node"] };
  const compilerOptions = { ...strict, module: "nodenext", target: "es2023", noEmit: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});
