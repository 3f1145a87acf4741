/**
 * Labelling as a person does it: keys on standard input, clicks as requests to the local page.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PROGRAM } from "../../built-program.ts";
import { EXAMPLES, ORIENTATIONS, PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

interface Labelling {
  readonly child: ChildProcess;
  readonly press: (keys: string) => void;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<number | null>;
}

/** Starts `dupfind label`; it is killed when the test ends. */
function start(...given: readonly (string | NodeJS.ProcessEnv)[]): Labelling {
  const args = given.filter((one) => typeof one === "string");
  const added = given.filter((one) => typeof one !== "string")[0];
  const child = spawn(process.execPath, [PROGRAM, "label", ...args], { stdio: "pipe", env: { ...process.env, ...added } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  return {
    child,
    press: (keys) => void child.stdin.write(keys),
    output: () => output,
    ended: once(child, "close").then(([code]) => code),
  };
}

async function until<Value>(look: () => Value | null | undefined | false): Promise<Value> {
  for (;;) {
    const value = look();
    if (value) return value;
    await wait(10);
  }
}

function linesOf(csv: string): readonly string[] {
  return existsSync(csv) ? readFileSync(csv, "utf8").split("\r\n").slice(0, -1) : [];
}

let db: string;
beforeAll(async () => {
  const folder = lastingFolder();
  db = join(folder, "library.db");
  await dupfindJson(["scan", EXAMPLES, "--no-look", "--db", db]);
  return () => rmSync(folder, { recursive: true, force: true });
});

describe("labelling on the terminal", () => {
  test("writes a line for each answer, none for unsure, and takes the last one back", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, ended, output } = start("--db", db, "-o", csv);
    press("sdubbsq");
    expect(await ended).toBe(0);
    expect(output().stdout).toBe(
      `2 same, 0 different, 0 unsure. 2 answers written to ${csv}.\n` +
        `Every answer in the file is "same", and a calibration needs both kinds.\nNext: dupfind label -o ${csv} --db ${db}\n`,
    );
    const [header, ...lines] = linesOf(csv);
    expect(header).toBe("a,b,same");
    expect(lines.map((line) => line.at(-1))).toEqual(["1", "1"]);
    for (const path of lines.flatMap((line) => line.split(",").slice(0, 2))) expect(existsSync(path)).toBe(true);
    expect(output().stderr).toMatch(/Question 1 of \d+, similarity 0\.\d{3} .*\n {2}A {2}\S+\n {5}\d+ × \d+ \w+, /);
  });

  test("ignores other keys and line ends, takes capitals, and ends where its input does", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, child, ended, output } = start("--db", db, "-o", csv, "--json");
    press("S\nx d\r\n");
    child.stdin?.end();
    expect(await ended).toBe(0);
    expect(JSON.parse(output().stdout)).toMatchObject({ schemaVersion: 1, command: "label", output: csv, same: 1, different: 1, asked: 2 });
  });

  test("asks at most as many questions as it was told to", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, ended } = start("--db", db, "-o", csv, "--count", "3");
    press("sssss");
    expect(await ended).toBe(0);
    expect(linesOf(csv)).toHaveLength(4);
  });

  test("killed in between keeps every answer that was given", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, child, ended } = start("--db", db, "-o", csv);
    for (let answers = 1; answers <= 3; answers++) {
      press("d");
      await until(() => linesOf(csv).length === answers + 1);
    }
    child.kill("SIGKILL");
    await ended;
    expect(linesOf(csv)).toHaveLength(4);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("ends by %s with %i, and tells what was written", async (signal, code) => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, child, ended, output } = start("--db", db, "-o", csv);
    press("s");
    await until(() => linesOf(csv).length === 2);
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(output().stdout).toContain("1 answer written");
  });

  test("adds to a file that is there, and changes nothing in it", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const before = `first,second,duplicate\nx.jpg,"y, z.jpg",no`;
    writeFileSync(csv, before);
    const { press, ended } = start("--db", db, "-o", csv);
    press("sbdq");
    expect(await ended).toBe(0);
    expect(readFileSync(csv, "utf8")).toMatch(/^first,second,duplicate\nx\.jpg,"y, z\.jpg",no\r\n\/.*,\/.*,0\r\n$/);
  });

  test("does not ask again what stands in the file, by absolute or relative paths, and resumes where it stopped", async () => {
    const folder = temporaryFolder();
    const csv = join(folder, "labeled.csv");
    const first = start("--db", db, "-o", csv, "--count", "4");
    first.press("sdsd");
    expect(await first.ended).toBe(0);
    const pairs = () =>
      linesOf(csv)
        .slice(1)
        .map((line) => line.split(",").slice(0, 2).sort().join());
    writeFileSync(csv, readFileSync(csv, "utf8").replaceAll(EXAMPLES, relative(folder, EXAMPLES)));
    const second = start("--db", db, "-o", csv, "--count", "1000");
    second.press("d".repeat(1000));
    expect(await second.ended).toBe(0);
    const asked = pairs().map((pair) => pair.replaceAll(relative(folder, EXAMPLES), EXAMPLES));
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(asked).size).toBe(asked.length);
    expect((await dupfind(["label", "--db", db, "-o", csv])).stderr).toContain("There are no more pairs to ask about");
  });

  test("gives what calibrate reads", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, ended } = start("--db", db, "-o", csv, "--count", "30");
    press("ssssssssssssssssssssssssssssdd");
    expect(await ended).toBe(0);
    const run = await dupfind(["calibrate", "--pairs", csv, "--db", db, "--dry-run", "--json"]);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).pairs).toMatchObject({ same: 28, different: 2 });
  });

  test("closes with the command that calibrates, whole and safe to paste, and it runs", async () => {
    const csv = join(temporaryFolder(), "my labels.csv");
    const { press, ended, output } = start("--db", db, "-o", csv, "--count", "30");
    press("sd".repeat(15));
    expect(await ended).toBe(0);
    const command = /^Next: dupfind (.*)$/m.exec(output().stdout)?.[1] ?? "";
    expect(command).toBe(`calibrate --pairs '${csv}' --db ${db}`);
    const again = start("--db", db, "-o", csv, "--count", "1", "--json");
    again.press("q");
    expect(await again.ended).toBe(0);
    expect(JSON.parse(again.output().stdout)).toMatchObject({ next: `dupfind ${command}` });
    const run = await dupfind(["calibrate", "--pairs", csv, "--db", db, "--dry-run", "--json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({ command: "calibrate", labels: 30 });
  });

  test.each(["a;b;same", "same,a,b", "a,b,same,by"])("adds nothing to a file whose columns are %s", async (header) => {
    const csv = join(temporaryFolder(), "labeled.csv");
    writeFileSync(csv, `${header}\n`);
    const run = await dupfind(["label", "--db", db, "-o", csv]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(csv);
    expect(readFileSync(csv, "utf8")).toBe(`${header}\n`);
  });

  test("takes nothing back where something else wrote to the file meanwhile", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { press, ended, output } = start("--db", db, "-o", csv);
    press("s");
    await until(() => linesOf(csv).length === 2);
    appendFileSync(csv, "other.jpg,another.jpg,1\r\n");
    press("b");
    expect(await ended).toBe(2);
    expect(output().stderr).toContain("was changed by something else");
    expect(linesOf(csv)).toHaveLength(3);
  });

  test("quotes the paths that need it", async () => {
    const folder = temporaryFolder();
    const photos = join(folder, "photos");
    mkdirSync(photos);
    copyFileSync(PHOTOS.landscape, join(photos, 'one "and", two.jpg'));
    await sharp(PHOTOS.landscape).resize(800).toFile(join(photos, "line\nbreak.jpg"));
    const [own, csv] = [join(folder, "library.db"), join(folder, "labeled.csv")];
    await dupfindJson(["scan", photos, "--no-look", "--db", own]);
    const { press, ended } = start("--db", own, "-o", csv);
    press("s");
    expect(await ended).toBe(0);
    const fields = [`"${photos}/line\nbreak.jpg"`, `"${photos}/one ""and"", two.jpg"`];
    expect(
      readFileSync(csv, "utf8")
        .split("\r\n")[1]
        ?.split(/,(?=")|,(?=1)/)
        .sort(),
    ).toEqual([...fields, "1"].sort());
  });

  test("shows both photos on a local page that takes no answers, comes with a policy and is gone afterwards", async () => {
    const folder = temporaryFolder();
    const opened = join(folder, "opened");
    const { press, ended } = start("--db", db, "-o", join(folder, "labeled.csv"), "--opener", `echo >> '${opened}'`);
    const url = await until(() => existsSync(opened) && readFileSync(opened, "utf8").trim());
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; .*script-src 'nonce-/);
    expect(await page.text()).toContain("Answer in the terminal");
    const first = (await (await fetch(`${url}state`)).json()) as PageState;
    expect(first).toMatchObject({ turn: 1, number: 1, done: false });
    for (const side of ["a", "b"]) {
      const picture = await fetch(`${url}photo/1/${side}`);
      expect(picture.headers.get("content-type")).toBe("image/jpeg");
    }
    const body = JSON.stringify({ turn: 1, reply: "same" });
    expect((await fetch(`${url}reply`, { method: "POST", headers: { origin: new URL(url).origin }, body })).status).toBe(404);
    const next = fetch(`${url}state/1`).then((response) => response.json() as Promise<PageState>);
    await wait(100);
    press("s");
    expect(await next).toMatchObject({ turn: 2, number: 2, done: false });
    const last = fetch(`${url}state/2`).then((response) => response.json() as Promise<PageState>);
    await wait(500); // for the request to be there before the page's end is
    press("q");
    expect(await last).toMatchObject({ done: true, text: expect.stringContaining("1 same") });
    expect(await ended).toBe(0);
    expect(readFileSync(opened, "utf8").trim().split("\n")).toHaveLength(1);
    await expect(fetch(url)).rejects.toThrow();
  });

  test.each(["SIGHUP", "SIGTERM", "SIGKILL"] as const)("leaves no photo on the disk when it is ended by %s", async (signal) => {
    const folder = temporaryFolder();
    const [opened, temporary] = [join(folder, "opened"), join(folder, "tmp")];
    mkdirSync(temporary);
    const { child, ended } = start("--db", db, "-o", join(folder, "labeled.csv"), "--opener", `echo >> '${opened}'`, { TMPDIR: temporary });
    const url = await until(() => existsSync(opened) && readFileSync(opened, "utf8").trim());
    expect((await fetch(`${url}photo/1/a`)).status).toBe(200);
    expect(readdirSync(temporary)).toEqual([]);
    child.kill(signal);
    expect(await ended).toBe({ SIGHUP: 129, SIGTERM: 143, SIGKILL: null }[signal]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("refuses a library without pairs, a place that cannot be written to and a count that is none", async () => {
    const folder = temporaryFolder();
    const [photos, own] = [join(folder, "photos"), join(folder, "library.db")];
    mkdirSync(photos);
    copyFileSync(PHOTOS.landscape, join(photos, "a.jpg"));
    await dupfindJson(["scan", photos, "--no-look", "--db", own]);
    expect((await dupfind(["label", "--db", own])).stderr).toContain("There are no more pairs to ask about");
    expect((await dupfind(["label", "--db", db, "--count", "none"])).code).toBe(2);
    const missing = join(folder, "no-such-folder");
    const toMissing = await dupfind(["label", "--db", db, "-o", join(missing, "labeled.csv")]);
    expect([toMissing.code, toMissing.stderr]).toEqual([2, expect.stringContaining(`The folder ${missing} does not exist`)]);
    const toFolder = await dupfind(["label", "--db", db, "-o", folder]);
    expect([toFolder.code, toFolder.stderr]).toEqual([2, expect.stringContaining(`${folder} is a folder`)]);
  });

  test("ends at the first answer that cannot be kept", async () => {
    const folder = temporaryFolder();
    const { press, ended, output } = start("--db", db, "-o", join(folder, "labeled.csv"));
    await until(() => output().stderr.includes("same"));
    rmSync(folder, { recursive: true });
    press("s");
    expect(await ended).toBe(2);
    expect(output().stderr).toContain("cannot be written (no such file or folder: ENOENT)");
  });
});

interface PageState {
  readonly turn: number;
  readonly done: boolean;
  readonly number: number;
  readonly photos: readonly { readonly path: string }[];
  readonly text?: string;
}

describe("labelling on a page", () => {
  async function startPage(library: string, csv: string) {
    const labelling = start("--db", library, "-o", csv, "--page");
    const url = await until(() => /http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//.exec(labelling.output().stderr)?.[0]);
    const origin = new URL(url).origin;
    const state = async () => (await (await fetch(`${url}state`)).json()) as PageState;
    const reply = async (turn: number, name: string): Promise<PageState> => {
      const body = JSON.stringify({ turn, reply: name });
      return (await (await fetch(`${url}reply`, { method: "POST", headers: { origin }, body })).json()) as PageState;
    };
    return { ...labelling, url, origin, state, reply };
  }

  test("asks, takes answers back, and ends when it is told to", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { state, reply, ended, output } = await startPage(db, csv);
    const first = await state();
    expect(first).toMatchObject({ done: false, number: 1 });
    const second = await reply(first.turn, "same");
    expect(second.number).toBe(2);
    expect(linesOf(csv)).toHaveLength(2); // kept before the next question came
    const again = await reply(second.turn, "back");
    expect(again).toMatchObject({ number: 1, photos: first.photos });
    expect(linesOf(csv)).toHaveLength(1);
    const last = await reply((await reply(again.turn, "different")).turn, "quit");
    expect(last).toMatchObject({ done: true });
    expect(last.text).toContain("0 same, 1 different");
    expect(await ended).toBe(0);
    expect(output().stdout).toContain("1 answer written");
  });

  test("takes one reply a question, though two windows are open", async () => {
    const csv = join(temporaryFolder(), "labeled.csv");
    const { state, reply } = await startPage(db, csv);
    const { turn } = await state();
    const both = await Promise.all([reply(turn, "same"), reply(turn, "different")]);
    expect(both.map(({ number }) => number).sort()).toContain(2);
    expect((await state()).number).toBe(2);
    expect(linesOf(csv)).toHaveLength(2);
    expect((await reply(turn, "same")).number).toBe(2);
    expect(linesOf(csv)).toHaveLength(2);
  });

  test("shows upright thumbnails, of HEIC too, and of the pair that is asked about alone", async () => {
    const folder = temporaryFolder();
    const photos = join(folder, "photos");
    mkdirSync(photos);
    copyFileSync(ORIENTATIONS[5] as string, join(photos, "turned.jpg"));
    copyFileSync(ORIENTATIONS[0] as string, join(photos, "upright.jpg"));
    copyFileSync(PHOTOS.heic, join(photos, "phone.heic"));
    copyFileSync(PHOTOS.heicExport, join(photos, "phone.jpg"));
    const own = join(folder, "library.db");
    await dupfindJson(["scan", photos, "--no-look", "--db", own]);
    const { url, state, reply } = await startPage(own, join(folder, "labeled.csv"));
    const shown = new Set<string>();
    for (let now = await state(); !now.done; now = await reply(now.turn, "unsure")) {
      for (const [i, side] of ["a", "b"].entries()) {
        const response = await fetch(`${url}photo/${now.turn}/${side}`);
        expect(response.headers.get("content-type")).toBe("image/jpeg");
        const { width = 0, height = 0, orientation } = await sharp(await response.arrayBuffer()).metadata();
        expect(Math.max(width, height)).toBeLessThanOrEqual(1024);
        expect(orientation).toBeUndefined();
        const path = now.photos[i]?.path as string;
        shown.add(path.slice(photos.length + 1));
        if (path.endsWith("turned.jpg")) expect(width / height).toBeCloseTo(1.5, 1);
        if (path.includes("phone")) expect(width / height).toBeCloseTo((await aspectOf(PHOTOS.heicExport)) as number, 1);
      }
      expect((await fetch(`${url}photo/${now.turn - 1}/a`)).status).toBe(404);
      expect((await fetch(`${url}photo/${now.turn + 1}/a`)).status).toBe(404);
    }
    expect([...shown].sort()).toEqual(["phone.heic", "phone.jpg", "turned.jpg", "upright.jpg"]);
  });

  test("is refused to whoever lacks the token, names another host or comes from another site", async () => {
    const { url, origin, state } = await startPage(db, join(temporaryFolder(), "labeled.csv"));
    const { turn } = await state();
    const body = JSON.stringify({ turn, reply: "same" });
    expect((await fetch(origin)).status).toBe(403);
    expect((await fetch(`${origin}/${"A".repeat(32)}/state`)).status).toBe(403);
    expect((await fetch(`${url}reply`, { method: "POST", body })).status).toBe(403);
    for (const foreign of ["http://example.com", "null", "http://localhost:80"]) {
      expect((await fetch(`${url}reply`, { method: "POST", headers: { origin: foreign }, body })).status).toBe(403);
      expect((await fetch(`${url}state`, { headers: { origin: foreign } })).status).toBe(403);
    }
    for (const host of ["example.com", `localhost:${new URL(url).port}`]) expect(await statusFor(url, host)).toBe(403);
    expect(await statusFor(url, new URL(url).host)).toBe(200);
    expect((await state()).number).toBe(1);
  });

  test("lets no request name a file, and answers what it does not know with an error", async () => {
    const { url, origin, state } = await startPage(db, join(temporaryFolder(), "labeled.csv"));
    const { turn } = await state();
    for (const place of [
      `photo/${turn}/c`,
      `photo/${turn}/a/..%2f..%2fa`,
      "photo/..%2f..%2fetc%2fpasswd",
      `photo/${turn}/__proto__`,
      "photo/1e0/a",
    ])
      expect((await fetch(url + place)).status, place).toBe(404);
    const post = (body: string) => fetch(`${url}reply`, { method: "POST", headers: { origin }, body });
    for (const body of ["", "{", "null", "7", `{"turn":${turn},"reply":"constructor"}`, "x".repeat(100_000)])
      expect((await post(body)).status, body.slice(0, 20)).toBe(400);
    expect((await fetch(`${url}state`, { method: "PUT", headers: { origin } })).status).toBe(405);
    expect((await state()).number).toBe(1);
  });

  test("is kept by no cache and loads nothing from elsewhere", async () => {
    const { url } = await startPage(db, join(temporaryFolder(), "labeled.csv"));
    const response = await fetch(url);
    const page = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    const loaded = page.match(/<(?:script|style|link rel="stylesheet")[^>]*>/g) ?? [];
    expect(loaded).toHaveLength(2);
    for (const tag of loaded) expect(tag).toContain(`nonce="${nonce}"`);
    expect(policy).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:\/\//);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  });
});

async function aspectOf(path: string): Promise<number> {
  const { autoOrient } = await sharp(path).metadata();
  return autoOrient.width / autoOrient.height;
}

async function statusFor(url: string, host: string): Promise<number | undefined> {
  const request = httpRequest(url, { headers: { host } }).end();
  const [response] = await once(request, "response");
  response.resume();
  return response.statusCode;
}
