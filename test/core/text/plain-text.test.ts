import { describe, expect, test } from "vitest";
import { plainName, plainText } from "../../../src/core/text/plain-text.ts";

const UNSEEN: readonly (readonly [string, string, string])[] = [
  ["ESC", "\u001b[31m", "\\u001b[31m"],
  ["a bell", "\u0007", "\\u0007"],
  ["a carriage return", "\r", "\\r"],
  ["a tab", "\t", "\\t"],
  ["DEL", "\u007f", "\\u007f"],
  ["CSI as one character of C1", "\u009b2J", "\\u009b2J"],
  ["a soft hyphen", "\u00ad", "\\u00ad"],
  ["an Arabic letter mark", "\u061c", "\\u061c"],
  ["a zero-width space, joiner and non-joiner", "\u200b\u200c\u200d", "\\u200b\\u200c\\u200d"],
  ["marks of direction", "\u200e\u200f", "\\u200e\\u200f"],
  ["embeddings and overrides", "\u202a\u202b\u202c\u202d\u202e", "\\u202a\\u202b\\u202c\\u202d\\u202e"],
  ["isolates", "\u2066\u2067\u2068\u2069", "\\u2066\\u2067\\u2068\\u2069"],
  ["line and paragraph separators", "\u2028\u2029", "\\u2028\\u2029"],
  ["a word joiner and a byte order mark", "\u2060\ufeff", "\\u2060\\ufeff"],
  ["marks around a text between lines", "\ufff9\ufffa\ufffb", "\\ufff9\\ufffa\\ufffb"],
  ["a Hangul filler", "\u3164", "\\u3164"],
  ["a tag character, in its two parts", "\u{e0041}", "\\udb40\\udc41"],
  ["half a character", "\ud800", "\\ud800"],
];

describe("text for a terminal", () => {
  test.each(UNSEEN)("shows %s escaped", (_what, raw, shown) => {
    expect(plainText(`a${raw}b`)).toBe(`a${shown}b`);
    expect(plainName(`a${raw}b`)).toBe(`a${shown}b`);
  });

  test("keeps what can be seen: letters of every script, accents of both forms, emoji, spaces", () => {
    const seen = "é e\u0301 Ünïcode 日本語 שלום مرحبا हिन्दी 🏔️ ❤️ ½ × a\u00a0b";
    expect(plainText(seen)).toBe(seen);
  });

  test("keeps its lines, while a name stays on one", () => {
    expect(plainText("a\nb\n")).toBe("a\nb\n");
    expect(plainName("a\nb")).toBe("a\\nb");
  });

  test("stays the same JSON", () => {
    const value = { path: UNSEEN.map(([, raw]) => raw).join("/"), lines: "a\nb" };
    expect(JSON.parse(plainText(JSON.stringify(value, null, 2)))).toEqual(value);
  });
});
