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
/** Share of each other that two pictures show from which on they are one view, at two sizes or saved again. */
const ONE_VIEW_FROM = 0.98;
/** What colours are worth beside a share of the picture. */
const GREY_LOSS = 0.5;
/** An enlargement shows the whole, and still is behind what it was made of. */
const ENLARGED_LOSS = 0.02;
/** So is a picture with a caption beside it, however thin the bar is. */
const CAPTION_LOSS = 0.02;

/**
 * What each content lacks beside the fullest picture that it was seen to be a copy of, in [0, 1]; those that lack nothing are left out.
 * Pictures of one view lack alike: each was laid on the fuller one by a look of its own, or by none, and what such looks differ by in the
 * last digit must not choose between them. An enlargement lacks alone.
 */
export function viewsOf(looks: LooksSeen, contents: RankedContents): ReadonlyMap<ContentId, number> {
  const lacking = new Map<ContentId, number>();
  const enlarged = new Set<ContentId>();
  const views = new Views();
  const note = (id: ContentId, loss: number) => {
    if (loss > (lacking.get(id) ?? 0)) lacking.set(id, loss);
  };
  for (const { one, other, look } of looks) {
    const { verdict, laying, regions } = look;
    if (laying === null || (verdict !== "same" && verdict !== "altered") || !contents.has(one) || !contents.has(other)) continue;
    const captionLoss = (side: Side) => (regions.some(({ captioned }) => captioned === side) ? CAPTION_LOSS : 0);
    const losses = lossesOf(laying);
    note(one, losses.one + captionLoss("one"));
    note(other, losses.other + captionLoss("other"));
    if (laying.isEnlarged.one) enlarged.add(one);
    if (laying.isEnlarged.other) enlarged.add(other);
    if (verdict === "same" && isOneView(laying)) views.join(one, other);
  }
  const most = new Map<ContentId, number>();
  for (const [id, loss] of lacking) most.set(views.of(id), Math.max(loss, most.get(views.of(id)) ?? 0));
  const all = [...contents.keys()].map((id) => [id, (most.get(views.of(id)) ?? 0) + (enlarged.has(id) ? ENLARGED_LOSS : 0)] as const);
  return new Map(all.filter(([, loss]) => loss > 0));
}

function isOneView({ otherOnOne, oneOnOther, colour }: Laying): boolean {
  const isGrey = colour.one === "grey" || colour.other === "grey";
  return !isGrey && Math.min(shareCovered(otherOnOne), shareCovered(oneOnOther)) >= ONE_VIEW_FROM;
}

function lossesOf({ otherOnOne, oneOnOther, colour, isFramed }: Laying): { readonly one: number; readonly other: number } {
  const [ofOne, ofOther] = [shareCovered(otherOnOne), shareCovered(oneOnOther)];
  const losses = { one: colour.one === "grey" ? GREY_LOSS : 0, other: colour.other === "grey" ? GREY_LOSS : 0 };
  // The other is a part of the one: a crop of it, or the picture that the one is a screenshot of.
  if (ofOne < WHOLE_FROM && ofOther >= WHOLE_FROM) losses[isFramed.one ? "one" : "other"] += 1 - ofOne;
  if (ofOther < WHOLE_FROM && ofOne >= WHOLE_FROM) losses[isFramed.other ? "other" : "one"] += 1 - ofOther;
  return losses;
}

/** Contents that show one view, joined two by two. */
class Views {
  readonly #nearer = new Map<ContentId, ContentId>();

  /** One content of the view, the same for all of it. Shortens the way to it, so that long chains take no longer the next time. */
  of(id: ContentId): ContentId {
    let last = id;
    for (let next = this.#nearer.get(last); next !== undefined; next = this.#nearer.get(last)) last = next;
    for (let from = id; from !== last; ) {
      const next = this.#nearer.get(from) as ContentId;
      this.#nearer.set(from, last);
      from = next;
    }
    return last;
  }

  join(one: ContentId, other: ContentId): void {
    const [from, to] = [this.of(one), this.of(other)];
    if (from !== to) this.#nearer.set(from, to);
  }
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
