/**
 * The server of pages by itself: who is let in, what is found, and what goes over the wire.
 */
import { once } from "node:events";
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Routes } from "../../../src/io/pages/page-routes.ts";
import { PageServer } from "../../../src/io/pages/page-server.ts";

const ASSET = { text: "export {};", sha256: "" };
const ROUTES: Routes = {
  "": { kind: "page", render: (nonce) => `<script src="page.js" nonce="${nonce}"></script>` },
  "page.js": { kind: "asset", type: "text/javascript", asset: ASSET },
  "page.css": { kind: "asset", type: "text/css", asset: ASSET },
  sets: { kind: "state", read: async (id) => (id === "gone" ? null : { id }) },
  photo: { kind: "picture", open: async (id) => (id === "7/small" ? { type: "image/jpeg", body: Buffer.from("small") } : null) },
  decide: { kind: "question", bytesAtMost: 100, answer: async (question) => (Array.isArray(question) ? { question } : null) },
};

async function start(routes: Routes = ROUTES) {
  const faults: unknown[] = [];
  const server = await PageServer.start(routes, (fault) => faults.push(fault));
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(close);
  const { url } = server;
  const { origin, host } = new URL(url);
  const post = (place: string, body: string, headers: Record<string, string> = { origin }) =>
    fetch(url + place, { method: "POST", headers, body });
  return { url, origin, host, post, close, faults };
}

/** What `fetch` would tidy up on its way goes as it stands. */
async function raw(url: string, path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
  const sent = httpRequest(new URL(url).origin, { ...options, path }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return response;
}

async function statusOf(url: string, path: string, options: RequestOptions = {}): Promise<number | undefined> {
  const response = await raw(url, path, options);
  response.resume();
  return response.statusCode;
}

test("stands at 127.0.0.1 alone, under an address that is another each time", async () => {
  const [one, other] = [await start(), await start()];
  expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
  expect(new URL(one.url).pathname).not.toBe(new URL(other.url).pathname);
  const { port } = new URL(one.url);
  await expect(once(connect(Number(port), "127.0.0.2"), "connect")).rejects.toThrow("ECONNREFUSED");
});

test("lets in who has the whole address, by its own name and from its own pages", async () => {
  const { url, origin, host, post } = await start();
  const { pathname: at } = new URL(url);
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url.slice(0, -1))).url).toBe(url);
  expect((await fetch(`${url}sets`, { headers: { origin } })).status).toBe(200);
  expect((await post("decide", "[1]")).status).toBe(200);
  for (const path of ["/", "/sets", `/${"A".repeat(32)}/`, at.slice(0, -2), at.toLowerCase().replace(/[a-z]/, "A")])
    expect(await statusOf(url, path), path).toBe(403);
  for (const name of ["example.com", `localhost:${new URL(url).port}`, "127.0.0.1", `${host}.example.com`])
    expect(await statusOf(url, at, { headers: { host: name } }), name).toBe(403);
  for (const site of ["http://example.com", "null", "http://127.0.0.1", origin.replace("http", "https")]) {
    expect((await fetch(url, { headers: { origin: site } })).status, site).toBe(403);
    expect((await post("decide", "[1]", { origin: site })).status, site).toBe(403);
  }
  expect((await post("decide", "[1]", {})).status).toBe(403);
});

test("finds what its routes name, and nothing by a path, a trick of letters or a name that every object has", async () => {
  const { url } = await start();
  const { pathname: at } = new URL(url);
  expect(await (await fetch(`${url}sets/3/b-c_d`)).json()).toEqual({ id: "3/b-c_d" });
  expect(await (await fetch(`${url}photo/7/small`)).text()).toBe("small");
  for (const place of [
    "nothing",
    "constructor",
    "__proto__",
    "sets/",
    "sets//3",
    "sets/gone",
    "sets/../sets",
    "sets/..%2fpage.js",
    "sets/a%00b",
    "sets/a.b",
    "sets?id=3",
    "page.js/3",
    "decide/3",
    "photo/8",
    "/etc/passwd",
    "..",
    "photo\\7",
  ])
    expect(
      await statusOf(url, at + place, { method: place.startsWith("decide") ? "POST" : "GET", headers: { origin: new URL(url).origin } }),
      place,
    ).toBe(404);
});

test("takes a question by POST and everything else by GET", async () => {
  const { url, origin } = await start();
  const { pathname: at } = new URL(url);
  for (const [place, method] of [
    ["decide", "GET"],
    ["sets", "POST"],
    ["", "POST"],
    ["photo/7/small", "DELETE"],
    ["sets", "PUT"],
    ["page.js", "OPTIONS"],
  ] as const)
    expect(await statusOf(url, at + place, { method, headers: { origin } }), `${method} ${place}`).toBe(405);
});

test("takes JSON that the route knows, up to its size, and keeps the connection after what it does not take", async () => {
  const { post } = await start();
  expect(await (await post("decide", `["${"x".repeat(96)}"]`)).json()).toEqual({ question: ["x".repeat(96)] });
  for (const body of [`["${"x".repeat(97)}"]`, "x".repeat(1_000_000), "", "[", "null", "{}", "7"])
    expect((await post("decide", body)).status, body.slice(0, 20)).toBe(400);
  expect((await post("decide", "[]")).status).toBe(200);
});

test("lets a page run its own scripts and styles alone, with another word each time, and nothing of it be kept or framed", async () => {
  const { url } = await start();
  const policies: string[] = [];
  for (const _ of [1, 2]) {
    const response = await fetch(url);
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(await response.text()).toBe(`<script src="page.js" nonce="${nonce}"></script>`);
    for (const rule of ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toContain("unsafe");
    policies.push(policy);
  }
  expect(policies[0]).not.toBe(policies[1]);
  for (const [place, type] of [
    ["", "text/html; charset=utf-8"],
    ["page.js", "text/javascript; charset=utf-8"],
    ["page.css", "text/css; charset=utf-8"],
    ["sets", "application/json"],
    ["photo/7/small", "image/jpeg"],
    ["nothing", "text/plain"],
  ] as const) {
    const { headers } = await fetch(url + place);
    expect(headers.get("content-type"), place).toBe(type);
    expect(headers.get("cache-control"), place).toBe("no-store");
    expect(headers.get("x-content-type-options"), place).toBe("nosniff");
    expect(headers.get("referrer-policy"), place).toBe("no-referrer");
    expect(headers.get("cross-origin-resource-policy"), place).toBe("same-origin");
    expect(headers.get("access-control-allow-origin"), place).toBeNull();
  }
});

test("answers many questions over one connection", async () => {
  const { url } = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ports = new Set<number | undefined>();
  for (let i = 0; i < 5; i++) {
    const response = await raw(url, `${new URL(url).pathname}sets/${i}`, { agent });
    ports.add(response.socket.localPort);
    expect(JSON.parse(await text(response))).toEqual({ id: String(i) });
  }
  expect(ports.size).toBe(1);
});

test("sends a picture while it is read, and stops reading when nobody looks any more", async () => {
  const piece = Buffer.alloc(1 << 16, 1);
  let read = 0;
  let ended: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const endless = async function* () {
    try {
      for (;;) {
        read++;
        yield piece;
      }
    } finally {
      ended();
    }
  };
  const short = async function* () {
    yield "one ";
    yield "two";
  };
  const { url, faults } = await start({
    photo: {
      kind: "picture",
      open: async (id) => ({ type: "image/png", body: Readable.from(id === "short" ? short() : endless(), { objectMode: false }) }),
    },
  });
  const whole = await fetch(`${url}photo/short`);
  expect([whole.headers.get("content-type"), await whole.text()]).toEqual(["image/png", "one two"]);
  const response = await raw(url, `${new URL(url).pathname}photo/long`);
  await once(response, "readable");
  await wait(200);
  expect(read).toBeLessThan(1000); // what is not taken off the wire is not read
  response.destroy();
  await closed;
  expect(faults).toEqual([]);
});

test("cuts a picture short whose file cannot be read on, and serves the next", async () => {
  const failing = async function* () {
    yield "begun";
    throw new Error("the drive went away");
  };
  const { url, faults } = await start({
    ...ROUTES,
    photo: { kind: "picture", open: async () => ({ type: "image/png", body: Readable.from(failing(), { objectMode: false }) }) },
  });
  await expect(fetch(`${url}photo/1`).then((response) => response.text())).rejects.toThrow();
  expect((await fetch(`${url}sets`)).status).toBe(200);
  expect(faults).toEqual([]);
});

test("tells a route that whoever asked has gone", async () => {
  let told: () => void = () => {};
  const isTold = new Promise<void>((resolve) => {
    told = resolve;
  });
  const { url } = await start({
    state: {
      kind: "state",
      read: (_, gone) =>
        new Promise((resolve) =>
          gone.addEventListener("abort", () => {
            told();
            resolve(null);
          }),
        ),
    },
  });
  const stop = new AbortController();
  const asking = fetch(`${url}state`, { signal: stop.signal });
  await wait(100);
  stop.abort();
  await expect(asking).rejects.toThrow();
  await isTold;
});

test("tells of a bug in a route, answers 500 without a word of it, and goes on", async () => {
  const { url, faults } = await start({
    ...ROUTES,
    state: {
      kind: "state",
      read: async () => {
        throw new TypeError("a secret path");
      },
    },
  });
  const response = await fetch(`${url}state`);
  expect([response.status, await response.text()]).toEqual([500, ""]);
  expect(faults).toMatchObject([{ message: "a secret path" }]);
  expect((await fetch(`${url}sets`)).status).toBe(200);
});

test("lets an answer that is on its way arrive, ends connections that wait for nothing, and is gone", async () => {
  let answer: (value: unknown) => void = () => {};
  const { url, close } = await start({
    ...ROUTES,
    state: {
      kind: "state",
      read: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    },
  });
  await (await fetch(`${url}sets`)).text(); // leaves its connection open
  const asking = fetch(`${url}state`).then((response) => response.json());
  await wait(100);
  const begun = performance.now();
  const closed = close();
  answer("the last words");
  expect(await asking).toBe("the last words");
  await closed;
  expect(performance.now() - begun).toBeLessThan(2_000);
  await expect(fetch(url)).rejects.toThrow();
});

test("waits for no answer that never comes", async () => {
  const { url, close } = await start({ state: { kind: "state", read: () => new Promise(() => {}) } });
  const asking = expect(fetch(`${url}state`)).rejects.toThrow();
  await wait(100);
  await close();
  await asking;
});
