/**
 * The script of a label page: shows a question and asks the server it came from for the next, with a reply by button, touch or key, or
 * as soon as there is one.
 */
import type { LabelState, PhotoView } from "../../core/labels/label-state.ts";
import { LABEL_REPLIES, type LabelReply, replyFor } from "../../core/labels/question.ts";
import { byId } from "../elements.ts";

const SIDES = ["a", "b"] as const;
/** Who shows only has no buttons, and waits for what is asked on the terminal. */
const isAsking = document.body.dataset["mode"] === "asking";

let turn = 0;
/** From a reply on, until the next question stands there. */
let isBusy = true;

function show(state: Extract<LabelState, { done: false }>): void {
  turn = state.turn;
  isBusy = false;
  byId("question", HTMLElement).textContent = `Question ${state.number} of ${state.total}, similarity ${state.similarity}`;
  byId("counts", HTMLElement).textContent = state.counts;
  for (const [i, side] of SIDES.entries()) showPhoto(side, state.photos[i] as PhotoView);
  if (!isAsking) void ask(`state/${turn}`);
}

function showPhoto(side: (typeof SIDES)[number], { path, facts }: PhotoView): void {
  const image = byId(side, HTMLImageElement);
  image.className = "loading";
  image.src = `photo/${turn}/${side}`;
  image.alt = `${path} cannot be shown`;
  byId(`${side}-path`, HTMLElement).textContent = path;
  byId(`${side}-facts`, HTMLElement).textContent = facts;
}

function end(text: string): void {
  isBusy = true;
  byId("question", HTMLElement).textContent = text;
  byId("counts", HTMLElement).textContent = "";
  for (const part of document.querySelectorAll("main, nav")) part.remove();
}

async function ask(place: string, question?: unknown): Promise<void> {
  isBusy = true;
  const state = await answerTo(place, question);
  if (state.done) end(state.text);
  else show(state);
}

async function answerTo(place: string, question: unknown): Promise<LabelState> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(question) };
  try {
    const response = await fetch(place, question === undefined ? {} : post);
    return (await response.json()) as LabelState;
  } catch {
    return { turn, done: true, text: "dupfind has ended. Every answer that was given is kept." };
  }
}

function reply(name: LabelReply): void {
  if (!isBusy && isAsking) void ask("reply", { turn, reply: name });
}

for (const side of SIDES) {
  const image = byId(side, HTMLImageElement);
  image.onload = image.onerror = () => {
    image.className = "";
  };
}
for (const made of document.querySelectorAll("button")) {
  const name = LABEL_REPLIES.find((known) => known === made.dataset["reply"]);
  if (name !== undefined) made.addEventListener("click", () => reply(name));
}
addEventListener("keydown", (event) => {
  const name = event.repeat || event.ctrlKey || event.metaKey || event.altKey ? null : replyFor(event.key);
  if (name !== null) reply(name);
});
void ask("state");
