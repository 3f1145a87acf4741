/**
 * Kinds made of the published screens of real apps: one screen in several languages, other screens of one app, and screens saved
 * again or cropped.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { randomFor } from "./gathering.mjs";
import { photographedScreen } from "./photo-copies.mjs";
import { between, fitted } from "./picture.mjs";
import { APPS, filesOf } from "./sources.mjs";

const LANGUAGES = ["en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "it", "pl-PL", "ru-RU", "ru", "pt-BR"];
const LANGUAGES_AT_MOST = 5;
/** Share of the pixels: with less of it nobody translated the screen, or only its clock differs. */
const LEAST_CHANGED = 0.006;

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {{ clones: string | undefined, folder: string }} where
 * @returns {Promise<readonly string[]>} repositories that are missing
 */
export async function addApps(gathering, where) {
  const missing = [];
  for (const set of APPS) {
    const app = set.repository.replace(/^.*\//, "");
    const screens = new Map();
    const files = filesOf(set, where);
    if (files.length === 0) missing.push(set.repository);
    for (const name of new Set(files.map(({ parts }) => screenOf(parts)))) {
      const source = `${app} ${name}`;
      const shown = LANGUAGES.flatMap((language) => files.filter(({ parts }) => parts[0] === language && screenOf(parts) === name)).slice(
        0,
        LANGUAGES_AT_MOST,
      );
      if (shown.length === 0) continue;
      await addLanguages(gathering, source, shown);
      await addSavedAgain(gathering, source, shown[0].path);
      screens.set(name, shown[0].path);
    }
    const all = [...screens];
    for (const [at, [name, path]] of all.entries())
      for (const [otherName, otherPath] of all.slice(at + 1))
        if (!isSameInDark(name, otherName) && (await changedShare(path, otherPath)) > LEAST_CHANGED)
          gathering.add(
            "apps: other screens of one app",
            { path, source: `${app} ${name}` },
            { path: otherPath, source: `${app} ${otherName}` },
            "different",
          );
  }
  return missing;
}

async function addLanguages(gathering, source, shown) {
  for (const [at, one] of shown.entries())
    for (const other of shown.slice(at + 1))
      if ((await changedShare(one.path, other.path)) > LEAST_CHANGED)
        gathering.add("apps: one screen in two languages", { path: one.path, source }, { path: other.path, source }, "different");
}

async function addSavedAgain(gathering, source, path) {
  const add = async (kind, make) => {
    const place = gathering.place("apps", `${source}, ${kind}.jpg`);
    writeFileSync(place, await make(randomFor(source, kind)));
    gathering.add(`apps: ${kind}`, { path, source }, { path: place, source }, "same");
  };
  const { width = 0, height = 0 } = await sharp(path).metadata();
  await add("saved again", (random) =>
    sharp(path)
      .flatten()
      .resize(Math.round(width * between(random, 0.4, 0.8)))
      .jpeg({ quality: 55 })
      .toBuffer(),
  );
  await add("cropped", () =>
    sharp(path)
      .flatten()
      .extract({ left: 0, top: Math.round(height * 0.05), width, height: Math.round(height * 0.72) })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
  await add("photographed", async (random) =>
    sharp(await photographedScreen(await fitted(path, 1400), random))
      .jpeg({ quality: 75 })
      .toBuffer(),
  );
}

/** The file's name; some apps write the language into that as well, "1_de-DE.png". */
function screenOf([, name]) {
  return name.replace(/_[a-z]{2}-[A-Z]{2}(?=\.)/, "");
}

/** "02_dashboard_dark" after "01_dashboard_light": one screen, in other colours. */
function isSameInDark(one, other) {
  const bare = (name) => name.replace(/^\d+_/, "").replace(/_(dark|light)\b/, "");
  return bare(one) === bare(other);
}

/** Share of the pixels that differ visibly; 1 for other shapes. */
async function changedShare(one, other) {
  const [a, b] = await Promise.all([one, other].map((path) => sharp(path).flatten().greyscale().resize(360).raw().toBuffer()));
  if (a.length !== b.length) return 1;
  let changed = 0;
  for (let at = 0; at < a.length; at++) if (Math.abs(a[at] - b[at]) > 24) changed++;
  return changed / a.length;
}
