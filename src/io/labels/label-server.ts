/**
 * Asks, or shows, on a page that this process serves to this machine alone and that no disk holds: one address that nobody can guess, no other site, no path of
 * a photo in any request.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LABEL_REPLIES, type LabelReply } from "../../core/labels/question.ts";

/** One asking of a question. */
export interface Turn {
  /** What the page shows, as JSON can hold it. */
  readonly view: Readonly<Record<string, unknown>>;
  readonly photos: readonly [string, string];
}

export interface LabelServerParts {
  /** @param nonce for the page's own style and script */
  readonly page: (nonce: string) => string;
  /** A JPEG; null for a photo that cannot be shown. */
  readonly thumbnail: (path: string) => Promise<Uint8Array | null>;
  /** False for a page that only shows, while the answers come from elsewhere. */
  readonly takesReplies: boolean;
}

const ADDRESS = "127.0.0.1";
const BODY_BYTES_AT_MOST = 1_000;
/** A browser keeps spare connections open; no longer than this are they waited for. */
const CLOSING_MS = 500;

export class LabelServer {
  readonly #parts: LabelServerParts;
  readonly #server: Server;
  readonly #token = randomBytes(24).toString("base64url");
  #turn = 0;
  #current: { readonly state: string; readonly photos: Turn["photos"] | null } | null = null;
  #takeReply: (reply: LabelReply) => void = () => {};
  /** Requests that wait for the next state. */
  #waiting: (() => void)[] = [];

  private constructor(parts: LabelServerParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** On a free port. */
  static async start(parts: LabelServerParts): Promise<LabelServer> {
    const server = new LabelServer(parts);
    await new Promise<void>((resolve, reject) => server.#server.once("error", reject).listen(0, ADDRESS, resolve));
    return server;
  }

  get url(): string {
    return `${this.#origin}/${this.#token}/`;
  }

  show({ view, photos }: Turn): void {
    this.#turn++;
    this.#show(JSON.stringify({ turn: this.#turn, done: false, ...view }), photos);
  }

  ask(turn: Turn): Promise<LabelReply> {
    this.show(turn);
    return new Promise((resolve) => {
      this.#takeReply = resolve;
    });
  }

  /** Shows the last words, and ends. */
  async close(text: string): Promise<void> {
    this.#turn++;
    this.#show(JSON.stringify({ turn: this.#turn, done: true, text }), null);
    await new Promise((resolve) => {
      this.#server.close(resolve);
      setTimeout(() => this.#server.closeAllConnections(), CLOSING_MS).unref();
    });
  }

  get #origin(): string {
    return `http://${ADDRESS}:${(this.#server.address() as AddressInfo).port}`;
  }

  #show(state: string, photos: Turn["photos"] | null): void {
    this.#current = { state, photos };
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isAllowed(request)) return send(response, 403, "text/plain", "");
    const place = (request.url ?? "").slice(this.#token.length + 2);
    if (request.method === "POST")
      return place === "reply" && this.#parts.takesReplies ? this.#reply(request, response) : send(response, 404, "text/plain", "");
    if (request.method !== "GET") return send(response, 405, "text/plain", "");
    if (place === "") return this.#sendPage(response);
    const state = /^state(?:\/(\d+))?$/.exec(place);
    if (state !== null) return this.#sendState(response, Number(state[1] ?? 0));
    const photo = this.#photoAt(place);
    const picture = photo === null ? null : await this.#parts.thumbnail(photo);
    return picture === null ? send(response, 404, "text/plain", "") : send(response, 200, "image/jpeg", picture);
  }

  /** A page of another site can neither know the token nor, by a name that leads here, pass for this host. */
  #isAllowed({ headers, url = "", method }: IncomingMessage): boolean {
    const given = Buffer.from(url.split("/", 2)[1] ?? "");
    const token = Buffer.from(this.#token);
    if (given.length !== token.length || !timingSafeEqual(given, token)) return false;
    if (headers.host !== `${this.#origin.slice("http://".length)}`) return false;
    return headers.origin === undefined ? method !== "POST" : headers.origin === this.#origin;
  }

  #photoAt(place: string): string | null {
    const side = ["a", "b"].findIndex((name) => place === `photo/${this.#turn}/${name}`);
    return this.#current?.photos?.[side] ?? null;
  }

  #sendPage(response: ServerResponse): void {
    const nonce = randomBytes(16).toString("base64");
    const policy = [
      "default-src 'none'",
      "img-src 'self' data:",
      "connect-src 'self'",
      `style-src 'nonce-${nonce}'`,
      `script-src 'nonce-${nonce}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ];
    response.setHeader("content-security-policy", policy.join("; "));
    send(response, 200, "text/html; charset=utf-8", this.#parts.page(nonce));
  }

  /** @param seen the turn that the page shows already: the next one is waited for */
  async #sendState(response: ServerResponse, seen: number): Promise<void> {
    if (this.#current === null || seen === this.#turn) await this.#nextState();
    send(response, 200, "application/json", this.#current?.state ?? "");
  }

  /** The answer to a reply is the next question; a reply to one that is gone, from a second window, is not taken. */
  async #reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { turn, reply } = await readReply(request);
    const known = LABEL_REPLIES.find((name) => name === reply);
    if (known === undefined) return send(response, 400, "text/plain", "");
    if (turn === this.#turn && this.#current?.photos != null) {
      const next = this.#nextState();
      this.#current = { ...this.#current, photos: null }; // one reply a turn
      this.#takeReply(known);
      await next;
    }
    send(response, 200, "application/json", this.#current?.state ?? "");
  }

  #nextState(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    connection: "close",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

/** Both undefined for a body that is no reply. */
async function readReply(request: IncomingMessage): Promise<{ readonly turn?: unknown; readonly reply?: unknown }> {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) {
    body += piece;
    if (body.length > BODY_BYTES_AT_MOST) return {};
  }
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
