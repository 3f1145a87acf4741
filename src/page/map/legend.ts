/**
 * Says what the colours mean; a click on a name lets only its photos stand out.
 */

import { button, element } from "../elements.ts";
import type { Coloring, Group } from "./colorings.ts";

/** @param choose gets the group that shall stand out, or null for all */
export function showLegend(place: HTMLElement, coloring: Coloring, chosen: number | null, choose: (group: number | null) => void): void {
  place.replaceChildren(
    ...(coloring.scale === null
      ? coloring.groups.flatMap((group, i) =>
          group.count === 0 ? [] : [entry(group, chosen === i, () => choose(chosen === i ? null : i))],
        )
      : scale(coloring, coloring.scale)),
  );
}

function entry({ name, color, count }: Group, isChosen: boolean, toggle: () => void): HTMLElement {
  const made = button("group", toggle, swatch(color), element("span", "name", name), element("span", "count", count.toLocaleString("en")));
  made.setAttribute("aria-pressed", String(isChosen));
  made.title = name;
  return made;
}

function swatch(color: string | null): HTMLElement {
  const made = element("span", "swatch");
  if (color !== null) made.style.background = color;
  return made;
}

function scale({ groups }: Coloring, [low, high]: readonly [string, string]): readonly HTMLElement[] {
  const bar = element("div", "scale");
  bar.style.background = `linear-gradient(to right, ${groups.map(({ color }) => color).join(", ")})`;
  return [bar, element("div", "ends", element("span", "", low), element("span", "", high))];
}
