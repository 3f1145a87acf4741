import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Tests run on the TypeScript sources. Worker threads are started by Node itself, which reads none: they come from the
 * build, which `test/build.ts` makes first, so that none is older than its source.
 */
const workersFromBuild = {
  name: "workers-from-build",
  transform: (code: string, id: string) => {
    const folder = /\/src\/(io\/(?:[\w-]+\/)*)/.exec(id)?.[1];
    if (folder === undefined) return null;
    const built = `${import.meta.dirname}/dist/${folder}`;
    return code.replace(
      /new URL\((["'])((?:\.\.?\/)+(?:[\w-]+\/)*[\w-]+-worker\.js)\1, import\.meta\.url\)/g,
      (_, _quote, worker) => `new URL(${JSON.stringify(worker)}, ${JSON.stringify(`file://${built}`)})`,
    );
  },
};

const PROGRAM = ["test/{api,engine,io,page,cli,scripts,bench}/**/*.test.ts"];
/** Signals, kills, the trash, watched folders and limits of time and memory: nothing else runs beside them. */
const ALONE = [
  "test/cli/{signals,memory,output,nothing-leaves}.test.ts",
  "test/cli/{cleanup,watch}/**/*.test.ts",
  "test/cli/*/interruption.test.ts",
  "test/io/{pages,workers}/**/*.test.ts",
];
/** What takes that long hangs, however busy the machine is. */
const SLOW_MS = 300_000;
/** What the developer has configured for themselves is not what tests run with. */
const env = { XDG_CONFIG_HOME: "/nonexistent" };

export default defineConfig({
  test: {
    globalSetup: ["test/build.ts"],
    projects: [
      {
        plugins: [workersFromBuild],
        test: {
          name: "unit",
          env,
          include: ["test/*.test.ts", "test/{contracts,core,pipeline,render,memory-library}/**/*.test.ts"],
          testTimeout: SLOW_MS,
          // Vitest leaves one processor to itself, which is half of a small machine.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [workersFromBuild],
        test: {
          name: "program",
          env,
          include: PROGRAM,
          exclude: ALONE,
          testTimeout: SLOW_MS,
          hookTimeout: SLOW_MS,
          // A program that starts leaves a processor idle, and one that scans uses all by itself.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [workersFromBuild],
        test: {
          name: "alone",
          env,
          include: ALONE,
          testTimeout: SLOW_MS,
          hookTimeout: SLOW_MS,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
