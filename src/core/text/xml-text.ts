/**
 * Text that XML 1.0 can hold: it has no place for most control characters, not even escaped, nor for halves of characters.
 */

const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Without what has no place in XML, with line breaks as XML reads them, and without space around it. */
export function xmlText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028]/g, "\n")
    .replace(NOT_IN_XML, "")
    .trim();
}
