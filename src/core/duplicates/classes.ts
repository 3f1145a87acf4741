/**
 * How sure it is that an extra may go: the classes of a report, safest first.
 */

/**
 * `same-bytes`: the file equals the keeper. `same-pixels`: it decodes to equal pixels, whatever it says of itself. `same-picture`: the two
 * were looked at, lie on each other and agree. `altered`: they lie on each other, but a region differs. `undecided`: the encoder takes
 * them for one picture, and nobody could look. `burst`: another exposure of the scene, no copy.
 */
export const EXTRA_CLASSES = ["same-bytes", "same-pixels", "same-picture", "altered", "undecided", "burst"] as const;
export type ExtraClass = (typeof EXTRA_CLASSES)[number];

/** The classes that are the same picture: what a list of extras holds where nothing else is asked for. */
export const SURE_CLASSES = ["same-bytes", "same-pixels", "same-picture"] as const satisfies readonly ExtraClass[];

/** Sets of one kind are formed among what the kinds before it leave. */
export const SET_KINDS = ["copies", "altered", "undecided", "burst"] as const;
export type SetKind = (typeof SET_KINDS)[number];

export function isSure(extraClass: ExtraClass): boolean {
  return (SURE_CLASSES as readonly ExtraClass[]).includes(extraClass);
}
