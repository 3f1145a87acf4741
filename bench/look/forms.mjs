/**
 * Kinds made of drawn pages: one form with other content, with one number changed, stamped, scanned again, saved again, and one
 * screen in several languages.
 */
import { readFileSync, writeFileSync } from "node:fs";
import sharp from "sharp";
import { PAPERS, SCREENS } from "./drawn-pages.mjs";
import { randomFor } from "./gathering.mjs";
import { ALTERED } from "./photo-alterations.mjs";
import { photographedScreen } from "./photo-copies.mjs";
import { between, fitted, oneOf } from "./picture.mjs";
import { photographed, rescanned } from "./rescans.mjs";
import { contentOf, LANGUAGES, MENU } from "./words.mjs";

const OTHERS = 4;

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {{ each?: number }} [options] forms of each kind of page
 */
export async function addForms(gathering, { each = 8 } = {}) {
  for (const [pages, isPaper] of /** @type {const} */ ([
    [PAPERS, true],
    [SCREENS, false],
  ]))
    for (const [name, page] of Object.entries(pages))
      for (let form = 0; form < each; form++) {
        const source = `${name} ${form}`;
        await addForm(gathering, { name, source, page, isPaper });
        if (name in MENU_PAGES) await addLanguages(gathering, { name, source, page });
      }
}

/** Pages on which nothing but the language differs. */
const MENU_PAGES = { settings: true, article: true, invoice: true };

async function addForm(gathering, { name, source, page, isPaper }) {
  const group = isPaper ? "papers" : "screens";
  const languages = randomFor(source, "language");
  const language = name === "settings" ? "en" : oneOf(languages, LANGUAGES);
  const contents = Array.from({ length: name === "settings" ? 1 : OTHERS + 1 }, (_, at) => contentOf(`${source}, ${at}`, { language }));
  const drawn = [];
  for (const [at, content] of contents.entries()) drawn.push(await draw(gathering, group, source, `content ${at}`, page, content));
  for (let one = 0; one < drawn.length; one++)
    for (let other = one + 1; other < drawn.length; other++)
      gathering.add(`${group}: ${name}, other content`, drawn[one], drawn[other], "different");

  const [first] = drawn;
  const changed = await drawChanged(first, numbersToChange(source, contents[0]), (changed) =>
    draw(gathering, group, source, `${changed} changed`, page, contentOf(`${source}, 0`, { language, changed })),
  );
  if (changed !== undefined) gathering.add(`${group}: one number changed`, first, changed, "altered");
  await addMade(gathering, `${group}: stamped`, first, "altered", (random) => stamped(first.path, random));
  if (isPaper) {
    await addMade(gathering, "papers: rescans", first, "same", (random) => rescanned(first.path, random));
    await addMade(gathering, "papers: photographed", first, "same", (random) => photographed(first.path, random));
  } else {
    await addMade(gathering, "screens: saved again", first, "same", (random) => savedAgain(first.path, random));
    await addMade(gathering, "screens: photographed", first, "same", async (random) =>
      photographedScreen(await fitted(first.path, 1400), random),
    );
  }
}

/** The first change that shows, if any does: another number may by chance be the same one, or lie below the end of its page. */
async function drawChanged(first, places, drawWith) {
  for (const place of places) {
    const changed = await drawWith(place);
    if (!readFileSync(changed.path).equals(readFileSync(first.path))) return changed;
  }
  return undefined;
}

async function addLanguages(gathering, { name, source, page }) {
  const drawn = [];
  for (const language of Object.keys(MENU))
    drawn.push(await draw(gathering, "languages", source, language, page, contentOf(`${source}, 0`, { language })));
  for (let one = 0; one < drawn.length; one++)
    for (let other = one + 1; other < drawn.length; other++)
      gathering.add(`drawn ${name} in two languages`, drawn[one], drawn[other], "different");
}

async function draw(gathering, group, source, name, page, content) {
  const path = gathering.place(group, `${source}, ${name}.png`);
  writeFileSync(
    path,
    await sharp(Buffer.from(page(randomFor(source, "layout"), content)))
      .flatten()
      .png()
      .toBuffer(),
  );
  return { path, source };
}

async function addMade(gathering, kind, picture, truth, make) {
  const what = kind.replace(/^.*: /, "");
  const path = gathering.place(kind, `${picture.source}, ${what}.jpg`);
  writeFileSync(path, await make(randomFor(picture.source, what)));
  gathering.add(kind, picture, { path, source: picture.source }, truth);
}

async function stamped(path, random) {
  return ALTERED.stamp(await fitted(path, 2400), random);
}

/** As a messenger does: smaller, and in strong JPEG. */
async function savedAgain(path, random) {
  const { width } = await sharp(path).metadata();
  return sharp(path)
    .resize(Math.round(width * between(random, 0.45, 1)))
    .jpeg({ quality: Math.round(between(random, 30, 80)) })
    .toBuffer();
}

/** All that are drawn, one of them first: sums, dates and times, no words. */
function numbersToChange(source, content) {
  const places = [...content.places];
  const first = oneOf(randomFor(source, "number to change"), places);
  return [first, ...places.filter((place) => place !== first)];
}
