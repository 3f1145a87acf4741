import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../temporary-folder.ts";

const at = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../../dist/${path}`, import.meta.url)));

/** In a process of its own, which an abort would end. */
const CLOSES_WHILE_ENCODING = `
  const { createEncoderPool } = await import(${at("io/encoders/encoder-pool.js")});
  const { ModelStore } = await import(${at("io/encoders/model-store.js")});
  const { inputSize } = await import(${at("core/encoders/encoder.js")});
  const { handOver } = await import(${at("core/photos/photo.js")});
  const encoder = await new ModelStore({ folder: "/no/such/folder", lock: null }).open("dupfind-lite");
  const edge = inputSize(encoder.spec.image.resize);
  const picture = () => handOver({ data: new Uint8Array(edge * edge * 3), width: edge, height: edge });
  const ends = new Set();
  for (let round = 0; round < 5; round++) {
    const pool = createEncoderPool(encoder, 2);
    await pool.encode(picture());
    const pictures = Array.from({ length: 6 }, () => pool.encode(picture()).then(() => "encoded", (error) => error.message));
    await new Promise((resolve) => setTimeout(resolve, round % 4));
    await pool.close();
    for (const end of await Promise.all(pictures)) ends.add(end);
  }
  console.log(JSON.stringify([...ends].sort()));
`;

test("threads that are closed while they encode finish their picture, and the process is not aborted", () => {
  const script = join(temporaryFolder(), "close.mjs");
  writeFileSync(script, CLOSES_WHILE_ENCODING);
  const run = spawnSync(process.execPath, [script], { encoding: "utf8", timeout: 60_000 });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toEqual(["The worker threads were closed before they came to it", "encoded"]);
});
