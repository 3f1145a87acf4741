import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startLabelServer } from "../../../src/io/labels/label-server.ts";
import type { Turn } from "../../../src/io/labels/label-turns.ts";
import { readPageAssets } from "../../../src/io/pages/page-assets.ts";

const PHOTO = { path: "/a/1.jpg", facts: "" };
const TURN: Turn = {
  view: { number: 1, total: 1, similarity: "1.000", counts: "", photos: [PHOTO, PHOTO] },
  photos: ["/a/1.jpg", "/a/2.jpg"],
};

test("ends the asking where its own page runs into a bug, rather than showing nothing for ever", async () => {
  const server = await startLabelServer({
    page: () => "",
    assets: readPageAssets("labels"),
    thumbnail: () => Promise.reject(new TypeError("a bug")),
    takesReplies: true,
  });
  onTestFinished(() => server.close(""));
  const asked = expect(server.ask(TURN)).rejects.toThrow("a bug");
  expect((await fetch(`${server.url}photo/1/a`)).status).toBe(500);
  await asked;
});

test("lets whoever waits for the next question go, and tells those who stay", async () => {
  const server = await startLabelServer({
    page: () => "",
    assets: readPageAssets("labels"),
    thumbnail: async () => null,
    takesReplies: false,
  });
  server.show(TURN);
  const left = new AbortController();
  const gone = expect(fetch(`${server.url}state/1`, { signal: left.signal })).rejects.toThrow();
  const stays = fetch(`${server.url}state/1`).then((response) => response.json());
  await wait(100); // for both to be there
  left.abort();
  await gone;
  await server.close("the end");
  expect(await stays).toEqual({ turn: 2, done: true, text: "the end" });
});
