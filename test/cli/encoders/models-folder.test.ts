/**
 * A folder of models that is full, read-only, a file, foreign or gone, and locks that are none: each is a sentence that names the
 * file and the next step, with exit code 2. Disks are real ones where this machine lets a test mount them.
 */
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, type TestContext, test } from "vitest";
import { modelId } from "../../../src/core/encoders/model-names.ts";
import { handOver } from "../../../src/core/photos/photo.ts";
import { writeAdapted } from "../../../src/io/encoders/adapted-models.ts";
import { PROGRAM } from "../../built-program.ts";
import { startHub } from "../../model-hub.ts";
import { FAMILIES, fixtureFolder, tinyModel, writeTinyLock } from "../../models.ts";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { dupfind, type Run } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const FAMILY = FAMILIES[0] as (typeof FAMILIES)[number];
const ID = FAMILY.id;
const NOBODY = 65_534;

function place(models = "models") {
  const folder = temporaryFolder();
  writeTinyLock(join(folder, "lock.json"));
  const environment = { DUPFIND_MODELS: join(folder, models), DUPFIND_LOCK: join(folder, "lock.json") };
  return { folder, models: join(folder, models), lock: environment.DUPFIND_LOCK, environment };
}
type Place = ReturnType<typeof place>;

const run = ({ environment }: Place, ...args: string[]) => dupfind(args, { environment });
const install = ({ models }: Place) => cpSync(fixtureFolder(FAMILY), join(models, ID), { recursive: true });

function expectSentence({ code, stderr }: Pick<Run, "code" | "stderr">, ...named: readonly string[]): void {
  expect(code, stderr).toBe(2);
  for (const name of named) expect(stderr).toContain(name);
  expect(stderr).toMatch(/^dupfind: [^\n]+\.\n[^\n]+\.\n$/);
}

/** Every command that puts something into the folder of models or takes it away. */
async function writing(at: Place): Promise<Readonly<Record<"pull" | "import", Run>>> {
  const hub = await startHub();
  return {
    pull: await run(at, "models", "pull", ID, "--endpoint", hub.endpoint),
    import: await run(at, "models", "import", fixtureFolder(FAMILY)),
  };
}

function mount(context: TestContext, ...args: readonly string[]): void {
  try {
    execFileSync("mount", args, { stdio: "pipe" });
  } catch (error) {
    context.skip(`no mount here: ${String((error as { stderr?: Buffer }).stderr ?? error)}`);
  }
  onTestFinished(() => void execFileSync("umount", [args.at(-1) as string]));
}

describe("a folder of models", () => {
  test("that is a file is named by every command", async () => {
    const at = place();
    writeFileSync(at.models, "");
    for (const args of [["list"], ["verify"], ["remove", ID], ["pull", ID], ["import", at.folder]])
      expectSentence(
        await run(at, "models", ...args),
        `The models folder ${at.models} cannot be listed (what should be its folder is a file: ENOTDIR)`,
        "DUPFIND_MODELS",
      );
    expectSentence(await run(at, "scan", at.folder, "--db", join(at.folder, "l.db")), at.models);
  });

  test("below a file is named", async () => {
    const at = place("lock.json/models");
    expectSentence(await run(at, "models", "list"), at.models);
  });

  test("on a full disk is told, and what was begun goes on once there is room", async (context) => {
    const at = place();
    mkdirSync(at.models);
    mount(context, "-t", "tmpfs", "-o", "size=200k", "tmpfs", at.models);
    const { pull, import: taken } = await writing(at);
    expectSentence(
      pull,
      `${join(at.models, ID, "onnx/model.onnx.part")} cannot be written (no space left on the disk: ENOSPC)`,
      "Free some room",
    );
    expectSentence(taken, "cannot be written (no space left on the disk: ENOSPC)", "Free some room");
    const map = new Float32Array(512 * 513 * 0.5);
    const { id: _id, map: _map, ...encoder } = tinyModel(FAMILY);
    const save = () => writeAdapted(at.models, { id: modelId("mine"), madeAt: "", map, encoder, findings: {} as never });
    expect(save).toThrow(/map\.f32.* cannot be written \(no space left on the disk: ENOSPC\)/);
    expect(readdirSync(join(at.models, "mine"))).toEqual([]);
    execFileSync("mount", ["-o", "remount,size=4m", at.models]);
    expect((await writing(at)).pull.code).toBe(0);
  });

  test("on a disk without any room left is told", async (context) => {
    const at = place();
    mkdirSync(at.models);
    mount(context, "-t", "tmpfs", "-o", "size=16k,nr_inodes=2", "tmpfs", at.models);
    writeFileSync(join(at.models, "full"), Buffer.alloc(16_384));
    for (const result of Object.values(await writing(at))) expectSentence(result, at.models, "DUPFIND_MODELS");
  });

  test("that is read-only can be read, and says so when it is to be written", async (context) => {
    const at = place();
    install(at);
    mount(context, "--bind", at.models, at.models);
    execFileSync("mount", ["-o", "remount,ro,bind", at.models]);
    expect((await run(at, "models", "verify", ID)).code).toBe(0);
    expect((await run(at, "embed", PHOTOS.landscape, "--model", ID)).code).toBe(0);
    for (const result of Object.values(await writing(at))) expectSentence(result, at.models, "DUPFIND_MODELS");
    expectSentence(await run(at, "models", "remove", ID), `${join(at.models, ID)}`, "cannot be written (the disk is read-only: EROFS)");
    expect((await run(at, "models", "verify", ID)).code).toBe(0);
  });

  test("whose disk goes away while a model is fetched is told, and not taken for a fault of the network", async () => {
    const at = place();
    const hub = await startHub((request, response, content, attempt) => {
      if (!request.url?.endsWith(".onnx") || attempt > 1) return void response.end(content);
      response.write(content.subarray(0, 100_000), () =>
        setTimeout(() => {
          renameSync(at.models, `${at.models}-away`);
          response.end(content.subarray(100_000));
        }, 200),
      );
    });
    const { code, stderr } = await run(at, "models", "pull", ID, "--endpoint", hub.endpoint);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(`${join(at.models, ID, "onnx/model.onnx.part")} cannot be written (no such file or folder: ENOENT)`);
    expect(stderr).toContain("It disappeared");
  });

  test("with a folder where a file belongs is told", async () => {
    const at = place();
    mkdirSync(join(at.models, ID, "config.json"), { recursive: true });
    const { pull, import: taken } = await writing(at);
    for (const result of [pull, taken]) expectSentence(result, join(at.models, ID, "config.json"), "Move what is in the way");
    expectSentence(await run(at, "models", "verify", ID), `The model file ${join(at.models, ID, "config.json")} is not a file`);
  });

  test("with a file where a model's folder belongs is told", async () => {
    const at = place();
    mkdirSync(at.models);
    writeFileSync(join(at.models, ID), "");
    for (const result of Object.values(await writing(at))) expectSentence(result, join(at.models, ID), "Move what is in the way");
    expectSentence(await run(at, "embed", PHOTOS.landscape, "--model", ID), join(at.models, ID), "dupfind models pull");
  });
});

describe("a model", () => {
  const GRAPH = "onnx/model.onnx";
  const SPOILED: readonly (readonly [how: string, spoil: (path: string) => void, said: string])[] = [
    ["removed by half", (path) => rmSync(path), "cannot be read (no such file or folder: ENOENT)"],
    ["cut off", (path) => truncateSync(path, 1000), "has 1000 bytes, the lock pins"],
    [
      "changed by a bit",
      (path) => writeFileSync(path, readFileSync(path).fill(0, 500, 501)),
      "does not match the lock: its SHA-256 differs",
    ],
    [
      "replaced by a pipe",
      (path) => {
        rmSync(path);
        execFileSync("mkfifo", [path]);
      },
      "is not a file",
    ],
  ];
  test.each(SPOILED)("that was %s is named with the way to get it back", async (_how, spoil, said) => {
    const at = place();
    install(at);
    spoil(join(at.models, ID, GRAPH));
    const commands = [
      ["models", "verify", ID],
      ["embed", PHOTOS.landscape, "--model", ID],
      ["scan", at.folder, "--model", ID, "--db", join(at.folder, "l.db")],
    ];
    for (const args of commands)
      expectSentence(await run(at, ...args), `The model file ${join(at.models, ID, GRAPH)} ${said}`, `dupfind models pull ${ID}`);
    expect((await run(at, "models", "remove", ID)).code).toBe(0);
    expect(existsSync(join(at.models, ID))).toBe(false);
  });

  test("that goes away between the check and its opening, or is no graph, or not the one of its lock, is told", async () => {
    const spoil = [{ output: "nothing" }, { input: "nothing" }, { dimensions: 33 }, { pooling: "none" }];
    for (const change of spoil) {
      const at = place();
      install(at);
      const lock = JSON.parse(readFileSync(at.lock, "utf8"));
      Object.assign(lock.encoders[ID].image, change);
      writeFileSync(at.lock, JSON.stringify(lock));
      expectSentence(
        await run(at, "embed", PHOTOS.landscape, "--model", ID),
        `The model ${join(at.models, ID, GRAPH)} does not match its lock entry`,
      );
    }
    const junk = place();
    install(junk);
    writeFileSync(join(junk.models, ID, GRAPH), "no graph");
    const pinned = JSON.parse(readFileSync(junk.lock, "utf8"));
    const sha256 = createHash("sha256").update("no graph").digest("hex");
    Object.assign(
      pinned.encoders[ID].files.find(({ path }: { path: string }) => path === GRAPH),
      { bytes: 8, sha256 },
    );
    writeFileSync(junk.lock, JSON.stringify(pinned));
    for (const args of [
      ["embed", PHOTOS.landscape],
      ["scan", EXAMPLES, "--db", join(junk.folder, "l.db")],
    ])
      expectSentence(await run(junk, ...args, "--model", ID), `The model ${join(junk.models, ID, GRAPH)} does not match its lock entry`);

    const { createEncoderPool } = await import("../../../src/io/encoders/encoder-pool.ts");
    const { createTextEncoder } = await import("../../../src/io/encoders/text-encoder.ts");
    const spec = tinyModel(FAMILY);
    const pool = createEncoderPool({ folder: "/no/such", spec, map: null }, 1);
    const pixels = handOver({ data: new Uint8Array(224 * 224 * 3), width: 224, height: 224 });
    await expect(pool.encode(pixels)).rejects.toThrow("The model /no/such/onnx/model.onnx does not match its lock entry");
    const text = createTextEncoder({ folder: "/no/such", map: null }, FAMILIES[1]?.text as NonNullable<(typeof FAMILIES)[1]["text"]>);
    await expect(text.encode("bird")).rejects.toThrow(/The model \/no\/such.* does not match its lock entry.*ENOENT/);
    await Promise.all([pool.close(), text.close()]);
  });
});

describe("the record of an adapted encoder", () => {
  test.each<readonly [how: string, make: (path: string) => void]>([
    ["is cut off", (path) => writeFileSync(path, '{"schemaVersion": 1, "enc')],
    ["is a folder", (path) => mkdirSync(path)],
    ["is empty", (path) => writeFileSync(path, "")],
    ["is null", (path) => writeFileSync(path, "null")],
    ["has holes", (path) => writeFileSync(path, '{"schemaVersion": 1}')],
    [
      "is larger than any",
      (path) => {
        writeFileSync(path, "");
        truncateSync(path, 5_000_000_000);
      },
    ],
    ["is a pipe", (path) => execFileSync("mkfifo", [path])],
  ])("that %s is named with its cure", async (_how, make) => {
    const at = place();
    mkdirSync(join(at.models, "mine"), { recursive: true });
    make(join(at.models, "mine", "adapted.json"));
    expectSentence(
      await run(at, "models", "list"),
      `The record of an adapted encoder, ${join(at.models, "mine", "adapted.json")}, cannot be`,
      "dupfind adapt",
    );
  });
});

describe("a lock", () => {
  test.each<readonly [how: string, make: (path: string) => void, said: string]>([
    ["that is not there", () => {}, "cannot be read (no such file or folder: ENOENT)"],
    ["that is a folder", (path) => mkdirSync(path), "cannot be read (it is a folder: EISDIR)"],
    ["without a byte", (path) => writeFileSync(path, ""), "cannot be read (Unexpected end of JSON input)"],
    ["that was cut off", (path) => writeFileSync(path, readFileSync(`${path}.good`).subarray(0, 1000)), "cannot be read ("],
    ["that is a photo", (path) => cpSync(PHOTOS.landscape, path), "cannot be read ("],
    [
      "of five gigabytes",
      (path) => {
        writeFileSync(path, "");
        truncateSync(path, 5_000_000_000);
      },
      "cannot be read (its 5000000000 bytes are more than the 4000000 that are read)",
    ],
    ["that is a pipe", (path) => execFileSync("mkfifo", [path]), "cannot be read (it is not a file)"],
    ["of an empty object", (path) => writeFileSync(path, "{}"), "cannot be used: schemaVersion is missing"],
    ["of brackets without end", (path) => writeFileSync(path, "[".repeat(1_000_000)), "cannot be read ("],
  ])("%s is named", async (_how, make, said) => {
    const at = place();
    renameSync(at.lock, `${at.lock}.good`);
    make(at.lock);
    expectSentence(await run(at, "models", "list"), `The model lock ${at.lock} ${said}`, "DUPFIND_LOCK");
  });

  test("that is a device is not read to its end", async () => {
    expectSentence(
      await dupfind(["models", "list"], { environment: { DUPFIND_LOCK: "/dev/zero" } }),
      "The model lock /dev/zero cannot be read (it is not a file)",
    );
  });

  test("with a mark of byte order, as editors on Windows write it, is read", async () => {
    const at = place();
    writeFileSync(at.lock, `\uFEFF${readFileSync(at.lock, "utf8")}`);
    expect((await run(at, "models", "list")).code).toBe(0);
  });

  test("that an empty variable names is none, and an empty folder of models is the usual one", async () => {
    const { code, stdout } = await dupfind(["models", "list"], { environment: { DUPFIND_LOCK: "", DUPFIND_MODELS: "" } });
    expect([code, stdout]).toEqual([0, expect.stringContaining("dupfind-lite")]);
  });
});

describe("another user's models", () => {
  /** The built program as a user whom the system stops; root is stopped by nothing. */
  function runAsNobody(at: Place, ...args: string[]): Promise<{ code: 0 | 2; stderr: string }> {
    return new Promise((resolve) => {
      const options = { uid: NOBODY, gid: NOBODY, cwd: "/", env: { ...process.env, HOME: at.folder, ...at.environment } };
      execFile(process.execPath, [PROGRAM, ...args], options, (error, _stdout, stderr) => {
        resolve({ code: (error === null ? 0 : (error.code ?? -1)) as 0 | 2, stderr });
      });
    });
  }

  async function asRoot(context: TestContext, at: Place): Promise<void> {
    if (process.getuid?.() !== 0) context.skip("only root can run as another user");
    chmodSync(at.folder, 0o755);
    if ((await runAsNobody(at, "--version")).code !== 0) context.skip(`${PROGRAM} is not open to other users`);
  }

  test("that cannot be listed, read or written are named", async (context) => {
    const at = place();
    install(at);
    await asRoot(context, at);
    chmodSync(join(at.models, ID, "config.json"), 0o600);
    expectSentence(
      await runAsNobody(at, "models", "verify", ID),
      `The model file ${join(at.models, ID, "config.json")} cannot be read (permission denied: EACCES)`,
    );
    expectSentence(
      await runAsNobody(at, "models", "remove", ID),
      join(at.models, ID),
      "cannot be written (permission denied: EACCES)",
      "Check the permissions",
    );
    expectSentence(await runAsNobody(at, "models", "import", fixtureFolder(FAMILY)), at.models, "cannot be written", "DUPFIND_MODELS");
    chmodSync(at.models, 0o700);
    expectSentence(await runAsNobody(at, "models", "list"), `The models folder ${at.models} cannot be listed (permission denied: EACCES)`);
    expectSentence(
      await runAsNobody(at, "models", "pull", ID),
      `The models folder ${at.models} cannot be listed (permission denied: EACCES)`,
    );
  });
});
