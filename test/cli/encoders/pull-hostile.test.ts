/**
 * Servers that are silent, slow, wrong or malicious, each real and on this machine: a fetch ends in time, with a sentence, and
 * nothing but a draft is left.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPullDisplay } from "../../../src/commands/encoders/pull-display.ts";
import { createDownloads, type DownloadLimits } from "../../../src/io/encoders/download.ts";
import { type Handler, listen, RANGES, startHub } from "../../model-hub.ts";
import { FAMILIES, tinyModel, writeTinyLock } from "../../models.ts";
import { dupfind } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const MODEL = tinyModel(FAMILIES[0] as (typeof FAMILIES)[number]);
const GRAPH = MODEL.files.find(({ path }) => path === MODEL.image.model) as (typeof MODEL.files)[number];
const QUICK: DownloadLimits = { patience: 0.2, slowest: 1000, slowestOverall: 10_000 };

function place() {
  const folder = temporaryFolder();
  writeTinyLock(join(folder, "lock.json"));
  const models = join(folder, "models");
  const environment = { DUPFIND_MODELS: models, DUPFIND_LOCK: join(folder, "lock.json") };
  const pull = (endpoint: string, ...options: string[]) =>
    dupfind(["models", "pull", MODEL.id, "--endpoint", endpoint, ...options], { environment });
  return { folder, models, environment, pull };
}

/** Fetches the graph alone, with limits that a test can wait for. */
async function fetchGraph(handle: Handler, limits: Partial<DownloadLimits> = {}) {
  const folder = temporaryFolder();
  const hub = await startHub(handle);
  const { source } = MODEL;
  if (source.kind !== "download") throw new Error("Expected a download");
  const retries: string[] = [];
  const downloads = createDownloads({
    environment: {},
    limits: { ...QUICK, ...limits },
    stop: new AbortController().signal,
    onBytes: () => {},
    onKept: () => {},
    onRetry: (what) => retries.push(what),
  });
  const path = join(folder, "model.onnx");
  const begun = performance.now();
  const url = `${hub.endpoint}/${source.repository}/resolve/${source.revision}/${GRAPH.path}`;
  const fault = await downloads.fetch(url, GRAPH, path).then(
    () => "none",
    (error: Error) => error.message,
  );
  await downloads.close();
  return { fault, retries, requests: hub.requests, path, seconds: (performance.now() - begun) / 1000 };
}

const headOf = (content: Buffer) => ({ "content-length": content.length });

describe("a server that", () => {
  test("takes the connection and never answers is given up, tried again four times, and named", async () => {
    const at = place();
    const silent = createSocketServer((socket) => void socket.on("error", () => {}));
    await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const begun = performance.now();
    const { code, stderr } = await at.pull(`http://127.0.0.1:${port}`, "--timeout", "1");
    expect(code, stderr).toBe(2);
    expect(stderr).toContain("could not be downloaded (nothing came for 1 s)");
    expect(stderr).toContain("nothing came for 1 s; trying again, 5 of 5");
    expect((performance.now() - begun) / 1000).toBeLessThan(20);
  });

  test("answers with a head and nothing behind it is given up", async () => {
    const { fault, retries, seconds } = await fetchGraph((_request, response, content) => {
      response.writeHead(200, headOf(content)).flushHeaders();
    });
    expect(fault).toMatch(/could not be downloaded \(nothing came for 0\.2 s\)$/);
    expect(retries.length).toBe(4);
    expect(seconds).toBeLessThan(15);
  });

  test("sends a byte now and then is given up", async () => {
    const { fault, seconds } = await fetchGraph((_request, response, content) => {
      response.writeHead(200, headOf(content));
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(fault).toMatch(/could not be downloaded \(no more than \d+ bytes came for 0\.2 s\)$/);
    expect(seconds).toBeLessThan(15);
  });

  test("keeps just above the slowest pace for ever is given up at the time that one file may take", async () => {
    const slow: Handler = (_request, response, content) => {
      response.writeHead(200, headOf(content));
      const timer = setInterval(() => response.write(Buffer.alloc(1000)), 20);
      response.on("close", () => clearInterval(timer));
    };
    const { fault, seconds } = await fetchGraph(slow, { slowestOverall: GRAPH.bytes });
    expect(fault).toMatch(/could not be downloaded \(not complete after 6 seconds\)$/);
    expect(seconds).toBeLessThan(8);
  });

  test("closes in the middle again and again is gone on with each time", async () => {
    const { fault, requests, retries, path } = await fetchGraph((request, response, content, attempt) => {
      if (attempt === 5) return RANGES(request, response, content, attempt);
      const from = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, {
        "content-length": content.length - from,
        ...(from > 0 ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
      });
      response.write(content.subarray(from, from + 50_000), () => setTimeout(() => response.destroy(), 50));
    });
    expect(fault).toBe("none");
    expect(retries.length).toBe(4);
    expect(requests.map((request) => / bytes=(\d+)-/.exec(request)?.[1])).toEqual([undefined, "50000", "100000", "150000", "200000"]);
    expect(readFileSync(path).length).toBe(GRAPH.bytes);
  });

  test("sends another part than was asked for is asked for the whole", async () => {
    const { fault, requests } = await fetchGraph((request, response, content, attempt) => {
      if (attempt === 1)
        return void response
          .writeHead(200, headOf(content))
          .write(content.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 50));
      if (request.headers.range === undefined) return void response.end(content);
      response.writeHead(206, { "content-range": `bytes 0-9/${content.length}` }).end(content.subarray(0, 10));
    });
    expect(fault).toBe("none");
    expect(requests.length).toBe(3);
  });

  test("sends zeros without end and without a length is cut off at the pinned size, once", async () => {
    const { fault, requests, path } = await fetchGraph((_request, response) => {
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 16)));
        if (!response.destroyed) response.once("drain", send);
      };
      send();
    });
    expect(fault).toContain(`sends more than the ${GRAPH.bytes} bytes the lock pins`);
    expect(requests.length).toBe(1);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test("packs a bomb for the way is cut off at the pinned size", async () => {
    const packed = gzipSync(Buffer.alloc(1 << 26));
    const { fault } = await fetchGraph((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    expect(fault).toContain(`sends more than the ${GRAPH.bytes} bytes the lock pins`);
  });

  test.each([-1, +1])("offers a file that is %i byte longer is refused before a byte is kept, and not asked again", async (more) => {
    const { fault, requests, path } = await fetchGraph((_request, response, content) => {
      response.writeHead(200, { "content-length": content.length + more }).write("x");
    });
    expect(fault).toMatch(more > 0 ? /sends more than/ : new RegExp(`has ${GRAPH.bytes - 1} bytes, the lock pins ${GRAPH.bytes}`));
    expect(requests.length).toBe(1);
    expect(existsSync(`${path}.part`)).toBe(false);
  });
});

describe("a redirect", () => {
  test("to another host is followed, and what comes from there is checked like anything else", async () => {
    const store = await startHub();
    const moved =
      (to: string): Handler =>
      (request, response) =>
        void response.writeHead(302, { location: `${to}${request.url}` }).end();
    expect((await fetchGraph(moved(store.endpoint.replace("127.0.0.1", "localhost")))).fault).toBe("none");
    const bad = await startHub((_request, response, content) => response.end(Buffer.alloc(content.length)));
    expect((await fetchGraph(moved(bad.endpoint))).fault).toMatch(/its SHA-256 differs$/);
  });

  test("to itself, or in a circle, is not followed round, and not tried again", async () => {
    const itself = await fetchGraph((request, response) => response.writeHead(301, { location: request.url }).end());
    expect(itself.fault).toMatch(/redirects in circles$/);
    expect(itself.requests.length).toBe(1);
    const circle = await fetchGraph((request, response) => {
      response.writeHead(307, { location: request.url?.startsWith("/moved") ? request.url.slice(6) : `/moved${request.url}` }).end();
    });
    expect(circle.fault).toMatch(/redirects in circles$/);
    expect(circle.requests.length).toBe(2);
  });

  test("to ever new addresses is given up after ten", async () => {
    let step = 0;
    const { fault, requests } = await fetchGraph((request, response) => {
      response.writeHead(302, { location: `${request.url?.replace(/\?.*/, "")}?step=${++step}` }).end();
    });
    expect(fault).toMatch(/redirects in circles$/);
    expect(requests.length).toBe(11);
  });

  test.each([
    ["file:///etc/passwd", /redirects to file: instead of http or https/],
    ["ftp://127.0.0.1/x", /redirects to ftp: instead of http or https/],
    ["data:text/plain,x", /redirects to data: instead of http or https/],
    ["http://user:secret@127.0.0.1/x", /redirects to an address with a password/],
    ["http://[", /redirects to nowhere/],
  ])("to %s is refused", async (location, message) => {
    const { fault, requests } = await fetchGraph((_request, response) => response.writeHead(302, { location }).end());
    expect(fault).toMatch(message);
    expect(requests.length).toBe(1);
  });
});

describe("models pull", () => {
  test("stops at once while a server is silent", async () => {
    const at = place();
    const stop = new AbortController();
    const hub = await startHub(() => void setTimeout(() => stop.abort("SIGINT"), 100));
    const begun = performance.now();
    const { code, stderr } = await dupfind(["models", "pull", MODEL.id, "--endpoint", hub.endpoint], {
      environment: at.environment,
      stop: stop.signal,
    });
    expect(code).toBe(130);
    expect(stderr).toContain("Run the same command to resume");
    expect((performance.now() - begun) / 1000).toBeLessThan(5);
  });

  test("lets the other files go when one is refused", async () => {
    const at = place();
    const hub = await startHub((request, response) => {
      if (request.url?.endsWith("/config.json")) response.writeHead(404).end();
    });
    const begun = performance.now();
    const { code, stderr } = await at.pull(hub.endpoint);
    expect([code, stderr]).toEqual([2, expect.stringContaining("config.json is not there (status 404)")]);
    expect((performance.now() - begun) / 1000).toBeLessThan(5);
  });

  test.each([
    ["--endpoint", "ftp://mirror", {}],
    ["--endpoint", "mirror.example.org", {}],
    ["--endpoint", "http://user:secret@mirror", {}],
    ["--timeout", "0", {}],
    ["--endpoint", "http://mirror.invalid", { http_proxy: "ftp://proxy" }],
    ["--endpoint", "http://mirror.invalid", { HTTPS_PROXY: "::" }],
  ])("with %s %s and %j ends with a sentence before anything is asked", async (option, value, environment) => {
    const at = place();
    const run = await dupfind(["models", "pull", MODEL.id, option, value], { environment: { ...at.environment, ...environment } });
    expect(run.code, run.stderr).toBe(2);
    expect(run.stderr).toMatch(/A mirror must be an http|--timeout takes a number from 1 to 3600|is not an http address/);
  });

  test("does not write through a link that someone put in a draft's place", async () => {
    const at = place();
    const precious = join(at.folder, "precious");
    writeFileSync(precious, "precious");
    mkdirSync(join(at.models, MODEL.id), { recursive: true });
    symlinkSync(precious, join(at.models, MODEL.id, "config.json.part"));
    expect((await at.pull((await startHub()).endpoint)).code).toBe(0);
    expect(readFileSync(precious, "utf8")).toBe("precious");
  });

  test.each(["slip", "victim"])("and all else refuse a lock that reaches out of the folder of models (%s)", async (kind) => {
    const at = place();
    const victim = join(at.folder, "victim");
    mkdirSync(victim);
    writeFileSync(join(victim, "precious"), "precious");
    const lock = JSON.parse(readFileSync(join(at.folder, "lock.json"), "utf8"));
    const { [MODEL.id]: entry } = lock.encoders;
    const id = kind === "victim" ? "../victim" : MODEL.id;
    if (kind === "slip") entry.files[0].path = "../../victim/config.json";
    writeFileSync(join(at.folder, "lock.json"), JSON.stringify({ ...lock, encoders: { [id]: entry } }));
    const hub = await startHub();
    for (const args of [["pull", id, "--endpoint", hub.endpoint], ["remove", id], ["verify", id], ["import", at.folder], ["list"]]) {
      const { code, stderr } = await dupfind(["models", ...args], { environment: at.environment });
      expect(code, stderr).toBe(2);
      expect(stderr).toContain(`The model lock ${join(at.folder, "lock.json")} cannot be used`);
    }
    expect(hub.requests).toEqual([]);
    expect(readdirSync(victim)).toEqual(["precious"]);
  });
});

describe("the pace of a fetch", () => {
  const host = (lines: string[]) => ({
    isOutputTerminal: false,
    isTerminal: false,
    stop: new AbortController().signal,
    writeError: (text: string) => void lines.push(text),
  });

  test("is told in a line now and then where there is no terminal, and not with --quiet", async () => {
    const [lines, none]: [string[], string[]] = [[], []];
    const displays = [createPullDisplay(10_000_000, false, host(lines), 60), createPullDisplay(10_000_000, true, host(none), 60)];
    for (const display of displays) {
      display.onKept(4_000_000);
      display.onBytes(1_000_000);
    }
    await new Promise((done) => setTimeout(done, 150));
    for (const display of displays) display.close();
    expect(lines[0]).toMatch(/^dupfind: fetched 5 MB of 10 MB, [\d.]+ MB\/s, about \d+ seconds? left\.\n$/);
    expect(none).toEqual([]);
    const told = lines.length;
    await new Promise((done) => setTimeout(done, 150));
    expect(lines.length).toBe(told);
  });

  test("is told to be none where nothing comes", async () => {
    const lines: string[] = [];
    const display = createPullDisplay(10_000_000, false, host(lines), 20);
    await new Promise((done) => setTimeout(done, 60));
    display.close();
    expect(lines[0]).toBe("dupfind: fetched 0 B of 10 MB; waiting for data.\n");
  });

  test("has a proxy's server that is not there named as such", async () => {
    const closed = createServer();
    const address = await listen(closed);
    await new Promise((done) => closed.close(done));
    const at = place();
    const run = await dupfind(["models", "pull", MODEL.id, "--timeout", "1"], {
      environment: { ...at.environment, http_proxy: address.replace("http://", ""), DUPFIND_ENDPOINT: "http://models.invalid" },
    });
    expect(run.code, run.stderr).toBe(2);
    expect(run.stderr).toContain("ECONNREFUSED");
  });
});
