/**
 * The two ways to ask: on the terminal, with a page to look at, or on a page altogether.
 */
import { type LabelProgress, type LabelReply, type Question, replyFor, shownPhoto } from "../../core/labels/question.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../../core/photos/decode-memory.ts";
import { startLabelServer } from "../../io/labels/label-server.ts";
import type { Turn } from "../../io/labels/label-turns.ts";
import { openPage } from "../../io/pages/open-page.ts";
import { readPageAssets } from "../../io/pages/page-assets.ts";
import { thumbnailsApart } from "../../io/photos/apart/thumbnails-apart.ts";
import { renderAskingPage, renderShowingPage } from "../../render/labels/label-page.ts";
import { renderQuestionText, viewQuestion } from "../../render/labels/label-view.ts";
import type { Host } from "../host.ts";

export interface LabelPrompt {
  ask(question: Question, progress: LabelProgress): Promise<LabelReply>;
  /** @param text the last words, for whoever still looks */
  close(text: string): Promise<void>;
}

/** Edge of the pictures, in pixels: sharp on half a screen, and small enough to carry over a slow line. */
const PICTURE_EDGE = 1024;

/** @param opener as in `LabelSettings` */
export async function promptOnTerminal(opener: string | null, host: Host): Promise<LabelPrompt> {
  const viewer = (opener ?? (host.isTerminal ? "" : "none")) === "none" ? null : await startViewer(opener, host);
  const pressed: (string | null)[] = [];
  let wake = () => {};
  const stopListening = host.listenToKeys((key) => {
    pressed.push(key);
    wake();
  });
  const nextKey = async (): Promise<string | null> => {
    while (pressed.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return pressed.shift() ?? null;
  };
  return {
    ask: async (question, progress) => {
      host.writeError(renderQuestionText(viewQuestion(question, progress, host.workingFolder)));
      viewer?.show(question, progress);
      for (;;) {
        const key = await nextKey();
        const reply = key === null ? "quit" : replyFor(key);
        if (reply === null) continue;
        host.writeError(`${reply}\n`);
        return reply;
      }
    },
    close: async (text) => {
      stopListening();
      await viewer?.close(text);
    },
  };
}

/** Shows each question on one page, which is opened once. */
async function startViewer(opener: string | null, host: Host) {
  const { server, close } = await serve(renderShowingPage, false);
  openPage(opener, server.url, () => host.writeError(`\nView the photos at ${server.url}\n`));
  return { show: (question: Question, progress: LabelProgress) => server.show(turnOf(question, progress, host)), close };
}

function turnOf(question: Question, progress: LabelProgress, host: Host): Turn {
  return {
    view: viewQuestion(question, progress, host.workingFolder),
    photos: [shownPhoto(question.a), shownPhoto(question.b)],
  };
}

/** @param opener as in `LabelSettings` */
export async function promptOnPage(opener: string | null, host: Host): Promise<LabelPrompt> {
  const { server, close } = await serve(renderAskingPage, true);
  host.writeError(`Answer at ${server.url}\nThe page works on this machine only, until you finish or press Ctrl-C here.\n`);
  if ((opener ?? (host.isTerminal ? "" : "none")) !== "none") openPage(opener, server.url, () => {});
  return { ask: (question, progress) => server.ask(turnOf(question, progress, host)), close };
}

async function serve(page: (nonce: string) => string, takesReplies: boolean) {
  const thumbnails = thumbnailsApart(PICTURE_EDGE, DEFAULT_MAX_MEGAPIXELS);
  const server = await startLabelServer({ page, assets: readPageAssets("labels"), thumbnail: thumbnails.make, takesReplies });
  const close = async (text: string) => {
    await server.close(text);
    await thumbnails.close();
  };
  return { server, close };
}
