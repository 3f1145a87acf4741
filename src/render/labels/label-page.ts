/**
 * Two photos side by side: as a page that asks, and as one that only shows. Its script and style are `page/labels`.
 */
import { LABEL_REPLIES, type LabelReply, REPLY_KEYS } from "../../core/labels/question.ts";
import { html, type Markup } from "../html/page.ts";

const BUTTONS: Readonly<Record<LabelReply, string>> = {
  same: "Same picture",
  different: "Different",
  unsure: "Unsure",
  back: "Back",
  quit: "Done",
};

/** Asks one question after another of the server it came from; replies by button, touch or key. */
export function renderAskingPage(nonce: string): string {
  const buttons = LABEL_REPLIES.map(
    (reply) => html`<button type="button" data-reply="${reply}">${BUTTONS[reply]} <kbd>${REPLY_KEYS[reply]}</kbd></button>\n`,
  );
  return renderQuestionPage(nonce, "asking", html`${buttons}`);
}

/** Shows the question that is asked on the terminal, and then the next one, by itself. */
export function renderShowingPage(nonce: string): string {
  const keys = LABEL_REPLIES.map((reply) => `${REPLY_KEYS[reply]} ${reply}`).join(", ");
  return renderQuestionPage(nonce, "showing", html`Answer in the terminal: ${keys}.`);
}

function renderQuestionPage(nonce: string, mode: "asking" | "showing", nav: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>dupfind: the same picture?</title>
<link rel="stylesheet" href="labels.css" nonce="${nonce}">
<script type="module" src="labels.js" nonce="${nonce}"></script>
</head>
<body data-mode="${mode}">
<header><strong id="question">…</strong><span id="counts"></span></header>
<main>${figure("a")}${figure("b")}</main>
<nav>
${nav}
</nav>
</body>
</html>
`.text;
}

function figure(side: "a" | "b"): Markup {
  return html`<figure><img id="${side}" alt=""><figcaption><span id="${side}-path"></span><br><small id="${side}-facts"></small></figcaption></figure>`;
}
