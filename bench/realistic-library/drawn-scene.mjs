/**
 * Pictures drawn from a seed, where there are too few photos: landscapes, towns, tables and walls, each with its own light,
 * outlines and things in it. They are no photos, but no two are alike, and grain is laid over them as over all others.
 */

/**
 * @param {() => number} random
 * @param {number} width
 * @param {number} height
 * @returns {string} SVG
 */
export function drawScene(random, width, height) {
  const layers = [sky, hills, town, pattern, things, subjects].filter((_, index) => index === 0 || random() < 0.62);
  const parts = (layers.length > 2 ? layers : [sky, pattern, things]).map((draw) => draw(random, width, height));
  return svg(width, height, parts.join(""));
}

/**
 * People, balls and dogs in the foreground, on nothing.
 * @param {() => number} random
 * @param {number} width
 * @param {number} height
 * @param {number} [shift] how far they have moved, as a share of the width
 * @returns {string} SVG
 */
export function drawSubjects(random, width, height, shift = 0) {
  return svg(width, height, `<g transform="translate(${(shift * width).toFixed(1)} 0)">${subjects(random, width, height)}</g>`);
}

/**
 * A screen of an app: those of one app differ only in what is written on them, here lines of words drawn as bars.
 * @param {() => number} random
 * @param {"chat" | "settings" | "article"} app
 * @returns {string} SVG
 */
export function drawScreen(random, app, width, height) {
  const lines = [];
  let y = height * 0.1;
  while (y < height * 0.9) {
    const rows = app === "settings" ? 1 : 1 + Math.floor(random() * 4);
    const mine = app === "chat" && random() < 0.5;
    const left = app === "chat" ? width * (mine ? 0.3 : 0.05) : width * 0.08;
    const span = app === "chat" ? width * 0.62 : width * 0.84;
    const high = rows * 26 + 24;
    if (app === "chat") lines.push(rectangle(left, y, span, high, mine ? "#cdeccd" : "#ffffff", 14));
    for (let row = 0; row < rows; row++) lines.push(words(random, left + 16, y + 16 + row * 26, span - 32));
    if (app === "article" && random() < 0.15) lines.push(rectangle(left, y + high, span, 150, colour(random), 0));
    y += high + (app === "article" && random() < 0.15 ? 170 : 18);
  }
  const bar = rectangle(0, 0, width, height * 0.08, app === "chat" ? "#2a6f5e" : "#e8e8ee", 0);
  return svg(width, height, rectangle(0, 0, width, height, app === "chat" ? "#e9e2d8" : "#fbfbfd", 0) + bar + lines.join(""));
}

function words(random, x, y, span) {
  const bars = [];
  for (let at = 0; at < span * (0.4 + random() * 0.6); ) {
    const wide = 12 + random() * 60;
    if (at + wide > span) break;
    bars.push(rectangle(x + at, y, wide, 11, "#30343a", 2));
    at += wide + 8;
  }
  return bars.join("");
}

function sky(random, width, height) {
  const [high, low] = [colour(random), colour(random)];
  const angle = Math.floor(random() * 180);
  const gradient = `<linearGradient id="sky" gradientTransform="rotate(${angle} 0.5 0.5)"><stop offset="0" stop-color="${high}"/><stop offset="1" stop-color="${low}"/></linearGradient>`;
  const sun = random() < 0.5 ? circle(random() * width, random() * height * 0.5, 20 + random() * 110, colour(random, 80)) : "";
  return `<defs>${gradient}</defs><rect width="${width}" height="${height}" fill="url(#sky)"/>${sun}`;
}

/** Ranges one before the other, each a line that was broken in its middle again and again. */
function hills(random, width, height) {
  const ranges = 1 + Math.floor(random() * 4);
  return Array.from({ length: ranges }, (_, range) => {
    let line = [height * (0.3 + random() * 0.5), height * (0.3 + random() * 0.5)];
    for (let rough = height * 0.35; line.length < 65; rough *= 0.55)
      line = line.flatMap((y, index) => (index === 0 ? [y] : [(line[index - 1] + y) / 2 + (random() - 0.5) * rough, y]));
    const points = line.map((y, index) => `${((index / 64) * width).toFixed(1)},${(y + range * height * 0.08).toFixed(1)}`);
    return `<polygon points="0,${height} ${points.join(" ")} ${width},${height}" fill="${colour(random)}"/>`;
  }).join("");
}

function town(random, width, height) {
  const ground = height * (0.5 + random() * 0.4);
  let houses = "";
  for (let x = -random() * 90; x < width; ) {
    const [wide, high] = [40 + random() * 170, height * (0.1 + random() * 0.45)];
    houses += rectangle(x, ground - high, wide, high + height - ground, colour(random), 0);
    const [across, down] = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 7)];
    const pane = colour(random, 60);
    for (let i = 0; i < across * down; i++) {
      const left = x + ((i % across) + 0.25) * (wide / across);
      houses += rectangle(
        left,
        ground - high + (Math.floor(i / across) + 0.3) * (high / down),
        wide / across / 2,
        high / down / 2.5,
        pane,
        0,
      );
    }
    x += wide + random() * 60;
  }
  return houses;
}

/** A wall, a cloth or a floor in part of the picture. */
function pattern(random, width, height) {
  const [left, top] = [random() * width * 0.6, random() * height * 0.6];
  const [wide, high] = [width * (0.25 + random() * 0.6), height * (0.2 + random() * 0.5)];
  const [step, inks] = [14 + random() * 50, [colour(random), colour(random), colour(random)]];
  let marks = rectangle(left, top, wide, high, inks[0], 0);
  const round = random() < 0.4;
  for (let y = 0; y < high; y += step)
    for (let x = 0; x < wide; x += step * 1.3) {
      const ink = inks[1 + Math.floor(random() * 2)];
      marks += round
        ? circle(left + x, top + y, step * (0.1 + random() * 0.3), ink)
        : rectangle(left + x, top + y, step * random(), step * 0.6, ink, 0);
    }
  return `<g transform="rotate(${((random() - 0.5) * 50).toFixed(1)} ${width / 2} ${height / 2})">${marks}</g>`;
}

/** Leaves, stones, plates, boxes: many small things of a few kinds. */
function things(random, width, height) {
  const kinds = Array.from({ length: 2 + Math.floor(random() * 3) }, () => {
    const corners = 3 + Math.floor(random() * 9);
    const size = 15 + random() * 110;
    const outline = Array.from({ length: corners }, (_, corner) => {
      const [angle, radius] = [(corner / corners) * 2 * Math.PI, size * (0.35 + random() * 0.65)];
      return `${(Math.cos(angle) * radius).toFixed(1)},${(Math.sin(angle) * radius).toFixed(1)}`;
    });
    return { outline: outline.join(" "), ink: colour(random), edge: colour(random) };
  });
  return Array.from({ length: 8 + Math.floor(random() * 45) }, () => {
    const { outline, ink, edge } = kinds[Math.floor(random() * kinds.length)];
    const place = `translate(${(random() * width).toFixed(1)} ${(random() * height).toFixed(1)}) rotate(${Math.floor(random() * 360)})`;
    return `<polygon points="${outline}" fill="${ink}" stroke="${edge}" stroke-width="4" transform="${place}"/>`;
  }).join("");
}

function subjects(random, width, height) {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const high = height * (0.25 + random() * 0.4);
    const [x, foot] = [width * (0.15 + random() * 0.7), height * (0.75 + random() * 0.22)];
    const [coat, legs, skin, hair] = [colour(random), colour(random), colour(random, 40), colour(random)];
    const head = high * 0.12;
    return [
      rectangle(x - high * 0.1, foot - high * 0.42, high * 0.2, high * 0.42, legs, 6),
      `<ellipse cx="${x.toFixed(1)}" cy="${(foot - high * 0.58).toFixed(1)}" rx="${(high * (0.13 + random() * 0.1)).toFixed(1)}" ry="${(high * 0.22).toFixed(1)}" fill="${coat}"/>`,
      circle(x, foot - high * 0.88, head, skin),
      `<path d="M${(x - head).toFixed(1)} ${(foot - high * 0.9).toFixed(1)}a${head.toFixed(1)} ${head.toFixed(1)} 0 0 1 ${(2 * head).toFixed(1)} 0z" fill="${hair}"/>`,
    ].join("");
  }).join("");
}

function colour(random, lighter = 0) {
  const light = Math.min(92, 18 + random() * 62 + lighter / 2);
  return `hsl(${Math.floor(random() * 360)} ${Math.floor(15 + random() * 60)}% ${light.toFixed(0)}%)`;
}

function rectangle(x, y, width, height, ink, round) {
  return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="${round}" fill="${ink}"/>`;
}

function circle(x, y, radius, ink) {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="${ink}"/>`;
}

function svg(width, height, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
}
