/**
 * A library on a throw-away tree, cleaned up by the program as it is installed, and looked at file by file.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PROGRAM, type ShellRun, shell } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** What a library of two folders looks like after a phone was backed up twice. */
const TREE: Readonly<Record<string, string>> = {
  "photos/phone/falcon.jpg": PHOTOS.falcon,
  "photos/phone/flower.jpg": PHOTOS.flower,
  "photos/phone/IMG_2682.heic": PHOTOS.heic,
  "photos/phone/IMG_2682.mov": PHOTOS.webp,
  "photos/backup/falcon.jpg": PHOTOS.falcon,
  "photos/backup/flower.jpg": PHOTOS.flower,
  "photos/backup/IMG_2682.heic": PHOTOS.heic,
  "photos/backup/IMG_2682.mov": PHOTOS.webp,
  "photos/backup/IMG_2682-export.jpg": PHOTOS.heicExport,
};

/** @param folder that the caller removes; one that is gone after the test where none is given */
export function plantTree(folder: string = temporaryFolder()) {
  const at = (name: string) => join(folder, name);
  for (const [name, photo] of Object.entries(TREE)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    cpSync(photo, at(name), { preserveTimestamps: true });
  }
  const env = { ...process.env, DUPFIND_DB: at("library.db"), XDG_DATA_HOME: at("data"), HOME: folder };
  const run = (...args: readonly string[]): ShellRun => shell('"$@"', args, { cwd: folder, env });
  const start = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env, stdio: "ignore" });
  const scan = () => run("scan", "photos");
  const plan = (...args: readonly string[]) => run("report", "--plan", "plan.json", "--keep", `folder:${at("photos/phone")}`, ...args);

  /** Bytes, times, rights and links of every file below a folder, by name. */
  const files = (name = "photos") =>
    Object.fromEntries(
      below(at(name)).map((path) => {
        const { mtimeNs, mode, nlink } = lstatSync(path, { bigint: true });
        return [path.slice(folder.length + 1), { sha256: sha256(path), microseconds: String(mtimeNs / 1000n), mode, nlink }];
      }),
    );
  /** Of the library, the trash, and whatever else photos go to. */
  const contents = (...more: readonly string[]) => new Set(["photos", "data", "moved"].map(at).concat(more).flatMap(below).map(sha256));
  return { folder, at, run, start, scan, plan, files, contents, env };
}

export type Tree = ReturnType<typeof plantTree>;

function below(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile())
    .sort();
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
