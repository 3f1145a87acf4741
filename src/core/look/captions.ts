/**
 * Words in a bar beside a picture. A plain frame says nothing, and the bars of a screen lie on two sides of what it shows; a bar with words in
 * it is a caption, which may be nowhere else.
 */
import { LetterCells } from "./cell-agreement.ts";
import type { GreyPicture } from "./grey-picture.ts";
import { GROUND_WITHIN, groundOf, type PixelBox, shareNear } from "./ground.ts";
import { shareCovered } from "./quads.ts";
import type { Box, Quad } from "./verdict.ts";

/** Edge of the squares that are asked for ink, in pixels of a page that is read. */
const SQUARE = 16;
/** Pixels next to the picture that do not count: compression blurs its edge. */
const MARGIN = 4;
/** Thickness of the lines that are compared on either side of the picture's edge. */
const LINE = 3;
/** Widths and heights that the ends of an edge may lie apart. */
const UPRIGHT_WITHIN = 0.015;
/** A thinner bar has no room for words. */
const THINNEST = 10;
/** Standard deviation of the brightness, without that of straight lines, from which on there is ink in a square. */
const INK_FROM = 10;
/** Share of a bar that has to be its ground. */
const GROUND_SHARE = 0.5;
/** Fewer squares with ink are a speck, or a number on a rim. */
const FEWEST_SQUARES = 3;
/** Share of a line along the picture's edge that is ground outside and not inside it, where a bar was put on. */
const EDGE_SHARE = 0.8;
/** Share of a picture that a screenshot's photo takes at most: between two bars that take less, words are captions too. */
const SCREEN_UP_TO = 0.75;

interface Bar {
  readonly box: PixelBox;
  /** Lines along the edge of the picture, just outside it and just inside. */
  readonly outside: PixelBox;
  readonly inside: PixelBox;
}

/**
 * @param picture as large as pages are read
 * @param quad where the other picture lies on this one
 * @returns around the words beside it, in widths and heights of the picture; null where there are none, or what is there is a screen's
 */
export function captionBeside(picture: GreyPicture, quad: Quad): Box | null {
  const { width, height } = picture;
  if (!isUpright(quad)) return null;
  const [above, below, left, right] = barsAround(picture, quad).map((bar) => wordsIn(picture, bar)) as [Words, Words, Words, Words];
  const sides = [above, below, left, right];
  const words = sides.filter((side) => typeof side === "object");
  const isBetween = (typeof above === "object" && typeof below === "object") || (typeof left === "object" && typeof right === "object");
  if (words.length === 0 || sides.includes("other") || (isBetween && shareCovered(quad) < SCREEN_UP_TO)) return null;
  const x = Math.min(...words.map((box) => box.left)) / width;
  const y = Math.min(...words.map((box) => box.top)) / height;
  return {
    x,
    y,
    width: Math.max(...words.map((box) => box.right)) / width - x,
    height: Math.max(...words.map((box) => box.bottom)) / height - y,
  };
}

/** Around the words; `plain` where there are none, or there is no bar; `other` where the picture goes on, or something else is beside it. */
type Words = PixelBox | "plain" | "other";

/** Whether its edges run along those of the picture that it lies on; turned by quarters they do. */
function isUpright(quad: Quad): boolean {
  const near = (a: number, b: number) => Math.abs((quad[a] as number) - (quad[b] as number)) <= UPRIGHT_WITHIN;
  return (near(0, 6) && near(2, 4) && near(1, 3) && near(5, 7)) || (near(0, 2) && near(4, 6) && near(1, 7) && near(3, 5));
}

/** Above, below, left and right of it. */
function barsAround({ width, height }: GreyPicture, quad: Quad): readonly Bar[] {
  const [xs, ys] = [0, 1].map((first) => [0, 2, 4, 6].map((k) => quad[first + k] as number)) as [number[], number[]];
  const within = (value: number, edge: number) => Math.round(Math.min(1, Math.max(0, value)) * edge);
  const [left, right] = [within(Math.min(...xs), width), within(Math.max(...xs), width)];
  const [top, bottom] = [within(Math.min(...ys), height), within(Math.max(...ys), height)];
  const across = (from: number, to: number): PixelBox => ({ left, right, top: from, bottom: to });
  const down = (from: number, to: number): PixelBox => ({ left: from, right: to, top, bottom });
  return [
    {
      box: { left: 0, right: width, top: 0, bottom: top - MARGIN },
      outside: across(top - MARGIN - LINE, top - MARGIN),
      inside: across(top + MARGIN, top + MARGIN + LINE),
    },
    {
      box: { left: 0, right: width, top: bottom + MARGIN, bottom: height },
      outside: across(bottom + MARGIN, bottom + MARGIN + LINE),
      inside: across(bottom - MARGIN - LINE, bottom - MARGIN),
    },
    {
      box: { left: 0, right: left - MARGIN, top, bottom },
      outside: down(left - MARGIN - LINE, left - MARGIN),
      inside: down(left + MARGIN, left + MARGIN + LINE),
    },
    {
      box: { left: right + MARGIN, right: width, top, bottom },
      outside: down(right + MARGIN, right + MARGIN + LINE),
      inside: down(right - MARGIN - LINE, right - MARGIN),
    },
  ];
}

function wordsIn(picture: GreyPicture, { box, outside, inside }: Bar): Words {
  if (Math.min(box.right - box.left, box.bottom - box.top) < THINNEST) return "plain";
  const inked = squaresOf(box).filter((square) => isInked(picture, square));
  if (inked.length === 0) return "plain";
  const ground = groundOf(picture, box);
  const isGround = (of: PixelBox) => shareNear(picture, of, ground, GROUND_WITHIN) >= EDGE_SHARE;
  if (shareNear(picture, box, ground, GROUND_WITHIN) < GROUND_SHARE || !isGround(outside) || isGround(inside)) return "other";
  if (inked.length < FEWEST_SQUARES) return "plain";
  return {
    left: Math.min(...inked.map(({ x }) => x)),
    top: Math.min(...inked.map(({ y }) => y)),
    right: Math.max(...inked.map(({ x, edge }) => x + edge)),
    bottom: Math.max(...inked.map(({ y, edge }) => y + edge)),
  };
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly edge: number;
}

/** A line across it, as screens have between their bars, is no ink: what is left without the means of rows and columns counts. */
function isInked({ data, width }: GreyPicture, { x, y, edge }: Square): boolean {
  const values = new Float32Array(edge * edge);
  for (let row = 0; row < edge; row++) {
    const from = (y + row) * width + x;
    values.set(data.subarray(from, from + edge), row * edge);
  }
  return new LetterCells(edge).deviation(values, edge, 0, 0, edge) >= INK_FROM;
}

/** In rows and columns from its top left corner, the last ones as near to its other edges as they can lie. */
function squaresOf({ left, top, right, bottom }: PixelBox): readonly Square[] {
  const edge = Math.min(SQUARE, right - left, bottom - top);
  const starts = (from: number, to: number) =>
    Array.from({ length: Math.ceil((to - from) / edge) }, (_, i) => Math.min(from + i * edge, to - edge));
  return starts(top, bottom).flatMap((y) => starts(left, right).map((x) => ({ x, y, edge })));
}
