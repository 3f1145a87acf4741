/**
 * From cells to a verdict. The figures were found on one half of the pictures of `bench/look.mjs`; docs/decisions/look.md has them.
 */
import { unexplained } from "./cell-agreement.ts";
import type { Cells } from "./cells.ts";
import type { Layers } from "./layers.ts";
import { movedCells } from "./moved-parts.ts";
import { isPrintInOne } from "./print-in-one.ts";
import { type CellRegion, regionsOf } from "./regions.ts";
import { unevenCells } from "./uneven-cells.ts";
import type { Verdict } from "./verdict.ts";

export interface Judgement {
  readonly verdict: Verdict;
  /** Share of the cells with something in them that agree, in [0, 1]. */
  readonly agreement: number;
  /** Agreement of the middle cell. */
  readonly middle: number;
  /** Whether the middle cell agrees too little for the same and too much for another: what is fine may have been drowned. */
  readonly isDrowned: boolean;
  /** Of altered pictures, the largest first. */
  readonly regions: readonly CellRegion[];
}

/** What a picture shows decides how exactly two of them have to agree. */
export type Matter = "text" | "photo";

/** Fewer cells with something in them tell nothing. */
const FEWEST_CELLS = 12;

interface Limits {
  /** A cell that agrees less differs, but never one that agrees so little less than most: a poor copy is poor everywhere. */
  readonly agrees: number;
  readonly below: number;
  /** A cell below differs however poor the copy is. */
  readonly least: number;
  /** Brightness deviation from which on a cell can speak against the rest. */
  readonly contrast: number;
  /** Share of cells that may differ in pictures that are the same: dust, folds and compression. */
  readonly stray: number;
  /**
   * The largest share of the cells that an altered picture may differ in, by the number of regions: one caption may be large, what differs in
   * many places is another picture.
   */
  readonly altered: (regions: number) => number;
}

const LIMITS: Readonly<Record<Matter, Limits>> = {
  text: { agrees: 0.78, below: 0.17, least: 0.5, contrast: 8, stray: 0, altered: (regions) => (regions <= 2 ? 0.3 : 0) },
  photo: { agrees: 0.75, below: 0.18, least: 0.35, contrast: 8, stray: 0.003, altered: shareOfPhoto },
};
/**
 * Where all words are others, in print of the same size on the same lines, all of it looks like noise and nothing stands out. Of other tables
 * 0.27 and more of the cells agree by less than a half; of rescans, photographed and saved pages 0.05 at most.
 */
const OTHER_WORDS_BELOW = 0.5;
const OTHER_TEXT_FROM = 0.1;

function isOtherText(cells: Cells, { contrast }: Limits): boolean {
  let [seen, others] = [0, 0];
  for (let cell = 0; cell < cells.agreement.length; cell++) {
    if (Number.isNaN(cells.agreement[cell]) || !(contrastOf(cells, cell) >= contrast)) continue;
    seen++;
    if ((cells.agreement[cell] as number) < OTHER_WORDS_BELOW) others++;
  }
  return others > OTHER_TEXT_FROM * seen;
}

/** Two photos of one person in one place came to 0.16 and more in 12 regions, or 0.21 in 8; memes with other captions to 0.26 in 3. */
function shareOfPhoto(regions: number): number {
  if (regions <= 3) return 0.3;
  if (regions <= 5) return 0.2;
  return regions <= 12 ? 0.12 : 0;
}

/** Agreement of the middle cell below which nothing lies on anything. */
const LOST = { text: 0.7, photo: 0.5 } as const;
/** How far a cell has to lie above the noise of the two pictures to speak: grain alone makes pale cells disagree. */
const ABOVE_NOISE = { text: 2.2, photo: 1.7 } as const;
const LOUD = 4;
/** Agreement of a cell in which one letter is another, and how loud that is: in grey levels, and beside the noise. */
const LETTER_BELOW = 0.95;
const LETTER_REST = 8;
const LETTER_LOUD = 6;
/**
 * In a pale copy the noise is as loud as its ink, and nothing rises above it: of a text, a cell as loud as most that agree has other words
 * where it agrees with nothing. Of two receipts in pale ink on one form, words that are the same came to 0.45 and above, others to 0.36 at most.
 */
const OTHER_WORD_BELOW = 0.3;
const OTHER_WORD_STEP = 0.4;
const OTHER_WORD_LOUD = 0.75;
/** Share of all that differs from which on the largest region is what was altered, and the others are stains. */
const MAIN_SHARE = 0.8;
/** Words that are others agree less: of different pages the middle cell came to 0.58 at most, and to 0.5 in one of ten. */
const DROWNED_FROM = 0.5;
/**
 * Two moments of one scene: agreement of the middle cell from which on noise moves no cell, and how many of them, and what share, have to have
 * moved.
 */
const CLEAR_FROM = 0.95;
const FEWEST_MOVED = 5;
const MOVED_SHARE = 0.01;
/** What takes so little of the whole and lies at its edge is a fold, a shadow or the end of a frame. */
const EDGE_SHARE = 0.12;

export function judge(layers: Layers, matter: Matter): Judgement {
  const { cells } = layers;
  const limits = LIMITS[matter];
  const seen = [...cells.agreement].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (seen.length < FEWEST_CELLS) return { verdict: "undecided", agreement: 0, middle: 0, isDrowned: false, regions: [] };
  const middle = seen[seen.length >> 1] as number;
  const limit = Math.max(limits.least, Math.min(limits.agrees, middle - limits.below));
  const noise = noiseOf(cells, limit);
  const typical = typicalContrast(cells, limit);
  const otherWordBelow = Math.min(OTHER_WORD_BELOW, middle - OTHER_WORD_STEP);
  const isDifferent = (cell: number) => {
    if (!(contrastOf(cells, cell) >= limits.contrast)) return false;
    const [agreement, rest] = [cells.agreement[cell] as number, restOf(cells, cell)];
    if (agreement < limit && rest > noise * ABOVE_NOISE[matter]) return true;
    if (matter === "text" && agreement < otherWordBelow && contrastOf(cells, cell) >= OTHER_WORD_LOUD * typical) return true;
    // Of two clean copies of a text one letter stands out, though most of its cell agrees.
    return matter === "text" && agreement < LETTER_BELOW && rest > LETTER_REST && rest > noise * LETTER_LOUD;
  };
  const differing = regionsOf(cells, isDifferent);
  // Of a text each cell may be a letter; of a photo a lone one has to be loud.
  const isLoud = (cell: number) => matter === "text" || restOf(cells, cell) > noise * LOUD;
  const isStain = ({ cells: of, isAtEdge }: CellRegion) => isAtEdge && of.length <= EDGE_SHARE * seen.length;
  const counted = differing.filter((region) => !isStain(region) && (region.cells.length > 1 || region.cells.some(isLoud)));
  const count = counted.reduce((sum, { cells: of }) => sum + of.length, 0);
  const agreement = 1 - count / seen.length;
  if (middle < LOST[matter]) return { verdict: "different", agreement, middle, isDrowned: middle >= DROWNED_FROM, regions: [] };
  const found = { agreement, middle, isDrowned: false, regions: [] };
  if (count <= limits.stray * seen.length) {
    if (matter === "text" && isOtherText(cells, limits)) return { verdict: "different", ...found };
    const regions = overlooked(layers, matter, { differing, noise, middle, seen: seen.length });
    return regions.length === 0 ? { verdict: "same", ...found } : { verdict: "altered", ...found, regions };
  }
  const isInOnePlace = (counted[0]?.cells.length ?? 0) >= MAIN_SHARE * count;
  const isAltered = count <= limits.altered(isInOnePlace ? 1 : counted.length) * seen.length;
  return isAltered ? { verdict: "altered", ...found, regions: counted } : { verdict: "different", ...found };
}

interface Agreeing {
  /** What differs in places that may differ in copies. */
  readonly differing: readonly CellRegion[];
  readonly noise: number;
  readonly middle: number;
  readonly seen: number;
}

/** Where pictures of which every cell agrees are not the same after all. */
function overlooked(layers: Layers, matter: Matter, { differing, noise, middle, seen }: Agreeing): readonly CellRegion[] {
  const regionsWith = (numbers: readonly number[]) => {
    const chosen = new Set(numbers);
    return regionsOf(layers.cells, (cell) => chosen.has(cell));
  };
  const uneven = unevenCells(layers.cells);
  if (uneven.length > 0) return regionsWith(uneven);
  // Of a text, `changedLetters` sees what is clean enough to be no fold.
  if (matter === "text") return [];
  const marks = differing.filter(({ cells: of }) => isPrintInOne(layers, of, noise));
  if (marks.length > 0 || middle < CLEAR_FROM) return marks;
  const moved = movedCells(layers);
  return moved.length < Math.max(FEWEST_MOVED, MOVED_SHARE * seen) ? [] : regionsWith(moved);
}

function contrastOf({ contrastOfOne, contrastOfOther }: Cells, cell: number): number {
  return Math.max(contrastOfOne[cell] as number, contrastOfOther[cell] as number);
}

/** What a cell shows in one picture and the other does not explain. */
function restOf(cells: Cells, cell: number): number {
  return unexplained(contrastOf(cells, cell), Math.max(0, cells.agreement[cell] as number));
}

/** The same of the middle one of the cells that agree: grain, compression, tone. */
function noiseOf(cells: Cells, limit: number): number {
  return Math.max(LEAST_NOISE, middleOfAgreeing(cells, limit, restOf));
}

/** How loud the middle one of the cells that agree is. */
function typicalContrast(cells: Cells, limit: number): number {
  return middleOfAgreeing(cells, limit, contrastOf);
}

/** @returns 0 where none agrees */
function middleOfAgreeing(cells: Cells, limit: number, measure: (cells: Cells, cell: number) => number): number {
  const all: number[] = [];
  for (let cell = 0; cell < cells.agreement.length; cell++) if ((cells.agreement[cell] as number) >= limit) all.push(measure(cells, cell));
  return all.sort((a, b) => a - b)[all.length >> 1] ?? 0;
}

/** Grey levels by which a decoder's rounding alone makes two copies differ. */
const LEAST_NOISE = 1;

/** `mixed`: ink on paper in it, but as much else; a photo of dark clothes before a bright wall comes to the same. */
export type Kind = Matter | "mixed";

/** Share of the cells with something in them that are ink on paper, from which on a picture has text, and from which on it is text. */
const HAS_TEXT_FROM = 0.15;
const TEXT_FROM = 0.28;
/** Share of all cells with nothing in them from which on it is a page. */
const EMPTY_FROM = 0.3;
const PAPER = 0.6;
const INK_CONTRAST = 12;

export function kindOf(cells: Cells): Kind {
  let [covered, textured, inked] = [0, 0, 0];
  for (let cell = 0; cell < cells.agreement.length; cell++) {
    if (Number.isNaN(cells.contrastOfOne[cell])) continue;
    covered++;
    if (Number.isNaN(cells.agreement[cell])) continue;
    textured++;
    if ((cells.paper[cell] as number) >= PAPER && contrastOf(cells, cell) >= INK_CONTRAST) inked++;
  }
  if (inked < HAS_TEXT_FROM * textured) return "photo";
  return inked >= TEXT_FROM * textured || textured <= (1 - EMPTY_FROM) * covered ? "text" : "mixed";
}
