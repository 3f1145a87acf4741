/**
 * The script of the review: one set at a time, by key, button or touch.
 */
import type { ReviewChoice } from "../../core/review/choices.ts";
import { type ChoiceReply, type ReviewProgress, SETS_A_PAGE, type SetView } from "../../core/review/review-view.ts";
import { byId, element } from "../elements.ts";
import { commandNamed, commandOfKey, type PageCommand } from "./commands.ts";
import { Panes } from "./panes.ts";
import { pictureOf } from "./pictures.ts";
import { askForPlan, Ended, firstPage, forgetSets, knownSet, rememberSet, setAt, setWithKeeper, tell } from "./server.ts";
import { paneViews, showMembers, showWords } from "./set-display.ts";

const CHOSEN_WORDS: Readonly<Record<ReviewChoice, string>> = {
  "extras-go": "extras go",
  "keep-all": "all stay",
  "not-duplicates": "not duplicates",
};
const panes = new Panes(byId("pair", HTMLElement), byId("keeper", HTMLElement), byId("extra", HTMLElement));
let progress: ReviewProgress = { total: 0, chosen: 0, going: 0, next: null };
let shown: SetView | null = null;
/** Member on the right; -1 for none. */
let extra = -1;
/** From a question on until its answer stands there: keys meanwhile would be meant for another set. */
let isBusy = true;
/** The set that was chosen for last, and how many others the same may be done with. */
let last = { number: -1, alike: 0, isAsked: false };

function show(set: SetView): void {
  shown = set;
  extra = set.members.findIndex((_, member) => member !== set.keeper);
  last = { ...last, isAsked: false };
  byId("position", HTMLElement).textContent = `Set ${set.number + 1} of ${progress.total}`;
  byId("class", HTMLElement).textContent = set.class;
  byId("chosen", HTMLElement).textContent = set.chosen === null ? "" : CHOSEN_WORDS[set.chosen];
  showMembers(set, look);
  showPair(set);
  for (const near of [set.number + 1, set.number + 5]) if (near < progress.total) void prepare(near, near === set.number + 1);
}

/** So that it stands there at once when it is asked for. */
async function prepare(number: number, withPictures: boolean): Promise<void> {
  const set = await setAt(number).catch(() => undefined);
  if (set === undefined || !withPictures) return;
  const other = set.members.findIndex((_, member) => member !== set.keeper);
  for (const member of [set.keeper, other]) pictureOf(number, member, "screen", set.members[member]?.path ?? "");
}

function look(member: number): void {
  if (shown === null) return;
  extra = member;
  showPair(shown);
}

function showPair(set: SetView): void {
  panes.show(...paneViews(set, extra));
  showWords(set, extra);
}

function showProgress(now: ReviewProgress): void {
  progress = now;
  byId("progress", HTMLElement).textContent = `${now.chosen} of ${now.total} chosen, ${now.going} photos go`;
  const alike = byId("do-alike", HTMLButtonElement);
  alike.disabled = last.alike === 0;
  alike.firstChild?.replaceWith(last.alike === 0 ? "Same for all alike " : `Same for ${last.alike} alike `);
}

function say(text: string): void {
  byId("message", HTMLElement).textContent = text;
}

function end(text: string, command = ""): void {
  isBusy = true;
  panes.stopComparing();
  byId("position", HTMLElement).textContent = command === "" ? text : "The plan is written";
  for (const part of document.querySelectorAll("nav, #members, #class, #chosen, #progress")) part.remove();
  const message = byId("message", HTMLElement);
  byId("pair", HTMLElement).replaceWith(element("main", "end", message));
  message.replaceChildren(...(command === "" ? [] : [text, element("code", "", command)]));
}

async function busy(work: () => Promise<void>): Promise<void> {
  isBusy = true;
  try {
    await work();
    isBusy = false;
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    end("dupfind has ended. Every choice that was made is kept.");
  }
}

async function go(number: number): Promise<void> {
  if (number < 0 || number >= progress.total) return;
  const set = knownSet(number) ?? (await setAt(number));
  if (set !== undefined) show(set);
}

async function choose(question: object, said: (reply: ChoiceReply) => string): Promise<ChoiceReply | null> {
  const reply = await tell(question);
  if (reply.fault !== null) {
    showProgress(reply.progress);
    say(reply.fault);
    return null;
  }
  if (reply.changed > 1) forgetSets();
  if (reply.set !== null) rememberSet(reply.set);
  last = { number: reply.set?.number ?? -1, alike: reply.alike, isAsked: false };
  showProgress(reply.progress);
  say(said(reply));
  return reply;
}

async function chooseFor(set: SetView, choice: ReviewChoice): Promise<void> {
  const words = `Set ${set.number + 1}: ${CHOSEN_WORDS[choice]}.`;
  const reply = await choose({ ask: "choose", set: set.number, choice, keeper: set.keeper }, () => words);
  if (reply === null) return;
  if (set.number + 1 < progress.total) await go(set.number + 1);
  else if (reply.set !== null) show(reply.set);
}

async function chooseAlike(): Promise<void> {
  if (last.alike === 0) return;
  if (!last.isAsked) {
    last = { ...last, isAsked: true };
    say(`Do the same as for set ${last.number + 1} for ${last.alike} other sets of the same folders and class? Press A again.`);
    return;
  }
  const reply = await choose(
    { ask: "alike", set: last.number },
    ({ changed }) => `The same is chosen for ${changed} sets; U takes it back.`,
  );
  if (reply !== null) await go(progress.next ?? shown?.number ?? 0);
}

async function undo(): Promise<void> {
  const reply = await choose({ ask: "undo" }, ({ changed }) => (changed === 1 ? "Taken back." : `Taken back for ${changed} sets.`));
  last = { number: -1, alike: 0, isAsked: false };
  showProgress(progress);
  if (reply?.set != null) show(reply.set);
}

async function writePlan(): Promise<void> {
  say("Writing the plan …");
  const reply = await askForPlan();
  if (reply.fault !== null) say(reply.fault);
  else end(reply.text, reply.command);
}

async function chooseKeeper(member: number): Promise<void> {
  if (shown === null || member >= shown.members.length || member === shown.keeper) return;
  show(await setWithKeeper(shown.number, member));
}

function step(by: 1 | -1): void {
  if (shown === null) return;
  const { members, keeper } = shown;
  const next = extra + by === keeper ? keeper + by : extra + by;
  if (next >= 0 && next < members.length) look(next);
}

function carryOut(command: PageCommand): void {
  const set = shown;
  if (isBusy || set === null) return;
  switch (command) {
    case "extras-go":
    case "keep-all":
    case "not-duplicates":
      void busy(() => chooseFor(set, command));
      break;
    case "undo":
      void busy(undo);
      break;
    case "alike":
      void busy(chooseAlike);
      break;
    case "plan":
      void writeAndEnd();
      break;
    case "next":
    case "previous":
      void busy(() => go(set.number + (command === "next" ? 1 : -1)));
      break;
    case "up":
    case "down":
      step(command === "up" ? -1 : 1);
      break;
    case "flicker":
    case "slide":
      panes.compare(command, set.members[extra]?.pair?.extraOnKeeper ?? null);
      break;
    case "zoom-in":
    case "zoom-out":
      panes.zoom(command === "zoom-in" ? 1.5 : 1 / 1.5);
      break;
    case "whole":
      last = { ...last, isAsked: false };
      panes.stopComparing();
      panes.reset();
  }
}

/** Nothing is taken after the end. */
async function writeAndEnd(): Promise<void> {
  await busy(writePlan);
  if (document.querySelector("main.end") !== null) isBusy = true;
}

for (const made of document.querySelectorAll<HTMLButtonElement>("nav button")) {
  const command = commandNamed(made.dataset["command"]);
  if (command !== undefined) made.addEventListener("click", () => carryOut(command));
}
addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const isPress = event.target instanceof HTMLButtonElement && (event.key === "Enter" || event.key === " ");
  if (isPress) return; // the button's own
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (/^[1-9]$/.test(key)) {
    if (!isBusy) void busy(() => chooseKeeper(Number(key) - 1));
    return;
  }
  const command = commandOfKey(key);
  if (command === undefined) return;
  event.preventDefault();
  carryOut(command);
});
void busy(async () => {
  const page = await firstPage();
  showProgress(page.progress);
  const [first] = page.sets;
  if (first !== undefined) show(first);
  say(page.progress.chosen > 0 && page.sets.length <= SETS_A_PAGE ? "This goes on where the last review stopped." : "");
});
