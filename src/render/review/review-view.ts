/**
 * A set as a person reviews it: every member beside the one that is shown as the keeper, with what differs in words.
 */
import { fileName } from "../../core/paths.ts";
import type { ReviewChoice } from "../../core/review/choices.ts";
import { type MemberPair, pairOf, type ReviewMember, type ReviewSet, withKeeper } from "../../core/review/review-sets.ts";
import type { FactView, MemberView, PairView, SetView } from "../../core/review/review-view.ts";
import { CLASS_NAMES } from "../duplicates/class-words.ts";
import { differenceWords } from "../duplicates/difference-words.ts";
import { byteSize, counted, printablePath, shownPath, shownSimilarity } from "../words.ts";

interface Shown {
  readonly number: number;
  readonly set: ReviewSet;
  readonly choice: ReviewChoice | null;
  readonly keeper: number;
}

export function viewSet({ number, set, choice, keeper }: Shown, workingFolder: string): SetView {
  const { extras } = withKeeper(set, keeper);
  const kept = set.members[keeper] as ReviewMember;
  const members = set.members.map((member, index): MemberView => {
    const { photo, content } = member;
    const pair = index === keeper ? null : pairOf(set, keeper, index);
    const parted = extras.find((extra) => extra.photo.path === photo.path)?.parted ?? [];
    return {
      path: shownPath(photo.path, workingFolder),
      width: content.facts.width,
      height: content.facts.height,
      facts: factsOf(member, kept),
      note:
        pair === null
          ? ""
          : noteOf(
              member,
              parted.map(({ path }) => path),
            ),
      pair: pair === null ? null : viewPair(kept, member, pair, keeper !== 0 && index !== 0),
    };
  });
  const outside = set.set.outside.length;
  const why = keeper === 0 ? "proposed to stay" : "chosen to stay";
  const more = outside === 0 ? "" : `; ${counted(outside, "more photo lies", "more photos lie")} outside the folders`;
  return { number, class: CLASS_NAMES[set.class], keeper, why: `${why}${more}`, members, chosen: choice };
}

function noteOf({ stays }: ReviewMember, parted: readonly string[]): string {
  if (stays === "protected") return "in a protected folder: it stays";
  if (stays === "outside") return "outside the folders that are reviewed: it stays";
  return parted.length === 0 ? "" : `has ${parted.map((path) => printablePath(fileName(path))).join(", ")}, which the keeper may lack`;
}

function viewPair(kept: ReviewMember, member: ReviewMember, pair: MemberPair, isFar: boolean): PairView {
  const { look } = pair;
  const extra = { ...member, ...pair, similarity: pair.similarity ?? (0 as never), parted: [] };
  const isUnseen = isFar && look === null && (pair.class === "same-picture" || pair.class === "altered" || pair.class === "undecided");
  return {
    class: CLASS_NAMES[pair.class],
    similarity: pair.similarity === null ? "" : shownSimilarity(pair.similarity),
    differences: isUnseen ? "these two were not looked at side by side" : differenceWords(kept, extra),
    boxes: (look?.regions ?? []).map(({ one, other }) => ({ keeper: one, extra: other })),
    extraOnKeeper: look?.laying?.otherOnOne ?? null,
  };
}

function factsOf(member: ReviewMember, kept: ReviewMember): readonly FactView[] {
  const [mine, others] = [valuesOf(member), valuesOf(kept)];
  return mine.map((fact, index) => ({ ...fact, differs: fact.value !== others[index]?.value }));
}

function valuesOf({ content, photo, companions }: ReviewMember): readonly Omit<FactView, "differs">[] {
  const { width, height, format, exposure } = content.facts;
  const taken = exposure.takenAt;
  const date =
    taken === null
      ? `file dated ${new Date(photo.modifiedMs).toISOString().slice(0, 10)}`
      : new Date(taken.wallSeconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  return [
    { name: "pixels", value: `${width} × ${height} ${format.toUpperCase()}` },
    { name: "bytes", value: byteSize(content.bytes) },
    { name: "date", value: date },
    { name: "camera", value: exposure.camera === null ? "no camera" : printablePath(exposure.camera) },
    { name: "companions", value: companions.map(({ path }) => printablePath(fileName(path))).join(", ") || "no companions" },
  ];
}
