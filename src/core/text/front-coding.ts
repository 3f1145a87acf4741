/**
 * Sorted texts with what each shares with the one before left out (front coding; Witten, Moffat and Bell, Managing Gigabytes,
 * 2nd ed., section 4.1): paths of one folder shrink to their names.
 */

/** For each text the number of UTF-16 code units that it shares with the one before, and the rest. */
export type FrontCoded = readonly (readonly [shared: number, rest: string])[];

export function frontCode(texts: readonly string[]): FrontCoded {
  return texts.map((text, i) => {
    const shared = sharedLength(text, i === 0 ? "" : (texts[i - 1] as string));
    return [shared, text.slice(shared)];
  });
}

export function frontDecode(coded: FrontCoded): string[] {
  let before = "";
  return coded.map(([shared, rest]) => {
    before = before.slice(0, shared) + rest;
    return before;
  });
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length] && length < other.length) length++;
  return length;
}
