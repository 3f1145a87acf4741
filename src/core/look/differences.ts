/**
 * How a copy differs from the picture it is a copy of, as a look saw it.
 */
import { isMirrored, middleCovered, type Shape, scaleOf, shareCovered, turnOf } from "./quads.ts";
import type { Box, Look, Region } from "./verdict.ts";

export type Difference =
  /** Degrees clockwise. */
  | { readonly kind: "turned"; readonly degrees: number }
  | { readonly kind: "mirrored" }
  /** Share of the whole picture that is left, in (0, 1), and where. */
  | { readonly kind: "cropped"; readonly share: number; readonly place: Place }
  /** The picture is a part of it: a screenshot, a frame, a collage. Share of it that the picture takes. */
  | { readonly kind: "framed"; readonly share: number }
  /** It shows more around the picture. Share of it that the picture takes. */
  | { readonly kind: "wider"; readonly share: number }
  /** Edge of it to the same edge of the picture. */
  | { readonly kind: "smaller"; readonly scale: number }
  | { readonly kind: "larger"; readonly scale: number }
  /** Larger, and nothing finer is to be seen. */
  | { readonly kind: "enlarged"; readonly scale: number }
  | { readonly kind: "grey" }
  | { readonly kind: "toned" }
  /** `captioned`: which of the two has words there that the other has not. The box lies in that one, and in the copy where none is told. */
  | { readonly kind: "altered"; readonly box: Box; readonly captioned: "copy" | "picture" | null }
  | { readonly kind: "saved-again" };

/** Where in a picture; the middle is "middle" both ways. */
export interface Place {
  readonly across: "left" | "middle" | "right";
  readonly down: "top" | "middle" | "bottom";
}

/** What is left out at an edge by rounding, or by a decoder. */
const WHOLE_FROM = 0.96;
const TURNED_FROM = 0.75;
const SCALE_TOLERANCE = 0.04;

/**
 * @param look with the picture as the one and the copy as the other
 * @returns at least one difference, what matters most first
 */
export function differencesOf(look: Look, picture: Shape, copy: Shape): readonly Difference[] {
  const { laying, regions } = look;
  if (laying === null) return [{ kind: "saved-again" }];
  const found: Difference[] = regions.map(alteration);
  const degrees = Math.round(turnOf(laying.otherOnOne, picture) * 10) / 10;
  if (isMirrored(laying.otherOnOne, picture)) found.push({ kind: "mirrored" });
  // The copy lies on the picture as it has to be turned back.
  if (Math.abs(degrees) >= TURNED_FROM) found.push({ kind: "turned", degrees: degrees === 180 ? 180 : -degrees });
  const covered = shareCovered(laying.otherOnOne);
  if (covered < WHOLE_FROM) found.push({ kind: "cropped", share: covered, place: placeOf(middleCovered(laying.otherOnOne)) });
  const filled = shareCovered(laying.oneOnOther);
  if (filled < WHOLE_FROM) found.push({ kind: laying.isFramed.other ? "framed" : "wider", share: filled });
  if (laying.colour.other === "grey") found.push({ kind: "grey" });
  if (laying.colour.other === "toned") found.push({ kind: "toned" });
  const scale = 1 / scaleOf(laying.otherOnOne, copy, picture);
  if (scale < 1 - SCALE_TOLERANCE) found.push({ kind: "smaller", scale });
  if (scale > 1 + SCALE_TOLERANCE) found.push({ kind: laying.isEnlarged.other ? "enlarged" : "larger", scale });
  return found.length > 0 ? found : [{ kind: "saved-again" }];
}

function alteration({ one, other, captioned }: Region): Difference {
  if (captioned === null) return { kind: "altered", box: other, captioned: null };
  return captioned === "one" ? { kind: "altered", box: one, captioned: "picture" } : { kind: "altered", box: other, captioned: "copy" };
}

function placeOf({ x, y }: { readonly x: number; readonly y: number }): Place {
  return {
    across: x < 0.45 ? "left" : x > 0.55 ? "right" : "middle",
    down: y < 0.45 ? "top" : y > 0.55 ? "bottom" : "middle",
  };
}
