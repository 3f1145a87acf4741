import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { ChoiceReply, SetsPage } from "../../../src/core/review/review-view.ts";
import { readPageAssets } from "../../../src/io/pages/page-assets.ts";
import { type ReviewQuestion, type ReviewServerParts, startReviewServer } from "../../../src/io/review/review-server.ts";
import { renderReviewPage } from "../../../src/render/review/review-page.ts";

const PROGRESS = { total: 0, chosen: 0, going: 0, next: null };
const PAGE: SetsPage = { sets: [], progress: PROGRESS };
const REPLY: ChoiceReply = { fault: null, set: null, progress: PROGRESS, changed: 1, alike: 0 };

/** With what its routes were asked for. */
async function serve() {
  const asked: unknown[] = [];
  const noted = <Answer>(what: unknown, answer: Answer): Answer => {
    asked.push(what);
    return answer;
  };
  const parts: ReviewServerParts = {
    page: renderReviewPage,
    assets: readPageAssets("review"),
    sets: (start) => noted(["sets", start], PAGE),
    set: (number, keeper) => noted(["set", number, keeper], null),
    picture: async (...id) => noted(["picture", ...id], id[0] === 7 ? new Uint8Array([1, 2, 3]) : null),
    choose: async (question: ReviewQuestion) => noted(question, REPLY),
    plan: async () => noted("plan", { fault: "no" }),
    onFault: () => {},
  };
  const server = await startReviewServer(parts, 0);
  onTestFinished(() => server.close());
  const { origin } = new URL(server.url);
  const get = (place: string) => fetch(server.url + place);
  const post = (place: string, body: unknown, headers: Record<string, string> = { origin }) =>
    fetch(server.url + place, { method: "POST", headers, body: JSON.stringify(body) });
  return { server, asked, get, post, origin };
}

test("serves pages of sets, one set, and pictures by their numbers", async () => {
  const { asked, get } = await serve();
  for (const place of ["sets", "sets/40", "set/3/1"]) await get(place);
  const picture = await get("picture/7/1/screen");
  expect({ type: picture.headers.get("content-type"), bytes: (await picture.arrayBuffer()).byteLength }).toEqual({
    type: "image/jpeg",
    bytes: 3,
  });
  expect(asked).toEqual([
    ["sets", null],
    ["sets", 40],
    ["set", 3, 1],
    ["picture", 7, 1, "screen"],
  ]);
});

test.each([
  "picture/7/1/huge",
  "picture/7/1/toString",
  "picture/7/1",
  "picture/7/1/screen/2",
  "picture/-1/0/screen",
  "sets/all",
  "set/3",
  "set/3/x",
])("%s names nothing", async (place) => {
  const { asked, get } = await serve();
  expect((await get(place)).status).toBe(404);
  expect(asked).toEqual([]);
});

test.each(["picture/..%2f..%2fetc%2fpasswd/0/full", "picture//etc/passwd", "picture/7/0/../../../../etc/passwd"])(
  "%s, a path, leads nowhere",
  async (place) => {
    const { server, asked } = await serve();
    const { host, hostname, port, pathname } = new URL(server.url);
    // As it stands: fetch would straighten it.
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.end(`GET ${pathname}${place} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      );
      let text = "";
      socket.on("data", (piece) => {
        text += piece;
      });
      socket.on("end", () => resolve(text)).on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(asked).toEqual([]);
  },
);

test("takes choices in their form alone, from its own page alone", async () => {
  const { asked, post, get } = await serve();
  const choice = { ask: "choose", set: 1, choice: "extras-go", keeper: 0 };
  for (const question of [
    {},
    null,
    { ...choice, choice: "delete" },
    { ...choice, keeper: -1 },
    { ...choice, set: "1" },
    { ...choice, set: 0.5 },
    { ask: "alike" },
  ])
    expect((await post("choose", question)).status).toBe(400);
  expect((await post("choose", choice, { origin: "http://evil.example" })).status).toBe(403);
  expect((await post("plan", {}, { origin: "http://evil.example" })).status).toBe(403);
  expect((await get("choose")).status).toBe(405);
  expect((await get("plan")).status).toBe(405);
  expect(asked).toEqual([]);
  expect(await (await post("choose", { ...choice, path: "/etc/passwd" })).json()).toEqual(REPLY);
  await post("choose", { ask: "undo" });
  await post("plan", {});
  expect(asked).toEqual([choice, { ask: "undo" }, "plan"]);
});

test("lets nothing into its page but its own script and style", async () => {
  const { get } = await serve();
  const page = await get("");
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; img-src 'self' data:; connect-src 'self'; /);
  expect(await page.text()).toContain('src="review.js" nonce="');
});
