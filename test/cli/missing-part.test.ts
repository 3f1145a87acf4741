/**
 * What dupfind says where it is not wholly installed: the built program beside packages of which one lacks its native part.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync, truncateSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { EXAMPLES, PHOTOS } from "../photos.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const JP2 = join(ROOT, "test/fixtures/formats/ramp.jp2");
const SQLITE = Number.parseInt(process.versions.node, 10) < 22 ? "better-sqlite3-node20" : "better-sqlite3";
/** Folders that hold a native part, below the package or beside it. */
const NATIVE = /\/(?:bin|build|prebuilds)$/;

/** The program and all its packages, but that one without its native part, or not there at all. */
function installWithout(part: string, whole: "package" | "native part"): string {
  const folder = temporaryFolder();
  for (const name of ["dist", "package.json", "models.lock.json"]) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "models"), join(folder, "models"));
  const packages = join(folder, "node_modules");
  mkdirSync(packages);
  // sharp's native part lies in packages of its own.
  const leftOut = part === "sharp" ? [part, "@img"] : [part];
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (!leftOut.includes(name)) symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
  }
  const filter = (path: string) => !NATIVE.test(path);
  if (whole === "native part") cpSync(join(ROOT, "node_modules", part), join(packages, part), { recursive: true, filter });
  if (part === "sharp") {
    const colour = "@img/colour";
    cpSync(join(ROOT, "node_modules", colour), join(packages, colour), { recursive: true });
  }
  return folder;
}

/** All of it, but with a package whose one file was cut short. */
function installWithBroken(part: string, file: string): string {
  const folder = installWithout(part, "package");
  const to = join(folder, "node_modules", part);
  cpSync(join(ROOT, "node_modules", part), to, { recursive: true });
  truncateSync(join(to, file), 1000);
  return folder;
}

function run(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "dist/dupfind.cjs"), ...args], { encoding: "utf8" });
  return { code: status, stdout, stderr };
}

describe("an installation that lacks a part", () => {
  test.each([
    { part: SQLITE, whole: "native part", cure: "install" },
    { part: SQLITE, whole: "package", cure: "install" },
    { part: "sharp", whole: "native part", cure: "--omit=optional" },
    { part: "onnxruntime-node", whole: "native part", cure: "Install dupfind again" },
  ] as const)("is told by a scan as a fault of the installation, with its cure: $part, its $whole", ({ part, whole, cure }) => {
    const folder = installWithout(part, whole);
    const { code, stderr } = run(folder, "scan", EXAMPLES, "--db", join(folder, "library.db"));
    expect(stderr).toContain(`dupfind: dupfind is not completely installed: ${part} cannot be loaded (`);
    expect(stderr).toContain(cure);
    expect(stderr).not.toMatch(/bug|\n {4}at /);
    expect(code).toBe(2);
  });

  test("is told when a worker thread is the first to miss it", () => {
    const { code, stderr } = run(installWithout("onnxruntime-node", "native part"), "embed", PHOTOS.falcon);
    expect(stderr).toContain("dupfind is not completely installed: onnxruntime-node cannot be loaded (");
    expect(stderr).not.toMatch(/bug|\n {4}at /);
    expect(code).toBe(2);
  });
});

describe("a decoder that is missing or broken", () => {
  test.each([
    ["libheif-js", PHOTOS.heic, () => installWithout("libheif-js", "package")],
    ["libheif-js", PHOTOS.heic, () => installWithBroken("libheif-js", "libheif-wasm/libheif.wasm")],
    ["jxl-oxide-wasm", PHOTOS.jpegXl, () => installWithout("jxl-oxide-wasm", "package")],
    ["jxl-oxide-wasm", PHOTOS.jpegXl, () => installWithBroken("jxl-oxide-wasm", "jxl_oxide_wasm_bg.wasm")],
    ["@cornerstonejs", JP2, () => installWithout("@cornerstonejs", "package")],
  ] as const)("is no damage of the photo's, and the next scan reads it: %s", (part, photo, install) => {
    const broken = install();
    const photos = join(broken, "photos");
    mkdirSync(photos);
    for (const path of [photo, PHOTOS.falcon]) cpSync(path, join(photos, basename(path)));
    const db = ["--db", join(broken, "library.db")];
    expect(run(broken, "scan", photos, ...db)).toMatchObject({ code: 0 });
    const { skipped } = JSON.parse(run(broken, "status", "--json", ...db).stdout);
    expect(skipped).toMatchObject([
      {
        path: join(photos, basename(photo)),
        reason: "no-decoder",
        detail: expect.stringMatching(new RegExp(`^${part}\\S* cannot be loaded \\(.*\\): install dupfind again`)),
      },
    ]);
    expect(run(ROOT, "scan", photos, ...db)).toMatchObject({ code: 0 });
    expect(JSON.parse(run(ROOT, "status", "--json", ...db).stdout)).toMatchObject({ skipped: [] });
  });
});
