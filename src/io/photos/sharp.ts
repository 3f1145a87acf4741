/**
 * sharp as every part of dupfind uses it: one thread for each picture, no cache, and no other loader than those for photos.
 * Only importer of its package.
 */
import { loadNativePart } from "../native-part.ts";
import { VIPS_FORMATS } from "./codecs/vips-formats.ts";

export type { Metadata, Sharp } from "sharp";

export const sharp = await loadNativePart("sharp", async () => (await import("sharp")).default);

// Photos, not their rows, are what runs side by side.
sharp.concurrency(1);
sharp.cache(false);

// A file is opened by what it holds, not by its name, and an SVG may draw the files beside it. What overlays dupfind writes on
// pictures are SVG too, but they come from memory.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [...new Set(Object.values(VIPS_FORMATS).map(({ loader }) => loader)), "VipsForeignLoadSvgBuffer"],
});

/** Of the library that decodes, and of the codecs in it that photos need. */
export function decoderVersions(): Readonly<Record<string, string>> {
  const { sharp: own, vips: libvips, ...others } = sharp.versions as Record<string, string | undefined>;
  const libraries = Object.values(VIPS_FORMATS).flatMap(({ libraries }) => libraries.map((name) => [name, others[name]] as const));
  const versions = [["sharp", own], ["libvips", libvips], ...libraries, ["lcms", others["lcms"]]] as const;
  return Object.fromEntries(versions.flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])));
}
