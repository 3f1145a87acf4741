/**
 * What is drawn over a picture, as SVG of the picture's own size. Letters are strokes and not a font's: machines have different
 * fonts, and some have none.
 */
import type { SingleEdit } from "../../core/synthetic/edits.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Strokes on a grid of 4 by 6, the origin at the upper left. */
const LETTERS: Readonly<Record<string, string>> = {
  A: "M0 6L2 0L4 6M1 4H3",
  D: "M0 0V6H2L4 4V2L2 0Z",
  E: "M4 0H0V6H4M0 3H3",
  F: "M4 0H0V6M0 3H3",
  H: "M0 0V6M4 0V6M0 3H4",
  I: "M2 0V6",
  L: "M0 0V6H4",
  N: "M0 6V0L4 6V0",
  O: "M0 0H4V6H0Z",
  P: "M0 6V0H4V3H0",
  R: "M0 6V0H4V3H0L4 6",
  S: "M4 0H0V3H4V6H0",
  T: "M0 0H4M2 0V6",
  Y: "M0 0L2 3L4 0M2 3V6",
  " ": "",
};
const LETTER_HEIGHT = 6;
/** From one letter's left edge to the next one's. */
const ADVANCE = 6;
/** Strokes are one unit wide and reach half of it beyond the grid. */
const MARGIN = 0.5;

/** A line of text. */
export function textOverlay(size: Size, edit: Extract<SingleEdit, { kind: "text" }>): string {
  const letters = [...edit.words].map((letter, index) => {
    const strokes = LETTERS[letter];
    if (strokes === undefined) throw new RangeError(`Expected one of ${Object.keys(LETTERS).join("")}, got ${JSON.stringify(letter)}`);
    return `<path d="${strokes}" transform="translate(${index * ADVANCE})"/>`;
  });
  const [wide, high] = [edit.words.length * ADVANCE - 1, LETTER_HEIGHT + 2 * MARGIN];
  const scale = Math.min((size.width * edit.width) / wide, size.height / high);
  const x = (size.width - wide * scale) * edit.left + MARGIN * scale;
  const y = (size.height - high * scale) * edit.top + MARGIN * scale;
  const place = `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`;
  return svg(size, `<g fill="none" stroke="rgb(${edit.shade},${edit.shade},${edit.shade})" transform="${place}">${letters.join("")}</g>`);
}

/** Buttons and lines of a viewer in the bars above and below the picture, whose heights are given. */
export function viewerOverlay(size: Size, above: number, below: number, dark: boolean): string {
  const ink = dark ? "#d8d8d8" : "#404040";
  const button = (at: number, middle: number, bar: number) =>
    `<circle cx="${(size.width * at).toFixed(2)}" cy="${middle.toFixed(2)}" r="${(Math.min(bar, size.width / 6) / 5).toFixed(2)}"/>`;
  const title = `<rect x="${size.width * 0.2}" y="${above * 0.4}" width="${size.width * 0.35}" height="${above * 0.2}"/>`;
  const buttons = [0.14, 0.38, 0.62, 0.86].map((at) => button(at, size.height - below / 2, below));
  return svg(size, `<g fill="${ink}">${button(0.08, above / 2, above)}${title}${buttons.join("")}</g>`);
}

function svg({ width, height }: Size, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
}
