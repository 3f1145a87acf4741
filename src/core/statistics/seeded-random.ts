/**
 * Numbers that look random and are the same at every run: the dice of a pure core.
 */

/** Gives a number in [0, 1) at each call. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** At most `count` of the items, each as likely as any other, in the order they had (Knuth, TAOCP 2, algorithm 3.4.2 S). */
export function drawWithout<Item>(items: readonly Item[], count: number, random: Random): readonly Item[] {
  let wanted = Math.min(count, items.length);
  return items.filter((_, index) => {
    const taken = random() * (items.length - index) < wanted;
    if (taken) wanted--;
    return taken;
  });
}

/** The items in an order of which each is as likely (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    [mixed[last], mixed[pick]] = [mixed[pick] as Item, mixed[last] as Item];
  }
  return mixed;
}
