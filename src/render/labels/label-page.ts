/**
 * Two photos side by side: as a page that asks, and as one that only shows.
 */
const STYLE = `
:root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif; }
body { margin: 0; display: grid; grid-template-rows: auto 1fr auto; height: 100dvh; }
header, nav { display: flex; flex-wrap: wrap; gap: .5rem; padding: .5rem .75rem; align-items: center; }
main { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; min-height: 0; padding: 0 .75rem; }
@media (orientation: portrait) { main { grid-template-columns: 1fr; grid-template-rows: 1fr 1fr; } }
figure { margin: 0; display: grid; grid-template-rows: 1fr auto; min-height: 0; min-width: 0; }
img { width: 100%; height: 100%; min-height: 0; object-fit: contain; background: #8883; }
figcaption { overflow-wrap: anywhere; font-size: .85rem; padding: .25rem 0; }
small { opacity: .75; }
button { font: inherit; padding: .6rem 1rem; border-radius: .5rem; border: 1px solid #8888; flex: 1 1 6rem; touch-action: manipulation; }
kbd { opacity: .6; }
`;

/** Asks one question after another of the server it came from; replies by button, touch or key. */
export function renderAskingPage(nonce: string): string {
  const buttons = `<button data-reply="same">Same picture <kbd>s</kbd></button>
<button data-reply="different">Different <kbd>d</kbd></button>
<button data-reply="unsure">Unsure <kbd>u</kbd></button>
<button data-reply="back">Back <kbd>b</kbd></button>
<button data-reply="quit">Done <kbd>q</kbd></button>`;
  return renderQuestionPage(nonce, buttons, SCRIPT);
}

/** Shows the question that is asked on the terminal, and then the next one, by itself. */
export function renderShowingPage(nonce: string): string {
  return renderQuestionPage(
    nonce,
    "Answer in the terminal: s same, d different, u unsure, b back, q quit.",
    `${SCRIPT}afterShowing = () => ask("state/" + turn);\n`,
  );
}

function renderQuestionPage(nonce: string, nav: string, script: string): string {
  return wholePage(
    `<style nonce="${nonce}">${STYLE}</style>`,
    `<header><strong id="question">…</strong><span id="counts"></span></header>
<main>${figure("a")}${figure("b")}</main>
<nav>
${nav}
</nav>
<script nonce="${nonce}">${script}</script>`,
  );
}

function wholePage(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>dupfind: same picture?</title>${head}</head><body>${body}</body></html>\n`;
}

function figure(side: "a" | "b"): string {
  return `<figure><img id="${side}" alt=""><figcaption><span id="${side}-path"></span><br><small id="${side}-facts"></small></figcaption></figure>`;
}

const SCRIPT = `
const at = (id) => document.getElementById(id);
const keys = { s: "same", d: "different", u: "unsure", b: "back", q: "quit" };
let turn = null;
let isBusy = true;
let afterShowing = () => {};

function show(state) {
  turn = state.turn;
  isBusy = state.done;
  at("question").textContent = state.done ? state.text : \`Question \${state.number} of \${state.total}, similarity \${state.similarity}\`;
  at("counts").textContent = state.counts ?? "";
  for (const side of state.done ? [] : ["a", "b"]) {
    const photo = state.photos[side === "a" ? 0 : 1];
    const image = at(side);
    image.style.visibility = "hidden"; // else the last question's picture stands there until this one's is loaded
    image.onload = image.onerror = () => (image.style.visibility = "visible");
    image.src = \`photo/\${turn}/\${side}\`;
    image.alt = photo.path + " cannot be shown";
    at(side + "-path").textContent = photo.path;
    at(side + "-facts").textContent = photo.facts;
  }
  if (state.done) for (const part of document.querySelectorAll("main, nav")) part.remove();
  else afterShowing();
}

async function ask(path, body) {
  isBusy = true;
  try {
    const response = await fetch(path, body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    show(await response.json());
  } catch {
    show({ turn, done: true, text: "dupfind has ended. All answers are saved." });
  }
}

const reply = (name) => isBusy || ask("reply", { turn, reply: name });
for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => reply(button.dataset.reply));
addEventListener("keydown", (event) => {
  const isPlain = !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isPlain && keys[event.key.toLowerCase()]) reply(keys[event.key.toLowerCase()]);
});
ask("state");
`;
