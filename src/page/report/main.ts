/**
 * The script of a report's page: narrows and orders the sets, and shows them a page at a time. Whoever runs no script reads them all.
 */
import { button, byId } from "../elements.ts";
import { type Asked, chosenSets, type ListedSet } from "./listed-set.ts";

/** Few enough to be laid out at once. */
const SETS_A_PAGE = 50;

interface ShownSet extends ListedSet {
  readonly article: HTMLElement;
  /** What stands above it where the report's own order is kept. */
  readonly lead: readonly Element[];
}

const list = byId("list", HTMLElement);
const filters = byId("filters", HTMLFormElement);
const pager = byId("pager", HTMLElement);
const counter = byId("count", HTMLElement);

const sets = readSets();
let chosen: readonly ShownSet[] = sets;
let page = 0;

function readSets(): readonly ShownSet[] {
  const found: ShownSet[] = [];
  let lead: Element[] = [];
  for (const child of [...list.children]) {
    if (!(child instanceof HTMLElement) || !child.matches("article")) {
      lead.push(child);
      continue;
    }
    const { classes = "", similarity = "", bytes = "", taken = "" } = child.dataset;
    const paths = [...child.querySelectorAll(".photos > li")].map(pathOf);
    const facts = { classes: classes.split(" "), similarity: Number(similarity), bytes: Number(bytes), taken, paths };
    found.push({ place: found.length, ...facts, article: child, lead });
    lead = [];
  }
  return found;
}

/** In lower case; the folder of a photo at the root is shown as what it is. */
function pathOf(photo: Element): string {
  const [folder = "", name = ""] = [".folder", ".name"].map((part) => photo.querySelector(part)?.textContent ?? "");
  const separator = folder.includes("\\") && !folder.includes("/") ? "\\" : "/";
  return (folder.endsWith(separator) ? folder + name : folder + separator + name).toLowerCase();
}

function asked(): Asked {
  const given = new FormData(filters);
  const text = (name: string) => String(given.get(name) ?? "");
  const [from, to, low, high] = [text("from"), text("to"), text("low"), text("high")];
  return { class: text("class"), path: text("path"), from, to, low, high, order: text("order") };
}

function choose(): void {
  chosen = chosenSets(sets, asked());
  show(0);
}

function pageCount(): number {
  return Math.max(1, Math.ceil(chosen.length / SETS_A_PAGE));
}

function show(wanted: number): void {
  page = Math.min(pageCount() - 1, Math.max(0, wanted));
  put(chosen.slice(page * SETS_A_PAGE, (page + 1) * SETS_A_PAGE));
  counter.textContent = chosen.length === sets.length ? `${sets.length} sets` : `${chosen.length} of ${sets.length} sets`;
  pager.hidden = pageCount() === 1;
  byId("page", HTMLElement).textContent = `Page ${page + 1} of ${pageCount()}`;
  byId("previous", HTMLButtonElement).disabled = page === 0;
  byId("next", HTMLButtonElement).disabled = page === pageCount() - 1;
}

/** All others leave the document, which stays as light as one page is. */
function put(some: readonly ShownSet[]): void {
  const inOrder = asked().order === "";
  list.replaceChildren(...some.flatMap(({ article, lead }) => (inOrder ? [...lead, article] : [article])));
}

/** To another page, whose first set is then in view. */
function turn(by: number): void {
  const before = page;
  show(page + by);
  if (page !== before) focusSet(0);
}

function focusSet(index: number): void {
  const article = list.querySelectorAll("article")[index];
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: "start" });
}

/** Past the last set of a page comes the first of the next. */
function step(by: 1 | -1): void {
  const articles = [...list.querySelectorAll("article")];
  const at = articles.findIndex((article) => article.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
  if (next >= 0 && next < articles.length) focusSet(next);
  else if (next >= articles.length) turn(1);
  else if (page > 0 && at === 0) {
    show(page - 1);
    focusSet(SETS_A_PAGE - 1);
  }
}

const KEYS: Readonly<Record<string, () => void>> = {
  j: () => step(1),
  k: () => step(-1),
  n: () => turn(1),
  p: () => turn(-1),
  "/": () => filters.querySelector<HTMLInputElement>("[name=path]")?.focus(),
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea");
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
  const keys = filters.querySelector<HTMLInputElement>("[name=keys]");
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || keys?.checked === false) return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

filters.addEventListener("input", choose);
filters.addEventListener("submit", (event) => event.preventDefault());
// The fields are empty only behind this event.
filters.addEventListener("reset", () => setTimeout(choose));
byId("previous", HTMLButtonElement).addEventListener("click", () => turn(-1));
byId("next", HTMLButtonElement).addEventListener("click", () => turn(1));

// Paper has no pages to turn: what was asked for is printed as a whole.
addEventListener("beforeprint", () => put(chosen));
addEventListener("afterprint", () => show(page));

for (const row of document.querySelectorAll<HTMLElement>("tr[data-folder]")) {
  const folder = row.dataset["folder"] ?? "";
  const showSets = () => {
    filters.reset();
    setTimeout(() => {
      const field = filters.querySelector<HTMLInputElement>("[name=path]");
      if (field !== null) field.value = folder.endsWith("/") ? folder : `${folder}/`;
      choose();
      byId("sets", HTMLElement).scrollIntoView();
      byId("sets", HTMLElement).focus({ preventScroll: true });
    });
  };
  const name = row.querySelector("th");
  if (sets.length > 0) name?.replaceChildren(button("link", showSets, ...name.childNodes));
}

if (sets.length > 0) {
  filters.hidden = false;
  counter.hidden = false;
  choose();
}
