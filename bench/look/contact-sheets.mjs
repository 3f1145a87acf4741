/**
 * Pages of pairs to look at: two pictures beside each other, with what is true of them and what was said.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import sharp from "sharp";
import { escaped, svg } from "./picture.mjs";

const [COLUMNS, ROWS] = [3, 4];
const [WIDE, HIGH, GAP] = [330, 330, 8];
const TEXT = 58;

/** @typedef {{ readonly a: string, readonly b: string, readonly lines: readonly string[] }} Shown */

/**
 * @param {string} folder
 * @param {string} name of the pages: `name-01.png`
 * @param {readonly Shown[]} pairs
 * @param {number} most pages
 * @returns {Promise<number>} pages written
 */
export async function writeContactSheets(folder, name, pairs, most) {
  mkdirSync(folder, { recursive: true });
  const each = COLUMNS * ROWS;
  const pages = Math.min(most, Math.ceil(pairs.length / each));
  for (let page = 0; page < pages; page++)
    writeFileSync(
      join(folder, `${name}-${String(page + 1).padStart(2, "0")}.png`),
      await drawPage(pairs.slice(page * each, (page + 1) * each)),
    );
  return pages;
}

/** @param {Readonly<Record<string, unknown>>} look @returns {string} its figures, "agreement 0.93, scale 0.5" */
export function figuresOf(look) {
  const told = (value) => (typeof value === "number" ? Number(value.toFixed(3)) : value);
  return Object.entries(look)
    .filter(([name, value]) => name !== "verdict" && ["number", "boolean", "string"].includes(typeof value))
    .map(([name, value]) => `${name} ${told(value)}`)
    .join(", ");
}

/** @param {readonly Shown[]} pairs */
async function drawPage(pairs) {
  const width = COLUMNS * (2 * WIDE + 3 * GAP);
  const height = ROWS * (HIGH + TEXT + GAP);
  const parts = [];
  for (const [at, { a, b, lines }] of pairs.entries()) {
    const left = (at % COLUMNS) * (2 * WIDE + 3 * GAP) + GAP;
    const top = Math.floor(at / COLUMNS) * (HIGH + TEXT + GAP);
    parts.push({ input: Buffer.from(textOf([...lines, `${basename(a)} | ${basename(b)}`])), left, top });
    for (const [side, path] of [a, b].entries())
      parts.push({ input: await thumbnail(path), left: left + side * (WIDE + GAP), top: top + TEXT });
  }
  return sharp({ create: { width, height, channels: 3, background: "#d5d5d8" } })
    .composite(parts)
    .png({ palette: true })
    .toBuffer();
}

function thumbnail(path) {
  return sharp(path)
    .rotate()
    .flatten({ background: "#fff" })
    .resize(WIDE, HIGH, { fit: "inside" })
    .png()
    .toBuffer()
    .catch(() =>
      sharp({ create: { width: WIDE, height: HIGH, channels: 3, background: "#a88" } })
        .png()
        .toBuffer(),
    );
}

function textOf(lines) {
  const rows = lines
    .slice(0, 4)
    .map((line, at) => `<text x="0" y="${13 + at * 14}" font-family="DejaVu Sans" font-size="11.5">${escaped(line)}</text>`);
  return svg(2 * WIDE + GAP, TEXT, rows.join(""));
}
