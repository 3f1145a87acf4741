/**
 * What the page asks of the program that serves it.
 */
import { type ChoiceReply, type PlanReply, SETS_A_PAGE, type SetsPage, type SetView } from "../../core/review/review-view.ts";

/** The program is no longer there. */
export class Ended extends Error {}

/** Sets that were asked for, as they stood when they came. */
const sets = new Map<number, SetView>();
const coming = new Map<number, Promise<SetsPage>>();

export function knownSet(number: number): SetView | undefined {
  return sets.get(number);
}

export function rememberSet(set: SetView): void {
  sets.set(set.number, set);
}

/** For after many sets were changed at once. */
export function forgetSets(): void {
  sets.clear();
}

export async function firstPage(): Promise<SetsPage> {
  return remember(await ask<SetsPage>("sets"));
}

export async function setAt(number: number): Promise<SetView | undefined> {
  const start = number - (number % SETS_A_PAGE);
  if (!sets.has(number)) {
    const page = coming.get(start) ?? ask<SetsPage>(`sets/${start}`);
    coming.set(start, page);
    try {
      remember(await page);
    } finally {
      coming.delete(start);
    }
  }
  return sets.get(number);
}

/** With another member as the keeper; nothing is chosen by it. */
export function setWithKeeper(number: number, keeper: number): Promise<SetView> {
  return ask<SetView>(`set/${number}/${keeper}`);
}

export function tell(question: object): Promise<ChoiceReply> {
  return ask<ChoiceReply>("choose", question);
}

export function askForPlan(): Promise<PlanReply> {
  return ask<PlanReply>("plan", {});
}

function remember(page: SetsPage): SetsPage {
  for (const set of page.sets) sets.set(set.number, set);
  return page;
}

async function ask<Answer>(place: string, question?: object): Promise<Answer> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(question) };
  try {
    const response = await fetch(place, question === undefined ? {} : post);
    return (await response.json()) as Answer;
  } catch {
    throw new Ended();
  }
}
