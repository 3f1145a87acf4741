/**
 * Asks, or shows, on a page that this process serves and that no disk holds.
 */
import type { LabelReply } from "../../core/labels/question.ts";
import type { PageAssets } from "../../core/pages/page-assets.ts";
import type { Route } from "../pages/page-routes.ts";
import { PageServer } from "../pages/page-server.ts";
import { LabelTurns, type Turn } from "./label-turns.ts";

export interface LabelServerParts {
  /** @param nonce for the page's own style and script */
  readonly page: (nonce: string) => string;
  readonly assets: PageAssets;
  /** A JPEG; null for a photo that cannot be shown. */
  readonly thumbnail: (path: string) => Promise<Uint8Array | null>;
  /** False for a page that only shows, while the answers come from elsewhere. */
  readonly takesReplies: boolean;
}

export interface LabelServer {
  readonly url: string;
  show(turn: Turn): void;
  ask(turn: Turn): Promise<LabelReply>;
  /** Shows the last words, and ends. */
  close(text: string): Promise<void>;
}

const REPLY_BYTES_AT_MOST = 1_000;

export async function startLabelServer({ page, assets, thumbnail, takesReplies }: LabelServerParts): Promise<LabelServer> {
  const turns = new LabelTurns();
  const reply: Route = { kind: "question", bytesAtMost: REPLY_BYTES_AT_MOST, answer: (given) => turns.reply(given) };
  const openPhoto = async (id: string) => {
    const path = turns.photoAt(id);
    const body = path === null ? null : await thumbnail(path);
    return body === null ? null : { type: "image/jpeg", body };
  };
  const server = await PageServer.start(
    {
      "": { kind: "page", render: page },
      "labels.js": { kind: "asset", type: "text/javascript", asset: assets.script },
      "labels.css": { kind: "asset", type: "text/css", asset: assets.style },
      state: { kind: "state", read: (seen, gone) => turns.stateAfter(Number(seen), gone) },
      photo: { kind: "picture", open: openPhoto },
      ...(takesReplies ? { reply } : {}),
    },
    (fault) => turns.fail(fault),
  );
  return {
    url: server.url,
    show: (turn) => turns.show(turn),
    ask: (turn) => turns.ask(turn),
    close: (text) => {
      turns.end(text);
      return server.close();
    },
  };
}
