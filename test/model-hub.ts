/**
 * A server on this machine that offers the tiny models in the layout they are published in, as well or as badly as a test wants.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { FAMILIES, fixtureFolder, tinyModel } from "./models.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse, content: Buffer, attempt: number) => void;

export const WHOLE: Handler = (_request, response, content) => response.end(content);

/** As good servers do it: ranges are honoured. */
export const RANGES: Handler = (request, response, content) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (from > 0) response.writeHead(206, { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` });
  response.end(content.subarray(from));
};

export interface Hub {
  readonly endpoint: string;
  /** `method path range` of every request, in order. */
  readonly requests: string[];
}

/** A server on this machine that offers the tiny models in the layout they are published in. */
export async function startHub(handle: Handler = RANGES): Promise<Hub> {
  const contents = new Map<string, Buffer>();
  for (const family of FAMILIES) {
    const model = tinyModel(family);
    if (model.source.kind !== "download") throw new Error(`Expected ${model.id} to be a download`);
    for (const file of model.files) {
      const path = `/${model.source.repository}/resolve/${model.source.revision}/${file.path}`;
      contents.set(path, readFileSync(join(fixtureFolder(family), file.path)));
    }
  }
  const requests: string[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "", "http://hub").pathname;
    requests.push(`${request.method} ${path} ${request.headers.range ?? ""}`.trim());
    const content = contents.get(path.replace(/^\/moved/, ""));
    attempts.set(path, (attempts.get(path) ?? 0) + 1);
    if (content === undefined) response.writeHead(404).end();
    else handle(request, response, content, attempts.get(path) as number);
  });
  return { endpoint: await listen(server), requests };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
