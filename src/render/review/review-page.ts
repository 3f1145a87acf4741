/**
 * The document of a review. Its script and style are `page/review`.
 */
import { html, type Markup } from "../html/page.ts";

export function renderReviewPage(nonce: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>dupfind: review</title>
<link rel="stylesheet" href="review.css" nonce="${nonce}">
<script type="module" src="review.js" nonce="${nonce}"></script>
</head>
<body>
<header><h1 id="position">…</h1><span id="class"></span><span id="chosen"></span><span id="progress"></span></header>
<main id="pair">${figure("keeper", "Stays")}${figure("extra", "Extra")}</main>
<section id="members" aria-label="Photos of the set"></section>
<p id="message" role="status"></p>
<nav aria-label="What to do">
${button("extras-go", "Extras go", "X")}${button("keep-all", "Keep all", "K")}${button("not-duplicates", "Not duplicates", "N")}${button("undo", "Undo", "U")}
${button("alike", "Same for all alike", "A")}${button("previous", "Back", "←")}${button("next", "Next", "→")}${button("flicker", "Flicker", "F")}${button("slide", "Slide", "S")}${button("plan", "Write the plan", "P")}
</nav>
</body>
</html>
`.text;
}

function figure(side: "keeper" | "extra", name: string): Markup {
  return html`<figure id="${side}"><div class="stage"><div class="sheet"></div></div><figcaption><b>${name}</b> <span class="path"></span><div class="about"></div></figcaption></figure>`;
}

function button(command: string, text: string, key: string): Markup {
  return html`<button type="button" id="do-${command}" data-command="${command}">${text} <kbd>${key}</kbd></button>`;
}
