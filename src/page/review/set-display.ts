/**
 * The words and small pictures of a set, beside its two large ones.
 */
import type { MemberView, SetView } from "../../core/review/review-view.ts";
import { button, byId, element } from "../elements.ts";
import type { PaneView } from "./panes.ts";
import { anotherPictureOf } from "./pictures.ts";

/** One button a photo. @param onLook is told the photo to be shown beside the one that stays */
export function showMembers(set: SetView, onLook: (member: number) => void): void {
  const buttons = set.members.map(({ path, pair }, member) => {
    const image = anotherPictureOf(set.number, member, "screen", "");
    const made = button("member", () => (pair === null ? undefined : onLook(member)), element("b", "", String(member + 1)), image);
    made.title = path;
    made.setAttribute("aria-label", `Photo ${member + 1}${pair === null ? ", stays" : ""}: ${path}`);
    return made;
  });
  byId("members", HTMLElement).replaceChildren(...buttons);
}

/** What is said of the two that are shown. @param extra number of the one that may go */
export function showWords(set: SetView, extra: number): void {
  const [kept, other] = [set.members[set.keeper] as MemberView, set.members[extra] as MemberView];
  describe("keeper", set.keeper, kept, [set.why], false);
  const { pair } = other;
  const words = pair === null ? [] : [pair.class, pair.similarity === "" ? "" : `similarity ${pair.similarity}`];
  const told = [...words, other.note].filter((word) => word !== "");
  describe("extra", extra, other, told, true, pair?.differences);
  for (const [member, made] of [...byId("members", HTMLElement).children].entries()) {
    made.classList.toggle("stays", member === set.keeper);
    made.setAttribute("aria-current", String(member === extra));
  }
}

/** The two as their panes show them. */
export function paneViews(set: SetView, extra: number): readonly [PaneView, PaneView] {
  const boxes = set.members[extra]?.pair?.boxes ?? [];
  const view = (member: number, side: "keeper" | "extra"): PaneView => {
    const { path, width, height } = set.members[member] as MemberView;
    return { set: set.number, member, path, width, height, boxes: boxes.map((box) => box[side]) };
  };
  return [view(set.keeper, "keeper"), view(extra, "extra")];
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
