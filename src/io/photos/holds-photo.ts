/**
 * Whether a file whose name leaves it open is a photo, by its first bytes.
 */
import { beginsAsPhoto } from "../../core/photos/content-kind.ts";
import { readHead } from "./picture-fault.ts";

/** @returns false for what cannot be read too */
export async function holdsPhoto(path: string): Promise<boolean> {
  try {
    return beginsAsPhoto(await readHead(path));
  } catch {
    return false;
  }
}
