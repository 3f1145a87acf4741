/**
 * From choices to sets whose extras go. What a person kept in one set stays, whatever was chosen in another.
 */
import type { DuplicateSet } from "../duplicates/duplicate-sets.ts";
import type { ReviewChoice } from "./choices.ts";
import { type ReviewSet, withKeeper } from "./review-sets.ts";

export interface ChosenSet {
  readonly set: ReviewSet;
  readonly choice: ReviewChoice;
  /** Number of the member. */
  readonly keeper: number;
}

export interface ChosenSets {
  /** Each with the extras that go, none with none. */
  readonly sets: readonly DuplicateSet[];
  /** Extras that stay, since another choice keeps them. */
  readonly keptElsewhere: number;
}

export function chosenSets(chosen: readonly ChosenSet[]): ChosenSets {
  const going = chosen.filter(({ choice }) => choice === "extras-go").map(({ set, keeper }) => withKeeper(set, keeper));
  const kept = new Set(going.map(({ keeper }) => keeper.photo.path));
  for (const { set, choice } of chosen) if (choice !== "extras-go") for (const { photo } of set.members) kept.add(photo.path);
  const taken = new Set<string>();
  let keptElsewhere = 0;
  const sets = going.flatMap((set) => {
    const extras = set.extras.filter(({ photo: { path } }) => {
      if (kept.has(path)) keptElsewhere++;
      const isFirst = !kept.has(path) && !taken.has(path);
      taken.add(path);
      return isFirst;
    });
    return extras.length === 0 ? [] : [{ ...set, extras }];
  });
  return { sets, keptElsewhere };
}
