/**
 * Forms that differ in their figures alone.
 */
import sharp from "sharp";

/** A form with a table of figures: bars of seeded lengths stand for words, so that no font is asked for. */
export async function drawForm(path: string, seed: number): Promise<string> {
  const words = Array.from({ length: 18 * 5 }, (_, i) => {
    const [row, column] = [Math.floor(i / 5), i % 5];
    const letters = Array.from({ length: 6 }, (_unused, k) => {
      const value = column === 0 ? (i * 31 + k * 17) % 5 : (i * 37 + k * 13 + seed * (11 + k)) % 5;
      const [x, y] = [60 + column * 150 + k * 14, 120 + row * 42];
      return `<rect x="${x}" y="${y - value * 3}" width="${4 + value}" height="${8 + value * 3}"/>`;
    });
    return letters.join("");
  });
  const lines = Array.from({ length: 19 }, (_, i) => `<rect x="40" y="${134 + i * 42}" width="760" height="2"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="840" height="960"><rect width="840" height="960" fill="#fff"/>${words.join("")}${lines.join("")}</svg>`;
  await sharp(Buffer.from(svg)).png().toFile(path);
  return path;
}
