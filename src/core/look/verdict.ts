/**
 * What a look at two pictures says of them.
 */

/**
 * Raised whenever the same two pictures may come to another verdict: what was seen with another version is looked at again.
 */
export const LOOK_VERSION = 4;

/**
 * `same`: they lie on each other, and everything in common agrees. `altered`: they lie on each other, but a region differs: a caption, a
 * stamp, a blurred face. `different`: they do not, or what lies on each other is not the same. `undecided`: there is too little in them
 * to hold on to: flat, tiny, or blurred away.
 */
export const VERDICTS = ["same", "altered", "different", "undecided"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Of two pictures, the one and the other. */
export interface Look {
  readonly verdict: Verdict;
  /** Share of what both show, and what has something in it, that agrees; in [0, 1]. Zero where nothing lies on each other. */
  readonly agreement: number;
  /** Null where they do not lie on each other. */
  readonly laying: Laying | null;
  /** Where they differ, the largest first; empty but for altered pictures. */
  readonly regions: readonly Region[];
}

/** How two pictures lie on each other. */
export interface Laying {
  /** Corners of the other picture as they lie on the one. */
  readonly otherOnOne: Quad;
  readonly oneOnOther: Quad;
  readonly colour: Record<Side, Colour>;
  /** Whether what both show ends in a straight edge inside a picture, as in a screenshot, a frame or a collage. */
  readonly isFramed: Record<Side, boolean>;
  /** Whether a picture has more pixels than the other and shows nothing finer. */
  readonly isEnlarged: Record<Side, boolean>;
}

export type Side = "one" | "other";
const OPPOSITE = { one: "other", other: "one" } as const satisfies Readonly<Record<Side, Side>>;
/** `grey`: no colours though the other picture has some; `toned`: others than it has. */
export type Colour = "as-the-other" | "grey" | "toned";

/** Corners of a picture: top left, top right, bottom right, bottom left; x and y in widths and heights of the picture that they lie on. */
export type Quad = readonly [number, number, number, number, number, number, number, number];

/** In widths and heights of a picture, from its top left corner; in [0, 1]. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One place as it lies in both pictures; what lies beside one of them is a line at its edge. */
export interface Region extends Readonly<Record<Side, Box>> {
  /** The picture that has words there, in a bar beside what the other shows. Null for what lies in both: nothing tells which was altered. */
  readonly captioned: Side | null;
}

/** The same look with the two pictures in the other order. */
export function turnRound({ laying, regions, ...look }: Look): Look {
  const swap = <Value>({ one, other }: Readonly<Record<Side, Value>>) => ({ one: other, other: one });
  return {
    ...look,
    laying:
      laying === null
        ? null
        : {
            otherOnOne: laying.oneOnOther,
            oneOnOther: laying.otherOnOne,
            colour: swap(laying.colour),
            isFramed: swap(laying.isFramed),
            isEnlarged: swap(laying.isEnlarged),
          },
    regions: regions.map(({ captioned, ...boxes }) => ({ ...swap(boxes), captioned: captioned === null ? null : OPPOSITE[captioned] })),
  };
}
