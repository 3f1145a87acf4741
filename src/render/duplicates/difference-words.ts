/**
 * How a copy differs from its keeper, in words.
 */

import type { Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { Candidate } from "../../core/duplicates/merits.ts";
import { type Difference, differencesOf, type Place } from "../../core/look/differences.ts";
import type { Box } from "../../core/look/verdict.ts";
import { percent } from "../words.ts";

/** "half the size, cropped to 64 %, top left". */
export function differenceWords(keeper: Candidate, extra: Extra): string {
  switch (extra.class) {
    case "same-bytes":
      return "the same file";
    case "same-pixels":
      return "equal pixels, other metadata";
    case "burst":
      return "another exposure";
    case "same-picture":
      return extra.look === null ? "you said that it is the same" : pictureWords(keeper, extra);
    case "altered":
    case "undecided":
      return pictureWords(keeper, extra);
  }
}

function pictureWords({ content: keeper }: Candidate, { content, look }: Extra): string {
  if (look === null) return "not looked at";
  if (look.verdict === "undecided") return "too little in it to tell";
  const differences = differencesOf(look, keeper.facts, content.facts);
  const words = [...alteredWords(differences), ...differences.filter(({ kind }) => kind !== "altered").map(wordsOf)];
  if (differences.every(({ kind }) => kind === "saved-again")) words.splice(0, words.length, "saved again");
  const isSmaller = content.bytes < keeper.bytes && differences.every(({ kind }) => kind === "saved-again");
  return [...words, ...(isSmaller ? ["smaller"] : [])].join(", ");
}

/** More places than these are counted: a list of them tells nobody where to look. */
const MOST_PLACES = 3;

/** Captions one by one, and of what else is altered so many places: "altered at the left and in the middle". */
function alteredWords(differences: readonly Difference[]): readonly string[] {
  const altered = differences.filter((difference) => difference.kind === "altered");
  const captions = new Set(altered.filter(({ captioned }) => captioned !== null).map(wordsOf));
  const others = altered.filter(({ captioned }) => captioned === null);
  const places = [...new Set(others.map(({ box }) => boxWords(box)))];
  const told = places.length > MOST_PLACES ? `altered in ${others.length} places` : `altered ${inARow(places)}`;
  return places.length === 0 ? [...captions] : [...captions, told];
}

/** "a, b and c" */
function inARow(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function wordsOf(difference: Difference): string {
  switch (difference.kind) {
    case "turned":
      return turnedWords(difference.degrees);
    case "mirrored":
      return "mirrored";
    case "cropped":
      return `cropped to ${percent(difference.share)}${placeWords(difference.place)}`;
    case "framed":
      return `a screenshot or frame of it, ${percent(difference.share)} of the whole`;
    case "wider":
      return "shows more around it";
    case "smaller":
      return difference.scale > 0.45 && difference.scale < 0.55 ? "half the size" : `${percent(difference.scale)} of the size`;
    case "larger":
      return difference.scale > 1.9 && difference.scale < 2.1 ? "twice the size" : `${percent(difference.scale)} of the size`;
    case "enlarged":
      return `enlarged to ${percent(difference.scale)} with nothing finer in it`;
    case "grey":
      return "grey";
    case "toned":
      return "other colours";
    case "altered":
      return `${ALTERED_WORDS[difference.captioned ?? "none"]} ${boxWords(difference.box)}`;
    case "saved-again":
      return "saved again";
  }
}

const ALTERED_WORDS = { copy: "caption", picture: "without the caption", none: "altered" } as const;

function turnedWords(degrees: number): string {
  if (Math.abs(degrees - 90) < 1) return "turned right";
  if (Math.abs(degrees + 90) < 1) return "turned left";
  if (Math.abs(degrees) > 179) return "upside down";
  return `turned by ${Math.round(degrees * 10) / 10}°`;
}

function placeWords({ across, down }: Place): string {
  if (across === "middle" && down === "middle") return ", the middle";
  return `, ${[down, across].filter((word) => word !== "middle").join(" ")}`;
}

/** Where in the picture a region lies: "in the lowest fifth", "at the top right". */
function boxWords({ x, y, width, height }: Box): string {
  if (width > 0.7 && height <= 0.4) {
    if (y + height > 0.95) return `in the lowest ${fractionWords(height)}`;
    if (y < 0.05) return `in the topmost ${fractionWords(height)}`;
  }
  const [middle, centre] = [x + width / 2, y + height / 2];
  const down = centre < 1 / 3 ? "top" : centre > 2 / 3 ? "bottom" : "middle";
  const across = middle < 1 / 3 ? "left" : middle > 2 / 3 ? "right" : "middle";
  if (down === "middle" && across === "middle") return "in the middle";
  return down === "middle" ? `at the ${across}` : across === "middle" ? `at the ${down}` : `at the ${down} ${across}`;
}

function fractionWords(share: number): string {
  return share <= 0.12 ? "tenth" : share <= 0.22 ? "fifth" : share <= 0.29 ? "quarter" : share <= 0.36 ? "third" : "two fifths";
}
