/**
 * Programs that save photos anew and say so in EXIF's Software, where cameras write the version of what runs in them.
 */

const EDITORS = [
  "adobe",
  "photoshop",
  "lightroom",
  "gimp",
  "darktable",
  "rawtherapee",
  "capture one",
  "dxo",
  "on1",
  "luminar",
  "affinity",
  "pixelmator",
  "digikam",
  "showfoto",
  "picasa",
  "google",
  "snapseed",
  "vsco",
  "instagram",
  "facetune",
  "polarr",
  "acdsee",
  "paint\\.net",
  "paintshop",
  "photoscape",
  "photodirector",
  "photofiltre",
  "corel",
  "irfanview",
  "xnview",
  "faststone",
  "imagemagick",
  "shotwell",
  "krita",
  "aperture",
  "iphoto",
  "apple photos",
  "photos \\d",
  "windows photo",
  "microsoft",
];
/** At the beginning, or behind a maker's name: cameras name themselves and their firmware. */
const EDITOR = new RegExp(`(?:^|\\s)(?:${EDITORS.join("|")})`, "i");

/** @param software as EXIF has it */
export function isEditor(software: string): boolean {
  return EDITOR.test(software);
}
