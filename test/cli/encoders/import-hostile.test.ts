/**
 * Archives and folders that someone made to fill the memory, to take all day or to write elsewhere. The built program is run, so
 * that its memory is its own.
 */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { PROGRAM } from "../../built-program.ts";
import { FAMILIES, fixtureFolder, tinyModel, writeTinyLock } from "../../models.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { deflatedZeros, type Entry, writeZip } from "../../zips.ts";

const FAMILY = FAMILIES[0] as (typeof FAMILIES)[number];
const FILES = tinyModel(FAMILY).files;
const BOMB_MEGABYTES = 1024;
/** Node alone takes 60; the bomb inflated would take a thousand. */
const MOST_MEGABYTES = 250;

let bomb: Buffer;
beforeAll(async () => {
  bomb = await deflatedZeros(BOMB_MEGABYTES);
});

interface Place {
  readonly folder: string;
  readonly models: string;
  readonly environment: Record<string, string | undefined>;
}

function place(): Place {
  const folder = temporaryFolder();
  writeTinyLock(join(folder, "lock.json"));
  const models = join(folder, "models");
  return { folder, models, environment: { ...process.env, DUPFIND_MODELS: models, DUPFIND_LOCK: join(folder, "lock.json") } };
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Most memory that was resident, in MB. */
  readonly peak: number;
  readonly seconds: number;
}

function run(at: Place, ...args: string[]): Promise<Run> {
  const tellPeak = "process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))";
  const begun = performance.now();
  return new Promise((resolve) => {
    const node = ["--import", `data:text/javascript,${encodeURIComponent(tellPeak)}`, PROGRAM, ...args];
    execFile(process.execPath, node, { env: at.environment, timeout: 50_000 }, (error, stdout, stderr) => {
      const [said = "", peak = "Infinity"] = stderr.split("\npeak ");
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : Number.NaN;
      resolve({ code, stdout, stderr: said, peak: Number(peak) / 1024, seconds: (performance.now() - begun) / 1000 });
    });
  });
}

async function importZip(at: Place, zip: Buffer): Promise<Run> {
  writeFileSync(join(at.folder, "from.zip"), zip);
  return run(at, "models", "import", join(at.folder, "from.zip"));
}

/** Every file below the folder of models but the lock. */
function kept({ models }: Place): readonly string[] {
  if (!existsSync(models)) return [];
  const entries = readdirSync(models, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith("pull.lock")).map(({ name }) => name);
}

function good(): readonly Entry[] {
  return FILES.map(({ path, bytes }) => ({
    name: path,
    data: deflateRawSync(readFileSync(join(fixtureFolder(FAMILY), path))),
    claims: bytes,
  }));
}

describe("an archive", () => {
  test("that is as it should be is taken, and what else lies in it stays where it is", async () => {
    const at = place();
    const inner = { name: "inner.zip", data: bomb, claims: 2 ** 31 };
    const { code, stderr, peak } = await importZip(at, writeZip([inner, ...good()]));
    expect(code, stderr).toBe(0);
    expect([...kept(at)].sort()).toEqual(["config.json", "model.onnx", "preprocessor_config.json"]);
    expect(peak).toBeLessThan(MOST_MEGABYTES);
  });

  test("that is a bomb by its own account is not inflated", async () => {
    const at = place();
    const zip = writeZip(FILES.map(({ path }) => ({ name: path, data: bomb, claims: BOMB_MEGABYTES * 2 ** 20 })));
    const { code, stderr, peak, seconds } = await importZip(at, zip);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain("does not contain all pinned files of any encoder");
    expect([peak < MOST_MEGABYTES, seconds < 20], `${peak} MB, ${seconds} s`).toEqual([true, true]);
    expect(kept(at)).toEqual([]);
  });

  test("that claims the pinned sizes and holds a bomb is cut off at them", async () => {
    const at = place();
    const zip = writeZip(FILES.map(({ path, bytes }) => ({ name: path, data: bomb, claims: bytes })));
    const { code, stderr, peak, seconds } = await importZip(at, zip);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/dinov2-small lacks config\.json \(it cannot be read: .*too many bytes/);
    expect([peak < MOST_MEGABYTES, seconds < 20], `${peak} MB, ${seconds} s`).toEqual([true, true]);
    expect(kept(at)).toEqual([]);
  });

  test("whose entries lie over one another is read once for each pinned file", async () => {
    const at = place();
    const [first, ...rest] = FILES.map(({ path, bytes }) => ({ name: path, data: bomb, claims: bytes }));
    const zip = writeZip([first as Entry, ...rest.map((entry) => ({ ...entry, overFirst: true }))]);
    const { code, peak, seconds } = await importZip(at, zip);
    expect([code, peak < MOST_MEGABYTES, seconds < 20], `${peak} MB, ${seconds} s`).toEqual([2, true, true]);
    expect(kept(at)).toEqual([]);
  });

  const model = FILES.find(({ path }) => path.endsWith(".onnx")) as (typeof FILES)[number];
  const DAMAGED: readonly (readonly [title: string, make: () => Buffer, message: RegExp])[] = [
    ["that lists two files of one name", () => writeZip([...good(), ...good()]), /it has two entries named config\.json/],
    ["that says it has 60,000 entries", () => writeZip(good(), 60_000), /it lists 60000 entries, 20000 are the most/],
    ["that says it has more entries than it lists", () => writeZip(good(), 10), /cannot be read as a folder or a zip archive/],
    ["with a name that climbs", () => writeZip([{ name: "../../x", data: bomb, claims: 1 }, ...good()]), /invalid relative path/],
    ["that was cut in the middle", () => writeZip(good()).subarray(0, 20_000), /cannot be read as a folder or a zip archive/],
    ["without a byte", () => Buffer.alloc(0), /cannot be read as a folder or a zip archive/],
    [
      "with an entry that was damaged",
      () => writeZip(good().map((entry) => (entry.name === model.path ? { ...entry, data: entry.data.fill(0x55, 1000, 2000) } : entry))),
      /lacks onnx\/model\.onnx \(it/,
    ],
  ];
  test.each(DAMAGED)("%s is refused with a sentence", async (_title, make, message) => {
    const at = place();
    const { code, stderr } = await importZip(at, make());
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("bug");
    expect(code).toBe(2);
    expect(kept(at)).toEqual([]);
  });
});

describe("a path to import from", () => {
  test.each(["pipe", "folder with a pipe in it", "device"])("that is a %s is told, and not waited for", async (kind) => {
    const at = place();
    const pipe = join(at.folder, "config.json");
    execFileSync("mkfifo", [pipe]);
    const path = kind === "pipe" ? pipe : kind === "device" ? "/dev/zero" : at.folder;
    const { code, stderr } = await run(at, "models", "import", path);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(kind === "folder with a pipe in it" ? /does not contain all pinned files of any encoder/ : /it is not a file/);
  });
});

describe("a link that someone put into the folder of models", () => {
  const whole = (at: Place) => cpSync(fixtureFolder(FAMILY), join(at.folder, "stick"), { recursive: true });

  test.each(["dinov2-small", "dinov2-small/onnx", "dinov2-small/config.json"])("at %s is not followed out of it", async (name) => {
    const at = place();
    whole(at);
    const outside = join(at.folder, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "precious"), "precious");
    mkdirSync(join(at.models, name, ".."), { recursive: true });
    symlinkSync(name.endsWith(".json") ? join(outside, "precious") : outside, join(at.models, name));
    const { code, stderr } = await run(at, "models", "import", join(at.folder, "stick"));
    expect(stderr).toContain(`${join(at.models, name)} is a link that points outside the models folder`);
    expect(code).toBe(2);
    expect(readdirSync(outside)).toEqual(["precious"]);
    expect(readFileSync(join(outside, "precious"), "utf8")).toBe("precious");
  });

  test("in a draft's place is replaced, not written through", async () => {
    const at = place();
    whole(at);
    const precious = join(at.folder, "precious");
    writeFileSync(precious, "precious");
    mkdirSync(join(at.models, "dinov2-small"), { recursive: true });
    symlinkSync(precious, join(at.models, "dinov2-small", "config.json.import"));
    expect((await run(at, "models", "import", join(at.folder, "stick"))).code).toBe(0);
    expect(readFileSync(precious, "utf8")).toBe("precious");
    expect(lstatSync(join(at.models, "dinov2-small", "config.json")).isFile()).toBe(true);
  });

  test("is removed itself by models remove, and what it leads to stays", async () => {
    const at = place();
    const outside = join(at.folder, "outside");
    cpSync(fixtureFolder(FAMILY), outside, { recursive: true });
    mkdirSync(at.models);
    symlinkSync(outside, join(at.models, "dinov2-small"));
    expect((await run(at, "models", "remove", "dinov2-small")).code).toBe(0);
    expect(kept(at)).toEqual([]);
    expect(existsSync(join(outside, "config.json"))).toBe(true);
  });

  test("is followed where it is the folder of models itself", async () => {
    const at = place();
    whole(at);
    mkdirSync(join(at.folder, "other-disk"));
    symlinkSync(join(at.folder, "other-disk"), at.models);
    expect((await run(at, "models", "import", join(at.folder, "stick"))).code).toBe(0);
    expect(existsSync(join(at.folder, "other-disk", "dinov2-small", "config.json"))).toBe(true);
  });
});
