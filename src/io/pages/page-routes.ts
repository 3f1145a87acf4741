/**
 * What a page that is served consists of: its documents, what they load, and what they may ask.
 */
import type { Readable } from "node:stream";
import type { Asset } from "../../core/pages/page-assets.ts";

/** An image file: whole, or read while it is sent. */
export interface ServedPicture {
  /** Media type. */
  readonly type: string;
  readonly body: Uint8Array | Readable;
}

/**
 * One name below the address. An id is letters, digits, dashes and underscores, in parts with slashes between; "" where none was given.
 * The signal tells that whoever asked has gone.
 */
export type Route =
  /** @param nonce that each script and style of the document carries; nothing else runs */
  | { readonly kind: "page"; readonly render: (nonce: string) => string }
  | { readonly kind: "asset"; readonly type: "text/javascript" | "text/css"; readonly asset: Asset }
  /** Something to show; null where there is none. It may be waited for: a browser then spends one of its six connections on it, over all its tabs. */
  | { readonly kind: "state"; readonly read: (id: string, gone: AbortSignal) => Promise<unknown> }
  /** Null for a picture that is not there or cannot be shown. */
  | { readonly kind: "picture"; readonly open: (id: string, gone: AbortSignal) => Promise<ServedPicture | null> }
  | {
      readonly kind: "question";
      readonly bytesAtMost: number;
      /**
       * @param question any JSON
       * @returns what JSON can hold; null for what is no question
       */
      readonly answer: (question: unknown, gone: AbortSignal) => Promise<unknown>;
    };

/** By name; the one named "" is what the address leads to. */
export type Routes = Readonly<Record<string, Route>>;

/** The only way to ask for each. What another site's page can make a browser send without being asked is GET: it changes nothing here. */
export const METHODS = { page: "GET", asset: "GET", state: "GET", picture: "GET", question: "POST" } as const satisfies Readonly<
  Record<Route["kind"], string>
>;

/** Kinds that are asked for by an id. */
export const TAKES_ID: ReadonlySet<Route["kind"]> = new Set<Route["kind"]>(["state", "picture"]);
