/**
 * sharp, which reads pictures and writes them. Only importer of the package.
 */
import { loadNativePart } from "./native-part.ts";

export type { Metadata, Sharp } from "sharp";

/** Its own message goes on for lines, with the packages that a system lacks. */
const CURE = "Install dupfind again with its optional packages, so without --omit=optional and on the system where it is to run";

export const sharp = await loadNativePart("sharp", async () => (await import("sharp")).default, CURE);
