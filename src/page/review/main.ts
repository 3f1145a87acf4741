/**
 * The script of the review: one set at a time, by key, button or touch.
 */
import type { ReviewChoice } from "../../core/review/choices.ts";
import {
  type ChoiceReply,
  type MemberView,
  REVIEW_KEYS,
  type ReviewCommand,
  type ReviewProgress,
  SETS_A_PAGE,
  type SetView,
} from "../../core/review/review-view.ts";
import { button, byId, element } from "../elements.ts";
import { Panes } from "./panes.ts";
import { anotherPictureOf, pictureOf } from "./pictures.ts";
import { askForPlan, Ended, firstPage, forgetSets, knownSet, rememberSet, setAt, setWithKeeper, tell } from "./server.ts";

type PageCommand = ReviewCommand | "alike" | "next" | "previous" | "up" | "down" | "zoom-in" | "zoom-out" | "whole";

const CHOSEN_WORDS: Readonly<Record<ReviewChoice, string>> = {
  "extras-go": "extras go",
  "keep-all": "all stay",
  "not-duplicates": "not duplicates",
};
const KEYS: Readonly<Record<PageCommand, readonly string[]>> = {
  ...REVIEW_KEYS,
  alike: ["a"],
  next: ["ArrowRight", "j"],
  previous: ["ArrowLeft", "h"],
  up: ["ArrowUp"],
  down: ["ArrowDown"],
  "zoom-in": ["+", "="],
  "zoom-out": ["-"],
  whole: ["0", "Escape"],
};

const panes = new Panes(byId("keeper", HTMLElement), byId("extra", HTMLElement));
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
  showMembers(set);
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

function showMembers(set: SetView): void {
  const buttons = set.members.map(({ path, pair }, member) => {
    const image = anotherPictureOf(set.number, member, "screen", "");
    const made = button("member", () => (pair === null ? undefined : look(member)), element("b", "", String(member + 1)), image);
    made.title = path;
    made.setAttribute("aria-label", `Photo ${member + 1}${pair === null ? ", stays" : ""}: ${path}`);
    return made;
  });
  byId("members", HTMLElement).replaceChildren(...buttons);
}

function look(member: number): void {
  if (shown === null) return;
  extra = member;
  showPair(shown);
}

function showPair(set: SetView): void {
  const [kept, other] = [set.members[set.keeper] as MemberView, set.members[extra] as MemberView];
  const boxes = other.pair?.boxes ?? [];
  const view = (member: number, { path, width, height }: MemberView, side: "keeper" | "extra") => ({
    set: set.number,
    member,
    path,
    width,
    height,
    boxes: boxes.map((box) => box[side]),
  });
  panes.show(view(set.keeper, kept, "keeper"), view(extra, other, "extra"));
  describe("keeper", set.keeper, kept, [set.why], false);
  const { pair } = other;
  const words = pair === null ? [] : [pair.class, pair.similarity === "" ? "" : `similarity ${pair.similarity}`];
  describe(
    "extra",
    extra,
    other,
    [...words.filter((word) => word !== ""), other.note].filter((word) => word !== ""),
    true,
    pair?.differences,
  );
  for (const [member, made] of [...byId("members", HTMLElement).children].entries()) {
    made.classList.toggle("stays", member === set.keeper);
    made.setAttribute("aria-current", String(member === extra));
  }
}

function describe(
  side: "keeper" | "extra",
  member: number,
  view: MemberView,
  words: readonly string[],
  isExtra: boolean,
  differences = "",
): void {
  const figure = byId(side, HTMLElement);
  const [path, about] = [".path", ".about"].map((name) => figure.querySelector(name)) as [HTMLElement, HTMLElement];
  path.textContent = `${member + 1}  ${view.path}`;
  const facts = view.facts.map(({ value, differs }) => element(isExtra && differs ? "strong" : "span", "fact", value));
  about.replaceChildren(...(differences === "" ? [] : [element("em", "", differences)]), ...facts, element("small", "", words.join(", ")));
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
  panes.stopFlicker();
  byId("position", HTMLElement).textContent = command === "" ? text : "The plan is written";
  for (const part of document.querySelectorAll("main, nav, #members, #class, #chosen, #progress")) part.remove();
  byId("message", HTMLElement).replaceChildren(...(command === "" ? [] : [text, element("code", "", command)]));
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
      panes.toggleFlicker(set.members[extra]?.pair?.extraOnKeeper ?? null);
      break;
    case "zoom-in":
    case "zoom-out":
      panes.zoom(command === "zoom-in" ? 1.5 : 1 / 1.5);
      break;
    case "whole":
      last = { ...last, isAsked: false };
      panes.reset();
  }
}

/** Nothing is taken after the end. */
async function writeAndEnd(): Promise<void> {
  await busy(writePlan);
  if (document.querySelector("main") === null) isBusy = true;
}

for (const made of document.querySelectorAll<HTMLButtonElement>("nav button")) {
  const command = Object.keys(KEYS).find((name) => name === made.dataset["command"]) as PageCommand | undefined;
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
  const command = (Object.keys(KEYS) as PageCommand[]).find((name) => KEYS[name].includes(key));
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
