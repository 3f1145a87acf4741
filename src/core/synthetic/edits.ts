/**
 * What people and programs do to a copy of a photo, as a closed list with parameters drawn from a seed. Ranges cover what
 * messengers, galleries and editors do by default and leave the picture one that a person would call the same.
 */
import type { Random } from "../statistics/seeded-random.ts";

export const EDIT_KINDS = [
  "recompress",
  "resize",
  "crop",
  "rotate",
  "turn",
  "mirror",
  "border",
  "brightness",
  "colour",
  "grey",
  "text",
  "screenshot",
  "combination",
] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

/** One edit. Shares are of the picture's own edge and in [0, 1]; shades are grey levels from 0 to 255. */
export type SingleEdit =
  /** JPEG quality, 1 to 100. */
  | { readonly kind: "recompress"; readonly quality: number }
  | { readonly kind: "resize"; readonly scale: number }
  /** Shares of width and height that stay, and where in what is cut the rest begins. */
  | { readonly kind: "crop"; readonly width: number; readonly height: number; readonly left: number; readonly top: number }
  /** Clockwise; the corners that open are filled. */
  | { readonly kind: "rotate"; readonly degrees: number; readonly shade: number }
  | { readonly kind: "turn"; readonly quarters: 1 | 2 | 3 }
  /** Left and right change places. */
  | { readonly kind: "mirror" }
  /** On all four sides, as a share of the shorter edge. */
  | { readonly kind: "border"; readonly width: number; readonly shade: number }
  /** Factor of the lightness. */
  | { readonly kind: "brightness"; readonly factor: number }
  /** Factor of the saturation, and degrees that hues turn by. */
  | { readonly kind: "colour"; readonly saturation: number; readonly hue: number }
  | { readonly kind: "grey" }
  /** One line across a share of the width, and where in what it leaves free it begins. */
  | {
      readonly kind: "text";
      readonly words: string;
      readonly width: number;
      readonly left: number;
      readonly top: number;
      readonly shade: number;
    }
  /** Bars of a viewer around the picture, as shares of its height above and below and of its width beside it. */
  | { readonly kind: "screenshot"; readonly above: number; readonly below: number; readonly beside: number; readonly dark: boolean };

/** Several edits of different kinds, each saved before the next one. */
export type Edit = SingleEdit | { readonly kind: "combination"; readonly edits: readonly SingleEdit[] };

/** Of the letters that `io/photos/edit-overlays.ts` can draw. */
export const WORDS = ["HAPPY HOLIDAYS", "FOR SALE", "THE LAST TRAIN", "ASIA TOP TEN"] as const;

type SingleKind = SingleEdit["kind"];
const SINGLE_KINDS: readonly SingleKind[] = EDIT_KINDS.filter((kind) => kind !== "combination");

const DRAW: { readonly [Kind in SingleKind]: (random: Random) => Extract<SingleEdit, { kind: Kind }> } = {
  recompress: (random) => ({ kind: "recompress", quality: Math.floor(between(random, 20, 70)) }),
  resize: (random) => ({ kind: "resize", scale: between(random, 0.25, 0.75) }),
  crop: (random) => ({
    kind: "crop",
    width: between(random, 0.65, 0.95),
    height: between(random, 0.65, 0.95),
    left: random(),
    top: random(),
  }),
  rotate: (random) => ({ kind: "rotate", degrees: eitherSide(random, between(random, 2, 15)), shade: shade(random) }),
  turn: (random) => ({ kind: "turn", quarters: (1 + Math.floor(random() * 3)) as 1 | 2 | 3 }),
  mirror: () => ({ kind: "mirror" }),
  border: (random) => ({ kind: "border", width: between(random, 0.03, 0.12), shade: shade(random) }),
  brightness: (random) => ({ kind: "brightness", factor: random() < 0.5 ? between(random, 0.6, 0.85) : between(random, 1.15, 1.5) }),
  colour: (random) => ({ kind: "colour", saturation: between(random, 0.4, 1.8), hue: Math.round(between(random, -25, 25)) }),
  grey: () => ({ kind: "grey" }),
  text: (random) => ({
    kind: "text",
    words: WORDS[Math.floor(random() * WORDS.length)] as string,
    width: between(random, 0.3, 0.8),
    left: random(),
    top: random(),
    shade: shade(random),
  }),
  screenshot: (random) => ({
    kind: "screenshot",
    above: between(random, 0.05, 0.3),
    below: between(random, 0.05, 0.3),
    beside: between(random, 0, 0.1),
    dark: random() < 0.5,
  }),
};

/**
 * @param count of edits, each of another kind; at most as many as there are kinds
 * @returns the same edits for the same state of `random`
 */
export function drawEdits(random: Random, count: number): readonly Edit[] {
  return drawKinds(EDIT_KINDS, count, random).map((kind) => (kind === "combination" ? drawCombination(random) : DRAW[kind](random)));
}

/** Two or three of the others. */
function drawCombination(random: Random): Edit {
  const kinds = drawKinds(SINGLE_KINDS, random() < 0.5 ? 2 : 3, random);
  return { kind: "combination", edits: kinds.map((kind) => DRAW[kind](random)) };
}

/** The head of a shuffled deck (Fisher and Yates): every kind is as likely as any other, and so is every order. */
function drawKinds<Kind>(kinds: readonly Kind[], count: number, random: Random): readonly Kind[] {
  const deck = [...kinds];
  for (let i = 0; i < count; i++) {
    const at = i + Math.floor(random() * (deck.length - i));
    [deck[i], deck[at]] = [deck[at] as Kind, deck[i] as Kind];
  }
  return deck.slice(0, count);
}

function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

function eitherSide(random: Random, value: number): number {
  return random() < 0.5 ? -value : value;
}

function shade(random: Random): number {
  return random() < 0.5 ? Math.floor(random() * 40) : 255 - Math.floor(random() * 40);
}
