/**
 * Kinds that lead an alignment astray or leave it nothing to hold on to: repeating patterns, flags, shelves, moons, flat pictures.
 */
import { readFileSync, writeFileSync } from "node:fs";
import sharp from "sharp";
import { randomFor } from "./gathering.mjs";
import { between, grained, svg } from "./picture.mjs";

/** @typedef {(layout: () => number, detail: () => number, size: { width: number, height: number }) => string} Pattern gives SVG */

/** @type {Readonly<Record<string, Pattern>>} what each brick or pane looks like is the detail's */
const REPEATING = {
  bricks: (layout, detail, size) =>
    grid(size, { wide: between(layout, 60, 110), high: between(layout, 24, 40), shift: 0.5, gap: 5, hue: 12, ground: "#b9b2a6" }, detail),
  tiles: (layout, detail, size) =>
    grid(size, { wide: between(layout, 50, 90), high: 0, shift: 0, gap: 3, hue: 205, ground: "#e9ecec" }, detail),
  windows: (layout, detail, size) =>
    grid(size, { wide: between(layout, 60, 80), high: between(layout, 90, 120), shift: 0, gap: 30, hue: 220, ground: "#9a948c" }, detail),
  fence: (layout, detail, size) =>
    grid(size, { wide: between(layout, 26, 40), high: size.height, shift: 0, gap: 9, hue: 32, ground: "#3d5a2c" }, detail),
  shelf,
};

/** @type {Readonly<Record<string, Pattern>>} */
const BARE = {
  sky: (_layout, detail, size) => gradient(size, [210, between(detail, 50, 90), between(detail, 45, 80)], detail),
  fog: (_layout, detail, size) => gradient(size, [40, 6, between(detail, 65, 85)], detail),
  wall: (_layout, detail, size) => gradient(size, [between(detail, 0, 360), 20, 80], detail),
  dusk: (_layout, detail, size) => gradient(size, [20, 70, between(detail, 30, 60)], detail),
};

const SIZE = { width: 1000, height: 750 };

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {{ each?: number }} [options]
 */
export async function addPatterns(gathering, { each = 10 } = {}) {
  for (const [patterns, kind] of /** @type {const} */ ([
    [REPEATING, "patterns"],
    [BARE, "flat"],
  ]))
    for (const [name, pattern] of Object.entries(patterns))
      for (let number = 0; number < each; number++) {
        const source = `${name} ${number}`;
        const pictures = [];
        for (const detail of ["one", "two", "three"])
          pictures.push(await write(gathering, kind, source, detail, drawn(pattern, source, detail)));
        const [first, second, third] = pictures;
        gathering.add(`${kind}: ${name}, another`, first, second, "different");
        gathering.add(`${kind}: ${name}, another`, first, third, "different");
        gathering.add(`${kind}: ${name}, another`, second, third, "different");
        gathering.add(
          `${kind}: saved again`,
          first,
          await write(gathering, kind, source, "again", sharp(first.path).resize(600).jpeg({ quality: 50 })),
          "same",
        );
        if (kind === "patterns")
          gathering.add(
            "patterns: crop",
            first,
            await write(gathering, kind, source, "crop", sharp(first.path).extract({ left: 300, top: 200, width: 640, height: 500 })),
            "same",
          );
      }
  for (let number = 0; number < 2 * each; number++) await addMoons(gathering, `moon ${number}`);
}

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {readonly { path: string, parts: readonly string[] }[]} flags
 * @param {(paths: readonly string[]) => readonly { readonly one: string, readonly other: string }[]} alike pairs to ask about
 */
export async function addFlags(gathering, flags, alike) {
  /** @type {Map<string, string>} */
  const countries = new Map();
  for (const { path, parts } of flags) {
    const source = `flag ${parts[0]}`;
    const place = gathering.place("flags", `${source}.png`);
    // Out of memory: the program, whose parts are loaded here as well, lets sharp open no file of this format.
    writeFileSync(
      place,
      await sharp(readFileSync(path), { density: 144, limitInputPixels: false })
        .flatten({ background: "#fff" })
        .resize(900, 700, { fit: "inside" })
        .png()
        .toBuffer(),
    );
    countries.set(place, source);
  }
  const picture = (path) => ({ path, source: countries.get(path) });
  for (const { one, other } of alike([...countries.keys()]))
    if (!(await isNearlyEqual(one, other))) gathering.add("flags: of others", picture(one), picture(other), "different");
  for (const [at, path] of [...countries.keys()].entries()) {
    if (at % 5 !== 0) continue;
    const again = gathering.place("flags", `${countries.get(path)}, saved again.jpg`);
    writeFileSync(again, await sharp(path).resize(400).jpeg({ quality: 50 }).toBuffer());
    gathering.add("flags: saved again", picture(path), { path: again, source: countries.get(path) }, "same");
  }
}

/** France has its flag at several places of the world. */
async function isNearlyEqual(one, other) {
  const [a, b] = await Promise.all([one, other].map((path) => sharp(path).resize(64, 64, { fit: "fill" }).removeAlpha().raw().toBuffer()));
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at] - b[at]);
  return sum / a.length < 6;
}

async function addMoons(gathering, source) {
  const make = async (name, phase, blur) => {
    const random = randomFor(source, name);
    const craters = Array.from({ length: 60 }, () => {
      const [angle, far] = [random() * 2 * Math.PI, Math.sqrt(random()) * 235];
      return `<circle cx="${500 + far * Math.cos(angle)}" cy="${375 + far * Math.sin(angle)}" r="${2 + random() ** 3 * 40}" fill="#000" fill-opacity="${0.05 + random() * 0.12}"/>`;
    });
    const shadow = `<ellipse cx="${500 - phase * 250}" cy="375" rx="250" ry="255" fill="#04060c" fill-opacity="0.93"/>`;
    const drawing = svg(
      1000,
      750,
      `<rect width="1000" height="750" fill="#04060c"/><circle cx="500" cy="375" r="250" fill="#d9d6cc"/>${craters.join("")}${shadow}`,
    );
    return sharp(await grained(await sharp(Buffer.from(drawing)).blur(blur).png().toBuffer(), random, 4));
  };
  const one = await write(gathering, "moons", source, "one", await make("one", 0.9, 1.2));
  const two = await write(gathering, "moons", source, "two", await make("two", 1.15, 1.2));
  gathering.add("patterns: moon, another", one, two, "different");
  gathering.add(
    "patterns: moon, saved again",
    one,
    await write(gathering, "moons", source, "again", sharp(one.path).resize(500).jpeg({ quality: 60 })),
    "same",
  );
}

async function drawn(pattern, source, detail) {
  const drawing = pattern(randomFor(source, "layout"), randomFor(source, detail), SIZE);
  return sharp(await grained(await sharp(Buffer.from(drawing)).blur(0.8).png().toBuffer(), randomFor(source, detail, "grain"), 3));
}

/** @param {import("sharp").Sharp | Promise<import("sharp").Sharp>} made */
async function write(gathering, kind, source, name, made) {
  const path = gathering.place(kind, `${source}, ${name}.jpg`);
  writeFileSync(path, await (await made).jpeg({ quality: name === "again" ? 50 : 90 }).toBuffer());
  return { path, source };
}

function grid({ width, height }, { wide, high, shift, gap, hue, ground }, detail) {
  const tall = high || wide;
  const cells = [];
  for (let row = -1; row * tall < height; row++)
    for (let column = -1; column * wide < width; column++) {
      const x = column * wide + (row % 2 === 0 ? 0 : shift * wide);
      const fill = `hsl(${hue + detail() * 14} ${25 + detail() * 25}% ${32 + detail() * 30}%)`;
      cells.push(`<rect x="${x}" y="${row * tall}" width="${wide - gap}" height="${tall - gap}" fill="${fill}"/>`);
    }
  return svg(width, height, `<rect width="100%" height="100%" fill="${ground}"/>${cells.join("")}`);
}

/** Boxes and bottles in rows; which of them stands where is the detail. */
function shelf(layout, detail, { width, height }) {
  const goods = Array.from({ length: 6 }, () => ({
    hue: layout() * 360,
    wide: between(layout, 40, 80),
    high: between(layout, 90, 150),
    round: layout() < 0.5 ? 18 : 2,
  }));
  const parts = [];
  for (let y = 180; y <= height; y += 185) {
    for (let x = 8; x < width; ) {
      const { hue, wide, high, round } = goods[Math.floor(detail() * goods.length)];
      for (let copies = 1 + Math.floor(detail() * 4); copies > 0; copies--, x += wide + 4)
        parts.push(
          `<rect x="${x}" y="${y - high}" width="${wide}" height="${high}" rx="${round}" fill="hsl(${hue} 60% 45%)"/><rect x="${x + 5}" y="${y - high * 0.6}" width="${wide - 10}" height="${high * 0.3}" fill="#fff"/>`,
        );
    }
    parts.push(`<rect y="${y}" width="${width}" height="10" fill="#777"/>`);
  }
  return svg(width, height, `<rect width="100%" height="100%" fill="#ddd8cf"/>${parts.join("")}`);
}

function gradient({ width, height }, [hue, saturation, lightness], detail) {
  return svg(
    width,
    height,
    `<defs><linearGradient id="g" x1="${detail() * 0.6}" y1="0" x2="${detail()}" y2="1"><stop offset="0" stop-color="hsl(${hue} ${saturation}% ${lightness}%)"/><stop offset="1" stop-color="hsl(${hue + 10} ${saturation * 0.7}% ${Math.min(96, lightness + between(detail, 5, 25))}%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`,
  );
}
