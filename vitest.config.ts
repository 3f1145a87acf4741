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

const SLOW_MS = 120_000;
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
        },
      },
      {
        plugins: [workersFromBuild],
        test: {
          name: "program",
          env,
          include: ["test/{api,engine,io,page,cli,scripts,bench}/**/*.test.ts"],
          testTimeout: SLOW_MS,
          hookTimeout: SLOW_MS,
          // Scans use every processor by themselves.
          fileParallelism: false,
        },
      },
    ],
  },
});
