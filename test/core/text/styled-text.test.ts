import { describe, expect, test } from "vitest";
import { plainName } from "../../../src/core/text/plain-text.ts";
import { dressed, styledText, TEXT_STYLES, undressed } from "../../../src/core/text/styled-text.ts";

describe("text with styles", () => {
  test.each(TEXT_STYLES)("shows %s by a code before it and one behind", (style) => {
    expect(styledText(`a ${dressed(style, "word")} b\n`).replaceAll("\u001b", "ESC")).toMatch(/^a ESC\[\d+mwordESC\[0m b\n$/);
    expect(undressed(style, "word")).toBe("word");
  });

  test("lets no other code through", () => {
    expect(styledText(dressed("title", "a\u001b[2Jb\u202e"))).toBe("\u001b[1ma\\u001b[2Jb\\u202e\u001b[0m");
  });

  test("a name cannot give itself a style", () => {
    expect(styledText(plainName(dressed("title", "name")))).toBe("\\ufdd0name\\ufdd5");
  });
});
