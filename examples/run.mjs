/**
 * The first thing a newcomer runs: scans the example photos into a library of their own and reports the duplicates.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dupfind-example-"));
const library = join(folder, "library.db");
const photos = "examples/photos";

try {
  for (const args of [
    ["scan", photos],
    ["report", photos],
  ]) {
    console.log(`\n$ dupfind ${args.join(" ")}`);
    const { status } = spawnSync(process.execPath, [program, ...args, "--db", library], { stdio: "inherit" });
    if (status !== 0) {
      process.exitCode = status ?? 1;
      break;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
