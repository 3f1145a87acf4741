/**
 * Text for a terminal in which parts stand out. Whoever writes it names the style and no control code: the codes are put in where
 * the text leaves, behind which everything else in it is plain.
 */
import { plainText } from "./plain-text.ts";

/** What a part is, and so how it looks. */
export const TEXT_STYLES = ["title", "keeper", "sure", "doubtful", "faint"] as const;
export type TextStyle = (typeof TEXT_STYLES)[number];

/** Gives a part its style, or leaves it as it is. */
export type Dress = (style: TextStyle, text: string) => string;

/** For files, pipes and who wants no colour. */
export const undressed: Dress = (_, text) => text;

/** Characters that Unicode keeps free for a program's own use, and that a plain name never holds. */
const FIRST_MARK = 0xfdd0;
const END = String.fromCharCode(FIRST_MARK + TEXT_STYLES.length);
const MARK_OF = Object.fromEntries(TEXT_STYLES.map((style, i) => [style, String.fromCharCode(FIRST_MARK + i)])) as Record<
  TextStyle,
  string
>;

export const dressed: Dress = (style, text) => MARK_OF[style] + text + END;

/** Colours of the terminal's own, which its user chose to be read on its background. */
const CODE: Readonly<Record<TextStyle, number>> = { title: 1, keeper: 32, sure: 36, doubtful: 33, faint: 2 };
const CODE_OF_MARK = new Map<string, string>([...TEXT_STYLES.map((style) => [MARK_OF[style], sgr(CODE[style])] as const), [END, sgr(0)]]);
const MARKS = new RegExp(`([${[...CODE_OF_MARK.keys()].join("")}])`);

/** As `plainText`, with the styles as codes of the terminal. */
export function styledText(text: string): string {
  return text
    .split(MARKS)
    .map((piece) => CODE_OF_MARK.get(piece) ?? plainText(piece))
    .join("");
}

function sgr(code: number): string {
  return `\u001b[${code}m`;
}
