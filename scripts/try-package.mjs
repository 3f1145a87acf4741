/**
 * Packs dupfind, installs the tarball into an empty folder as a user would, with no variable and no setting of ours, scans the
 * example photos with it, and does both again by `npm ci` from the lockfile that npm wrote.
 *
 *     npm run try-package            with this Node and this npm
 *     npm run try-package -- --few   with each Node, and each npm once at least
 *     npm run try-package -- --all   with each Node and each npm
 *
 * The versions come from the packages `node` and `npm`. Prints what each installation took and came to. Seconds are those of
 * npm's own cache, once the first installation has filled it. With Node 20 the database's part is fetched, or built.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODES = ["20.20", "22", "24", "26"];
const NPMS = ["10", "11", "12"];
const CHOICES = {
  "--few": [
    ["20.20", "10"],
    ["22", "11"],
    ["24", "11"],
    ["26", "12"],
  ],
  "--all": NODES.flatMap((node) => NPMS.map((npm) => [node, npm])),
};
const EXPECTED = { sets: 16, extras: 29 };
const WORKS = `${EXPECTED.extras} extras in ${EXPECTED.sets} sets`;
const SAYS_HOW = "says what is missing, and the cure";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dupfind-package-"));
// npm hands the settings of the project it runs a script of to that script: a user has none of them.
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|onnxruntime_)/i.test(name)));

/** @typedef {{ readonly name: string, readonly bin: string, readonly npm: readonly string[] }} Tools */

/** What runs here. */
const HERE = { name: "this Node, this npm", bin: dirname(process.execPath), npm: ["npm"] };

/** @returns {Tools} */
function bring(node, npm) {
  const nodeFolder = bringPackage("node", node);
  const cli = join(bringPackage("npm", npm), "bin", "npm-cli.js");
  const bin = join(nodeFolder, "bin");
  return { name: `Node ${versionOf(join(bin, "node"))}, npm ${versionOf(join(bin, "node"), cli)}`, bin, npm: [join(bin, "node"), cli] };
}

function versionOf(command, ...args) {
  return execFileSync(command, [...args, "--version"], { encoding: "utf8", env: environment, stdio: ["ignore", "pipe", "ignore"] })
    .trim()
    .replace(/^v/, "");
}

function bringPackage(name, version) {
  const place = join(folder, "tools", `${name}-${version}`);
  const found = join(place, "node_modules", name);
  if (existsSync(found)) return found;
  mkdirSync(place, { recursive: true });
  // The package `node` fetches the one for this system in its install script.
  writeFileSync(join(place, "package.json"), JSON.stringify({ allowScripts: { node: true } }));
  const args = ["install", "--silent", "--no-audit", "--no-fund", `${name}@${version}`];
  execFileSync("npm", args, { cwd: place, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  return found;
}

/**
 * @param {Tools} tools
 * @returns {{ readonly seconds: number, readonly megabytes: number, readonly result: string }}
 */
function tryInstallation({ bin, npm }, place) {
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), "{}\n");
  const env = { ...environment, PATH: `${bin}${delimiter}${environment["PATH"]}` };
  const run = ([command, ...given], ...args) => spawnSync(command, [...given, ...args], { cwd: place, env, encoding: "utf8" });
  const begun = performance.now();
  const installed = run(npm, "install", "--no-audit", "--no-fund", tarball);
  const seconds = (performance.now() - begun) / 1000;
  if (installed.status !== 0) return { seconds, megabytes: 0, result: `npm fails: ${lastLines(installed.stderr)}` };
  const megabytes = megabytesOf(join(place, "node_modules"));
  const result = tryProgram(run, place);
  const again = run(npm, "ci", "--no-audit", "--no-fund");
  if (again.status !== 0) return { seconds, megabytes, result: `npm ci fails: ${lastLines(again.stderr)}` };
  const resultAgain = tryProgram(run, place);
  return { seconds, megabytes, result: resultAgain === result ? result : `${result}, but after npm ci ${resultAgain}` };
}

function tryProgram(run, place) {
  const program = [join(place, "node_modules", ".bin", "dupfind")];
  const library = ["--db", join(place, "library.db")];
  const scanned = run(program, "scan", join(root, "examples/photos"), "--quiet", ...library);
  if (scanned.status === 2 && scanned.stderr.includes("not completely installed")) return SAYS_HOW;
  if (scanned.status !== 0) return `scan ends with ${scanned.status ?? scanned.signal}: ${lastLines(scanned.stderr)}`;
  const { sets, extras } = JSON.parse(run(program, "report", "--json", ...library).stdout).totals;
  return `${extras} extras in ${sets} sets`;
}

function lastLines(text) {
  return text.trim().split("\n").slice(-3).join(" / ");
}

function megabytesOf(path) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((bytes, file) => bytes + statSync(join(file.parentPath, file.name)).size, 0) / 1e6;
}

/** npm 12 runs no install script and does not support Node 20, whose database needs one. */
function expectedOf(node, npm) {
  return node === "20.20" && npm === "12" ? SAYS_HOW : WORKS;
}

let tarball;
try {
  execFileSync("npm", ["pack", "--pack-destination", folder, "--silent"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  const choice = process.argv[2];
  if (choice !== undefined && !(choice in CHOICES)) throw new Error(`Expected ${Object.keys(CHOICES).join(" or ")}, got ${choice}`);
  let failed = 0;
  for (const [node, npm] of choice === undefined ? [[null, null]] : CHOICES[choice]) {
    const tools = node === null ? HERE : bring(node, npm);
    const place = join(folder, "installation");
    const { seconds, megabytes, result } = tryInstallation(tools, place);
    rmSync(place, { recursive: true, force: true });
    const isRight = result === expectedOf(node, npm);
    if (!isRight) failed++;
    const columns = [tools.name.padEnd(26), `${seconds.toFixed(1)} s`.padStart(8), `${megabytes.toFixed(0)} MB`.padStart(7)];
    console.log([...columns, isRight ? "ok  " : "FAIL", result].join("  "));
  }
  if (failed > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
