/**
 * What a program that embeds dupfind has to put up with.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PHOTOS } from "../photos.ts";
import { folderWithDupfind } from "./installed.ts";

/** What is the process's own: listeners, variables, globals, what would keep it alive, and native libraries. */
const STATE = `
  const stateOf = () => ({
    listeners: Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)])),
    environment: { ...process.env },
    globals: Reflect.ownKeys(globalThis).map(String).sort(),
    resources: process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|Worker|MessagePort|Server|Socket/.test(name)),
    native: process.report.getReport().sharedObjects.filter((path) => path.endsWith(".node") || path.includes("onnxruntime")),
    folder: process.cwd(),
    mask: process.umask(),
    title: process.title,
  });
`;

/** @returns what the script prints as JSON, run in a folder where dupfind is installed */
function run(script: string): unknown {
  const folder = folderWithDupfind();
  const file = join(folder, "script.mjs");
  writeFileSync(file, STATE + script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8", timeout: 60_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

test("importing dupfind changes nothing of the process, and loads no native library", () => {
  const { before, after, names } = run(`
    const before = stateOf();
    const dupfind = await import("dupfind");
    console.log(JSON.stringify({ before, after: stateOf(), names: Object.keys(dupfind).sort() }));
  `) as { readonly before: unknown; readonly after: unknown; readonly names: unknown };
  expect(after).toEqual(before);
  expect(names).toEqual(["SKIP_REASONS", "UserError", "embed", "openLibrary", "reportTotals"]);
});

test("the first photo sets what docs/api.md says, and leaves the rest of the process as it was", () => {
  const { before, after, first, second } = run(`
    import { embed } from "dupfind";
    const before = stateOf();
    const outcomes = [];
    for await (const outcome of embed([${JSON.stringify(PHOTOS.falcon)}, "no such photo"])) outcomes.push(outcome);
    const [first, second] = outcomes;
    console.log(JSON.stringify({ before, after: stateOf(), first: first.value.vector.length, second: second.skipped.reason }));
  `) as { readonly before: { readonly environment: object }; readonly after: object; readonly first: number; readonly second: string };
  expect({ first, second }).toEqual({ first: 512, second: "no-such-file" });
  const expected = { ...before, environment: { ...before.environment, ORT_DISABLE_TELEMETRY: "1" }, native: expect.any(Array) };
  expect(after).toEqual(expected);
});
