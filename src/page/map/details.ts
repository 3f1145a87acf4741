/**
 * Tells of one point: beside the pointer in short, and in a panel with its paths and its set.
 */
import { button, element } from "../elements.ts";
import type { MapData } from "./map-data.ts";
import type { Pictures } from "./pictures.ts";

export class Details {
  readonly #data: MapData;
  readonly #pictures: Pictures;

  constructor(data: MapData, pictures: Pictures) {
    this.#data = data;
    this.#pictures = pictures;
  }

  /** What stands beside the pointer. */
  brief(point: number): readonly Node[] {
    const [path = "", ...others] = this.#data.photosOf(point);
    const more = others.length > 0 ? ` and ${others.length} with the same bytes` : "";
    return [...this.#picture(point), element("div", "name", lastNames(path, 2) + more), element("div", "note", this.#note(point))];
  }

  /** What stands in the panel. @param visit called with the point of the set that was chosen */
  full(point: number, visit: (point: number) => void): readonly Node[] {
    const paths = this.#data.photosOf(point);
    return [
      ...this.#picture(point),
      element("p", "note", this.#note(point)),
      element("ul", "paths", ...paths.map((path) => element("li", "", element("span", "path", path), copyButton(path)))),
      ...this.#set(point, visit),
    ];
  }

  /** For those who hear the page. */
  spoken(point: number): string {
    return `${this.#data.photosOf(point).join(", ")}. ${this.#note(point)}`;
  }

  #picture(point: number): readonly Node[] {
    const picture = this.#pictures.asElement(point);
    return picture === null ? [] : [picture];
  }

  #note(point: number): string {
    const { years, sets, setOf, outlierScores } = this.#data;
    const set = sets[setOf[point] as number];
    const parts = [
      years[point] === 0 ? "" : String(years[point]),
      set === undefined
        ? ""
        : `one of ${set.points.length === 1 ? this.#data.photosOf(point).length : set.points.length} in a ${SET_NAMES[set.kind]}`,
      `mean distance to its neighbours ${(outlierScores[point] as number).toFixed(2)}`,
    ];
    return parts.filter((part) => part !== "").join(" · ");
  }

  #set(point: number, visit: (point: number) => void): readonly Node[] {
    const set = this.#data.sets[this.#data.setOf[point] as number];
    if (set === undefined || set.points.length === 1) return [];
    const others = set.points.filter((other) => other !== point);
    return [element("h3", "", SET_TITLES[set.kind]), element("div", "members", ...others.map((other) => this.#member(other, visit)))];
  }

  #member(point: number, visit: (point: number) => void): HTMLElement {
    const name = lastNames(this.#data.photosOf(point)[0] ?? "", 1);
    const made = button("member", () => visit(point), this.#pictures.asElement(point) ?? "", element("span", "name", name));
    made.title = name;
    return made;
  }
}

const SET_NAMES = {
  copies: "set of copies",
  altered: "set of altered pictures",
  undecided: "set that is undecided",
  burst: "burst",
} as const;
const SET_TITLES = {
  copies: "Same picture",
  altered: "Same picture, altered",
  undecided: "Perhaps the same picture",
  burst: "Same burst",
} as const;

/** The end of a path: its file and the folders directly above. */
function lastNames(path: string, count: number): string {
  return path.split(/[\\/]/).slice(-count).join("/");
}

function copyButton(path: string): HTMLButtonElement {
  const made = button("copy", () => void copy(), "Copy");
  made.setAttribute("aria-label", `Copy the path ${path}`);
  const copy = async () => {
    made.textContent = (await copyText(path, made)) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => {
      made.textContent = "Copy";
    }, 2000);
  };
  return made;
}

/** Where the page may not write to the clipboard, the path is selected for the user to copy. */
async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (beside.previousElementSibling !== null) getSelection()?.selectAllChildren(beside.previousElementSibling);
    return false;
  }
}
