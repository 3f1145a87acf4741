/**
 * Text from outside as a terminal may have it: nothing in it moves the cursor, turns the reading direction or stands there unseen.
 */

/**
 * Control characters, what Unicode calls no character, surrogates without their other half, line and paragraph separators, whatever turns
 * the reading direction, and whatever no font shows but the selectors that make a sign an emoji (Unicode Standard Annex 44,
 * Bidi_Control and Default_Ignorable_Code_Point). The marks around a text between lines are neither.
 */
const UNSEEN =
  /[\p{Cc}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** Runs of what may hold an unseen character: most text is none of it, and is gone through ten times as fast without Unicode's classes. */
const UNUSUAL = /[^\n\x20-\x7e]+/g;

/** For text in lines: every unseen character but a line's end is written as JSON would escape it, so that JSON stays the same JSON. */
export function plainText(text: string): string {
  return text.replace(UNUSUAL, plainName);
}

/** For a name, which may hold a line break too: it stays on one line. */
export function plainName(name: string): string {
  return name.replace(UNSEEN, escaped);
}

/** "\n", "\u202e"; in two parts where a character takes two. */
function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  if (short !== character) return short;
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}
