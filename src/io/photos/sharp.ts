/**
 * sharp as every part of dupfind uses it: one thread for each picture, no cache, and no other loader than those for photos.
 * Only importer of its package.
 */
import { loadNativePart } from "../native-part.ts";

export type { Metadata, Sharp } from "sharp";

/** Its own message goes on for lines, with the packages that a system lacks. */
const CURE = "Install dupfind again with its optional packages: without --omit=optional, and on the system where it will run";

export const sharp = await loadNativePart("sharp", async () => (await import("sharp")).default, CURE);

// Photos, not their rows, are what runs side by side.
sharp.concurrency(1);
sharp.cache(false);

// A file is opened by what it holds, not by its name, and an SVG may draw the files beside it. What overlays dupfind writes on
// pictures are SVG too, but they come from memory.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpeg",
    "VipsForeignLoadPng",
    "VipsForeignLoadWebp",
    "VipsForeignLoadTiff",
    "VipsForeignLoadNsgif",
    "VipsForeignLoadHeif",
    "VipsForeignLoadSvgBuffer",
  ],
});
