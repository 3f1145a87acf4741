/**
 * Questions as they come in and answers as they go out: kept by no cache, read by no other site, and of the type that they say.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Route, ServedPicture } from "./page-routes.ts";

const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function refuse(response: ServerResponse, status: 400 | 403 | 404 | 405 | 500): void {
  send(response, status, "text/plain", "");
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(308, { ...HEADERS, location, "content-length": 0 });
  response.end();
}

/** With a policy that lets in what carries the nonce, and nothing from elsewhere. */
export function sendPage(response: ServerResponse, render: (nonce: string) => string): void {
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
  send(response, 200, "text/html; charset=utf-8", render(nonce));
}

export function sendAsset(response: ServerResponse, { type, asset }: Extract<Route, { kind: "asset" }>): void {
  send(response, 200, `${type}; charset=utf-8`, asset.text);
}

/** @param otherwise the status where the value is null */
export function sendJson(response: ServerResponse, value: unknown, otherwise: 400 | 404 = 404): void {
  if (value === null) refuse(response, otherwise);
  else send(response, 200, "application/json", JSON.stringify(value));
}

export async function sendPicture(response: ServerResponse, picture: ServedPicture | null): Promise<void> {
  if (picture === null) return refuse(response, 404);
  const { type, body } = picture;
  if (body instanceof Uint8Array) return send(response, 200, type, body);
  response.writeHead(200, { ...HEADERS, "content-type": type });
  // A file that cannot be read on, and a reader that goes, both cut the connection: the page has a picture that cannot be shown.
  await pipeline(body, response).catch(() => {});
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { ...HEADERS, "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/**
 * @param bytesAtMost more are read, for the sake of the connection, and not kept
 * @returns undefined for what is no JSON, too long or broken off
 */
export async function readJson(request: IncomingMessage, bytesAtMost: number): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request) {
      bytes += piece.length;
      if (bytes <= bytesAtMost) pieces.push(piece);
    }
    return bytes <= bytesAtMost ? JSON.parse(Buffer.concat(pieces).toString("utf8")) : undefined;
  } catch {
    return undefined;
  }
}
