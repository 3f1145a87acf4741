/**
 * Tells a photo that is damaged from one that could not be read for a moment. A decoder that reads the file itself calls
 * both damage: a failed read looks to it like a file that is cut short.
 */
import { type DecodedPhoto, type IdentifiedPhoto, type SkippedPhoto, TRANSIENT_REASONS } from "../../core/photos/photo.ts";
import type { Decode, Identify, Outcome } from "../../core/photos/ports.ts";

/** The second decode is for a read that failed in the first and works again by now. */
const DECODES = 2;

/**
 * Decodes; gives a reason that is kept for good only where every failed decode was followed by a reading of the whole
 * file that came to the same bytes.
 */
export async function decodeSurely(photo: IdentifiedPhoto, decode: Decode, identify: Identify): Promise<Outcome<DecodedPhoto>> {
  let now = photo;
  for (let decodes = 1; ; decodes++) {
    const decoded = await decode(now);
    if (decoded.ok || TRANSIENT_REASONS.has(decoded.skipped.reason)) return decoded;
    const again = await identify(photo.file);
    if (!again.ok) return again;
    if (again.value.hash !== photo.hash) return { ok: false, skipped: changed(photo) };
    if (decodes === DECODES) return decoded;
    now = again.value; // renamed or touched meanwhile, perhaps
  }
}

function changed({ file }: IdentifiedPhoto): SkippedPhoto {
  return { path: file.path, reason: "changed-while-read", detail: "its bytes differ from one reading to the next" };
}
