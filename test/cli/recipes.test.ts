/**
 * The recipes as they stand in the documents: the script by night is run, night after night, and the units are read by systemd.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { lockFile } from "../../src/io/library/sqlite.ts";
import { PROGRAM } from "../built-program.ts";
import { PHOTOS } from "../photos.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const PAGE = readFileSync(fileURLToPath(new URL("../../docs/recipes/by-night.md", import.meta.url)), "utf8");
const [SCRIPT = ""] = blocks("sh");
const [SERVICE = "", TIMER = ""] = blocks("ini");
const HAS_SYSTEMD = spawnSync("systemd-analyze", ["--version"], { stdio: "ignore" }).error === undefined;

function blocks(kind: string): readonly string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text]) => text as string);
}

/** A machine with `dupfind` on its path and photos where the script looks for them. */
function machine() {
  const folder = temporaryFolder();
  const photos = join(folder, "photos");
  const bin = join(folder, "bin");
  for (const made of [photos, bin]) mkdirSync(made);
  const write = (name: string, text: string) => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  write("dupfind", `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`);
  const script = SCRIPT.replaceAll("/srv/photos", photos);
  write("dupfind-nightly", script);
  write("dupfind-strict", script.replace("--quiet", "--quiet --strict").replace("/usr/local/bin", bin));
  const db = join(folder, "library.db");
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, HOME: folder, DUPFIND_DB: db };
  const said = (name: string, path: string) => {
    const { status, stdout, stderr } = spawnSync(join(bin, name), { env: { ...env, PATH: path }, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  const night = () => said("dupfind-nightly", env.PATH);
  const strictNight = () => said("dupfind-strict", "/usr/bin:/bin");
  const add = (photo: string, name: string) => copyFileSync(photo, join(photos, name));
  return { night, strictNight, add, photos, db, bin };
}

describe("the script by night", () => {
  test("is one that sh understands", () => {
    expect(SCRIPT).toMatch(/^#!\/bin\/sh\n/);
    expect(spawnSync("sh", ["-n"], { input: SCRIPT, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  test("says nothing to a mailer until there is something new, once, and leaves a library alone that is in use", () => {
    const { night, add, db } = machine();
    add(PHOTOS.landscape, "a.jpg");
    expect(night()).toMatchObject({ status: 0, stderr: "" });
    add(PHOTOS.landscape, "b.jpg");
    const first = night();
    expect([first.status, first.stdout], first.stderr).toEqual([1, expect.stringContaining("b.jpg")]);
    expect(night()).toMatchObject({ status: 0 });
    add(PHOTOS.falcon, "c.jpg");
    add(PHOTOS.falcon, "d.jpg");
    const held = lockFile(db, "models-locked", "a test holds it");
    expect(night()).toMatchObject({ status: 0, stdout: "" });
    held.release();
    const next = night();
    expect([next.status, next.stdout], next.stderr).toEqual([1, expect.stringContaining("d.jpg")]);
    expect(next.stdout).not.toContain("b.jpg");
  });

  test("finds dupfind where cron does not look, and says what could not be read, which a scan that is quiet does not", () => {
    const { strictNight, photos } = machine();
    writeFileSync(join(photos, "broken.jpg"), readFileSync(PHOTOS.landscape).subarray(0, 2000));
    const { status, stdout, stderr } = strictNight();
    expect([status, stdout], stderr).toEqual([3, expect.stringContaining("broken.jpg")]);
  });
});

test.skipIf(!HAS_SYSTEMD)("the units are ones that systemd understands", () => {
  const { bin } = machine();
  const folder = temporaryFolder();
  writeFileSync(join(folder, "dupfind.service"), SERVICE.replace("/usr/local/bin/dupfind-nightly", join(bin, "dupfind-nightly")));
  writeFileSync(join(folder, "dupfind.timer"), TIMER);
  const said = spawnSync(
    "systemd-analyze",
    ["verify", "--user", "--man=no", join(folder, "dupfind.service"), join(folder, "dupfind.timer")],
    {
      encoding: "utf8",
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    },
  );
  // Of the machine's own units it may say more.
  expect(`${said.stdout}${said.stderr}`.split("\n").filter((line) => line.includes("dupfind"))).toEqual([]);
  const calendar = /^OnCalendar=(.+)$/m.exec(TIMER)?.[1] ?? "";
  expect(spawnSync("systemd-analyze", ["calendar", calendar], { encoding: "utf8" })).toMatchObject({ status: 0 });
});
