/**
 * How an edit is carried out, as the pipeline asks for it.
 */
import type { RgbPixels } from "../photos/photo.ts";
import type { Edit } from "./edits.ts";

/** Carries an edit out; the same bytes of a JPEG or PNG file for the same pixels and edit. */
export type EditPicture = (pixels: RgbPixels, edit: Edit) => Promise<Uint8Array>;
