/**
 * What happens before the install scripts of the packages that dupfind depends on, with the real script of ONNX Runtime.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NEEDS_BUILT_DATABASE = Number.parseInt(process.versions.node, 10) < 22;

/** A user's packages after npm has unpacked them, of ONNX Runtime all but what it carries for each system. */
function unpack() {
  const packages = join(temporaryFolder(), "node_modules");
  const here = (...path: string[]) => join(packages, ...path);
  mkdirSync(here("better-sqlite3-node20"), { recursive: true });
  cpSync(join(ROOT, "package.json"), here("better-sqlite3-node20", "package.json"));
  cpSync(join(ROOT, "scripts"), here("dupfind", "scripts"), { recursive: true });
  for (const part of ["package.json", "script"])
    cpSync(join(ROOT, "node_modules/onnxruntime-node", part), here("onnxruntime-node", part), { recursive: true });
  // This checkout's own installation may have told it already.
  const script = here("onnxruntime-node/script/install.js");
  writeFileSync(script, readFileSync(script, "utf8").replace(/^.*by dupfind\n/, ""));
  for (const name of ["adm-zip", "global-agent"]) symlinkSync(join(ROOT, "node_modules", name), here(name));
  const run = (folder: string, script: string) =>
    spawnSync(process.execPath, [script], { cwd: here(folder), env: { PATH: process.env["PATH"] }, encoding: "utf8" });
  return {
    here,
    beforeInstall: () => run("dupfind", "scripts/before-install.mjs"),
    installRuntime: () => run("onnxruntime-node", "script/install.js"),
  };
}

describe("before the packages' install scripts", () => {
  test("ONNX Runtime's is told to fetch nothing, once, and succeeds", () => {
    const { here, beforeInstall, installRuntime } = unpack();
    for (let time = 0; time < 2; time++) expect(beforeInstall()).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(here("onnxruntime-node/script/install.js"), "utf8").match(/by dupfind/g)).toHaveLength(1);
    expect(installRuntime()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(existsSync(here("onnxruntime-node/bin"))).toBe(false);
  });

  // The whole script would fetch some hundred megabytes here.
  test.each(["ONNXRUNTIME_NODE_INSTALL", "npm_config_onnxruntime_node_install"])("%s is still heard by it", (name) => {
    const { here, beforeInstall } = unpack();
    beforeInstall();
    const [first] = readFileSync(here("onnxruntime-node/script/install.js"), "utf8").split("\n");
    const asked = ["-e", `${first}\nprocess.stdout.write(process.env.ONNXRUNTIME_NODE_INSTALL)`];
    const env = { PATH: process.env["PATH"], [name]: "true" };
    expect(spawnSync(process.execPath, asked, { env, encoding: "utf8" }).stdout).toBe("true");
  });

  test("ONNX Runtime's parts for other systems go, and none where there is no part for this one", () => {
    const { here, beforeInstall } = unpack();
    const bin = (...path: string[]) => here("onnxruntime-node/bin", ...path);
    const own = [process.platform, process.arch];
    for (const system of [own, ["darwin", "mips"], ["aix", process.arch]]) mkdirSync(bin("napi-v6", ...system), { recursive: true });
    mkdirSync(bin("napi-v9/aix/ppc"), { recursive: true });
    expect(beforeInstall()).toMatchObject({ status: 0, stderr: "" });
    const there = (...path: string[]) => existsSync(bin("napi-v6", ...path));
    expect([there(...own), there("darwin", "mips"), there("aix", process.arch)]).toEqual([true, false, false]);
    expect(existsSync(bin("napi-v9/aix/ppc"))).toBe(true);
  });

  test("a file that other projects share by a hard link stays as it is", () => {
    const { here, beforeInstall } = unpack();
    linkSync(here("onnxruntime-node/script/install.js"), here("shared.js"));
    beforeInstall();
    expect(readFileSync(here("shared.js"), "utf8")).not.toContain("by dupfind");
  });

  test("the database's version that has to be built stays where this Node needs it, and only there", () => {
    const { here, beforeInstall } = unpack();
    beforeInstall();
    expect(existsSync(here("better-sqlite3-node20"))).toBe(NEEDS_BUILT_DATABASE);
  });

  // Packages come as npm's lockfile of this checkout has them: this one from Node 22 on.
  test.skipIf(NEEDS_BUILT_DATABASE)("nothing is built for the database that carries its native part", () => {
    const { here, beforeInstall } = unpack();
    cpSync(join(ROOT, "node_modules/better-sqlite3"), here("better-sqlite3"), { recursive: true });
    expect(beforeInstall()).toMatchObject({ status: 0, stderr: "" });
    const PATH = `${here("better-sqlite3/node_modules/.bin")}:${process.env["PATH"]}`;
    const built = spawnSync("node-gyp", ["rebuild"], { cwd: here("better-sqlite3"), env: { PATH }, shell: true, encoding: "utf8" });
    expect(built).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(here("better-sqlite3/build"))).toBe(false);
  });

  test("an installation of other packages goes on", () => {
    const { here } = unpack();
    const folder = temporaryFolder();
    cpSync(here("dupfind"), folder, { recursive: true });
    expect(spawnSync(process.execPath, [join(folder, "scripts/before-install.mjs")]).status).toBe(0);
  });
});
