/**
 * Kinds made of memes: a picture that many wrote their lines on. Captioned and bare are one picture, altered; so are two captions
 * on one picture, and neither may be taken for the other.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { randomFor } from "./gathering.mjs";
import { drawnOver, escaped, fitted, svg } from "./picture.mjs";
import { contentOf } from "./words.mjs";

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {readonly { path: string, parts: readonly string[] }[]} templates
 * @param {{ most?: number }} [options]
 */
export async function addMemes(gathering, templates, { most = 50 } = {}) {
  const step = Math.max(1, Math.floor(templates.length / most));
  for (const { path, parts } of templates.filter((_, at) => at % step === 0)) {
    const source = `meme ${parts[0]}`;
    const template = await fitted(path, 1000);
    if (Math.min(template.width, template.height) < 200) continue;
    const bare = { path, source };
    const made = [];
    for (const name of ["one", "two"]) {
      const place = gathering.place("memes", `${source}, ${name}.jpg`);
      writeFileSync(
        place,
        await sharp(await drawnOver(template.bytes, lines(template, `${source} ${name}`)))
          .jpeg({ quality: 85 })
          .toBuffer(),
      );
      made.push({ path: place, source });
    }
    gathering.add("memes: captioned and bare", bare, made[0], "altered");
    gathering.add("memes: two captions", made[0], made[1], "altered");
    const again = gathering.place("memes", `${source}, one, saved again.jpg`);
    writeFileSync(
      again,
      await sharp(made[0].path)
        .resize(Math.round(template.width * 0.6))
        .jpeg({ quality: 40 })
        .toBuffer(),
    );
    gathering.add("memes: saved again", made[0], { path: again, source }, "same");
  }
}

/** White with black around it, at the head and at the foot. */
function lines({ width, height }, seed) {
  const content = contentOf(seed);
  const size = Math.max(14, Math.min(height / 9, width / 14)) * (0.8 + 0.4 * randomFor(seed)());
  const line = (text, y) =>
    `<text x="50%" y="${y}" text-anchor="middle" font-family="DejaVu Sans Condensed" font-weight="bold" font-size="${size}" fill="#fff" stroke="#000" stroke-width="${size / 8}" paint-order="stroke">${escaped(text.toUpperCase())}</text>`;
  return svg(width, height, line(content.words("head", 3, 5), size * 1.2) + line(content.words("foot", 3, 5), height - size * 0.5));
}
