/**
 * Packs dupfind, installs the tarball into an empty folder as a user would, and scans the example photos with it.
 *
 *     npm run try-package
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dupfind-package-"));
// What docs/install.md tells users of Linux: without it the runtime's install script fetches parts for NVIDIA cards.
const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, env: environment, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

try {
  run("npm", ["pack", "--pack-destination", folder, "--silent"], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), "{}\n");
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", `./${tarball}`], folder);
  const program = join(folder, "node_modules", ".bin", "dupfind");
  const library = join(folder, "library.db");
  console.log(run(program, ["scan", join(root, "examples/photos"), "--db", library], folder).trim());
  const report = JSON.parse(run(program, ["report", "--db", library, "--json"], folder));
  if (report.totals.sets !== 17 || report.totals.extras !== 30)
    throw new Error(`Expected 17 sets with 30 extras, got ${JSON.stringify(report.totals)}`);
  console.log(`The installed package finds ${report.totals.extras} extras in ${report.totals.sets} sets.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
