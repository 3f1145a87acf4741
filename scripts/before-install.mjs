/**
 * Runs when npm 10 or 11 installs dupfind, before the install scripts of what it depends on (npm 12 runs none of them).
 *
 * From Node 22 on the database's version for Node 20 is taken away before it is built: npm drops an optional package that
 * cannot be built, and nobody else knows it by that name. The other version carries its native part and says so (`gypfile`);
 * from a lockfile npm does not learn it, builds it, and drops it where that fails: building it is made to do nothing.
 *
 * ONNX Runtime carries its native part. On Linux its install script fetches hundreds of megabytes for NVIDIA cards beside it,
 * which dupfind does not use, and ends the whole installation where they cannot be reached. Here that script is told to
 * fetch nothing, unless somebody asks for it: it reads ONNXRUNTIME_NODE_INSTALL and npm's option of that name. Its parts for
 * other systems are taken away.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const UNLESS_ASKED_FOR =
  'process.env.ONNXRUNTIME_NODE_INSTALL ||= process.env.npm_config_onnxruntime_node_install || "skip"; // by dupfind\n';
const FIRST_NODE_WITHOUT_BUILD = 22;

function find(name, base) {
  try {
    return createRequire(base).resolve(name);
  } catch {
    return null;
  }
}

/**
 * Takes away what of ONNX Runtime is for other systems: four fifths of it. sharp beside it is for this system alone, too, so that these
 * packages run nowhere else anyway. Nothing goes where there is no part for this system: then the fault is told when it is loaded.
 */
function takeAwayOtherSystems(manifest) {
  const bin = join(dirname(manifest), "bin");
  if (!existsSync(bin)) return;
  for (const version of readdirSync(bin)) {
    if (!existsSync(join(bin, version, process.platform, process.arch))) continue;
    for (const system of readdirSync(join(bin, version)))
      for (const processor of readdirSync(join(bin, version, system)))
        if (system !== process.platform || processor !== process.arch)
          rmSync(join(bin, version, system, processor), { recursive: true, force: true });
  }
}

/** A new file takes the old one's place: some package managers share theirs between projects by hard links. */
function tellToSkip(script) {
  const text = readFileSync(script, "utf8");
  if (text.startsWith(UNLESS_ASKED_FOR)) return;
  writeFileSync(`${script}.new`, UNLESS_ASKED_FOR + text);
  renameSync(`${script}.new`, script);
}

function takeAwayUnlessNeeded(manifest) {
  if (manifest !== null && Number.parseInt(process.versions.node, 10) >= FIRST_NODE_WITHOUT_BUILD)
    rmSync(dirname(manifest), { recursive: true, force: true });
}

/** The nearest `node-gyp` is the one that npm runs; nobody but this package is near to it. */
function letNothingBeBuilt(manifest) {
  if (manifest === null) return;
  const { getPrebuildPath } = createRequire(manifest)("./lib/binding.js");
  if (getPrebuildPath?.() == null) return;
  const commands = join(dirname(manifest), "node_modules", ".bin");
  mkdirSync(commands, { recursive: true });
  writeFileSync(join(commands, "node-gyp"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  writeFileSync(join(commands, "node-gyp.cmd"), "@exit /b 0\r\n");
}

try {
  letNothingBeBuilt(find("better-sqlite3/package.json", import.meta.url));
  takeAwayUnlessNeeded(find("better-sqlite3-node20/package.json", import.meta.url));
  const runtime = find("onnxruntime-node/package.json", import.meta.url);
  if (runtime !== null) {
    tellToSkip(join(dirname(runtime), "script", "install.js"));
    takeAwayOtherSystems(runtime);
  }
} catch (error) {
  // What cannot be changed is installed as it would be without this.
  console.warn(`dupfind: more may be fetched or built than is needed (${error.message})`);
}
