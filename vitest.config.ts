import { defineConfig } from "vitest/config";

/**
 * Tests run on the TypeScript sources. Worker threads are started by Node itself, which reads none: they come from the
 * build, which `npm test` makes first.
 */
const workersFromBuild = {
  name: "workers-from-build",
  transform: (code: string, id: string) =>
    id.includes("/src/io/")
      ? code.replace(/new URL\(("|')\.\/([\w-]+-worker)\.js\1, import\.meta\.url\)/g, 'new URL("../../dist/io/$2.js", import.meta.url)')
      : null,
};

export default defineConfig({
  plugins: [workersFromBuild],
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Scans use every processor by themselves.
    fileParallelism: false,
  },
});
