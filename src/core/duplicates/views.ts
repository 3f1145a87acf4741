/**
 * How much of the picture a copy shows, as the looks saw it: a crop, a screenshot, a grey copy or an enlargement is less than the full
 * view, whatever its pixels are.
 */
import type { ContentId } from "../library/contents.ts";
import type { LooksSeen } from "../look/looks-seen.ts";
import { shareCovered } from "../look/quads.ts";
import type { Laying, Side } from "../look/verdict.ts";
import type { RankedContents } from "./duplicate-sets.ts";
import { inKeeperOrder, type KeeperChoice } from "./keeper.ts";

/** Share of a picture from which on it is there as a whole: a decoder's or an editor's rounding is no crop. */
const WHOLE_FROM = 0.96;
/** What colours are worth beside a share of the picture. */
const GREY_LOSS = 0.5;
/** An enlargement shows the whole, and still is behind what it was made of. */
const ENLARGED_LOSS = 0.02;
/** So is a picture with a caption beside it, however thin the bar is. */
const CAPTION_LOSS = 0.02;

/** What each content lacks beside the fullest picture that it was seen to be a copy of, in [0, 1]; those that lack nothing are left out. */
export function viewsOf(looks: LooksSeen, contents: RankedContents): ReadonlyMap<ContentId, number> {
  const lacking = new Map<ContentId, number>();
  const note = (id: ContentId, loss: number) => {
    if (loss > (lacking.get(id) ?? 0)) lacking.set(id, loss);
  };
  for (const { one, other, look } of looks) {
    const { verdict, laying } = look;
    if (laying === null || (verdict !== "same" && verdict !== "altered") || !contents.has(one) || !contents.has(other)) continue;
    const losses = lossesOf(laying);
    const captionLoss = (side: Side) => (look.regions.some(({ captioned }) => captioned === side) ? CAPTION_LOSS : 0);
    note(one, losses.one + captionLoss("one"));
    note(other, losses.other + captionLoss("other"));
  }
  return lacking;
}

function lossesOf({ otherOnOne, oneOnOther, colour, isFramed, isEnlarged }: Laying): { readonly one: number; readonly other: number } {
  const [ofOne, ofOther] = [shareCovered(otherOnOne), shareCovered(oneOnOther)];
  const losses = {
    one: (colour.one === "grey" ? GREY_LOSS : 0) + (isEnlarged.one ? ENLARGED_LOSS : 0),
    other: (colour.other === "grey" ? GREY_LOSS : 0) + (isEnlarged.other ? ENLARGED_LOSS : 0),
  };
  // The other is a part of the one: a crop of it, or the picture that the one is a screenshot of.
  if (ofOne < WHOLE_FROM && ofOther >= WHOLE_FROM) losses[isFramed.one ? "one" : "other"] += 1 - ofOne;
  if (ofOther < WHOLE_FROM && ofOne >= WHOLE_FROM) losses[isFramed.other ? "other" : "one"] += 1 - ofOther;
  return losses;
}

/** @returns the same contents where nothing changes by it */
export function withViews(contents: RankedContents, lacking: ReadonlyMap<ContentId, number>, choice: KeeperChoice): RankedContents {
  const viewOf = (id: ContentId) => -(lacking.get(id) ?? 0);
  const changed = [...contents.values()].filter(({ id, candidates }) => candidates.some(({ merits }) => merits.view !== viewOf(id)));
  if (changed.length === 0) return contents;
  const seen = new Map(contents);
  for (const content of changed) {
    const candidates = content.candidates.map((candidate) => ({ ...candidate, merits: { ...candidate.merits, view: viewOf(content.id) } }));
    seen.set(content.id, { ...content, candidates });
  }
  return inKeeperOrder(seen.values(), choice);
}
