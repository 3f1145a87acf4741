/**
 * Serves a page to this machine alone for as long as a command runs: under one address that nobody can guess, to no other site and by
 * no other name, with nothing in it that comes from elsewhere. A request names what a route knows, never a file.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readJson, redirect, refuse, sendAsset, sendJson, sendPage, sendPicture } from "./page-replies.ts";
import { METHODS, type Route, type Routes, TAKES_ID } from "./page-routes.ts";

const ADDRESS = "127.0.0.1";
/** Browsers keep spare connections open; no longer than this are they waited for. */
const CLOSING_MS = 500;
/** A place below the address: a route's name, and what it is to show. No dots that lead upwards, nothing that stands for other letters. */
const PLACE = /^(?<name>[\w-]+(?:\.[\w-]+)*)?(?:\/(?<id>[\w-]+(?:\/[\w-]+)*))?$/;

export class PageServer {
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #onFault: (error: unknown) => void;
  readonly #server: Server;
  readonly #token = randomBytes(24).toString("base64url");
  #isClosing = false;

  private constructor(routes: Routes, onFault: (error: unknown) => void) {
    this.#routes = new Map(Object.entries(routes));
    this.#onFault = onFault;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /**
   * @param port 0 for a free one
   * @param onFault hears what a route threw, which is a bug: whoever asked gets no answer but that there was one
   */
  static async start(routes: Routes, onFault: (error: unknown) => void, port = 0): Promise<PageServer> {
    const server = new PageServer(routes, onFault);
    await new Promise<void>((resolve, reject) => server.#server.once("error", reject).listen(port, ADDRESS, resolve));
    return server;
  }

  /** Of the page that stands under the name "". */
  get url(): string {
    return `${this.#origin}/${this.#token}/`;
  }

  /** Lets answers that are on their way arrive, and ends. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await new Promise((resolve) => {
      this.#server.close(resolve);
      setTimeout(() => this.#server.closeAllConnections(), CLOSING_MS).unref();
    });
  }

  get #origin(): string {
    return `http://${ADDRESS}:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    if (this.#isClosing) response.setHeader("connection", "close");
    try {
      if (this.#isAllowed(request)) await this.#route(request, response, gone.signal);
      else refuse(response, 403);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
      this.#onFault(error);
    }
  }

  /** A page of another site can neither know the token nor, by a name that leads here, pass for this host. */
  #isAllowed({ headers, url = "", method }: IncomingMessage): boolean {
    const given = Buffer.from(url.split("/", 2)[1] ?? "");
    const token = Buffer.from(this.#token);
    if (given.length !== token.length || !timingSafeEqual(given, token)) return false;
    if (headers.host !== this.#origin.slice("http://".length)) return false;
    return headers.origin === undefined ? method !== "POST" : headers.origin === this.#origin;
  }

  async #route(request: IncomingMessage, response: ServerResponse, gone: AbortSignal): Promise<void> {
    const place = (request.url ?? "").slice(this.#token.length + 1);
    if (place === "") return redirect(response, `/${this.#token}/`); // a terminal's idea of where an address ends
    const { name = "", id = "" } = PLACE.exec(place.slice(1))?.groups ?? { name: "/" };
    const route = this.#routes.get(name);
    if (route === undefined) return refuse(response, 404);
    if (request.method !== METHODS[route.kind]) return refuse(response, 405);
    if (id !== "" && !TAKES_ID.has(route.kind)) return refuse(response, 404);
    switch (route.kind) {
      case "page":
        return sendPage(response, route.render);
      case "asset":
        return sendAsset(response, route);
      case "state":
        return sendJson(response, await route.read(id, gone));
      case "picture":
        return sendPicture(response, await route.open(id, gone));
      case "question": {
        const question = await readJson(request, route.bytesAtMost);
        return sendJson(response, question === undefined ? null : await route.answer(question, gone), 400);
      }
    }
  }
}
