/**
 * The threads on which photos are decoded and read.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PHOTOS_READ_AHEAD } from "../../src/core/defaults.ts";
import { PROGRAM } from "../built-program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test.skipIf(process.platform !== "linux")(
  "the program has one to decode on for each processor and one for each photo it reads ahead",
  () => {
    const probe = join(temporaryFolder(), "probe.cjs");
    // Told from outside, since a module that the program loads could itself be what begins the pool.
    const count = `require("node:fs").readdirSync("/proc/self/task").length`;
    writeFileSync(probe, `process.on("exit", () => require("node:fs").writeSync(2, "threads " + ${count} + "\\n"));\n`);
    const run = (size: string) => {
      const env = { ...process.env, UV_THREADPOOL_SIZE: size };
      const { stderr } = spawnSync(process.execPath, ["--require", probe, PROGRAM, "--version"], {
        encoding: "utf8",
        env: size === "" ? Object.fromEntries(Object.entries(env).filter(([name]) => name !== "UV_THREADPOOL_SIZE")) : env,
      });
      return Number(/threads (\d+)/.exec(stderr)?.[1]);
    };
    expect(run("") - run("1")).toBe(availableParallelism() + PHOTOS_READ_AHEAD - 1);
  },
);
