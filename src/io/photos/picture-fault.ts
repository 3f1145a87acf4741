/**
 * Why a file gives no picture. What it holds is told by its first bytes, and only of a kind that is decoded does the decoder's word
 * count: of every other it has none, or the wrong one.
 */
import { open } from "node:fs/promises";
import { contentKind, HEAD_BYTES } from "../../core/photos/content-kind.ts";
import type { SkipReason } from "../../core/photos/photo.ts";
import { readFaultWords, systemCode } from "../system-errors.ts";
import { unsupportedInTiff } from "./codecs/tiff-kind.ts";
import { OutOfTime } from "./photo-clock.ts";
import { readAt } from "./read-at.ts";

export interface PictureFault {
  readonly ok: false;
  readonly reason: SkipReason;
  readonly detail: string;
}

export function fault(reason: SkipReason, detail: string): PictureFault {
  return { ok: false, reason, detail };
}

/** @param limitMs that it had */
export function tooSlow(limitMs: number): PictureFault {
  return fault("too-slow", `it came to no end in ${Number((limitMs / 1000).toPrecision(3))} s`);
}

/** What an error of the decoder or of the file system means for a photo. */
export async function explainFault(path: string, error: unknown): Promise<PictureFault> {
  if (error instanceof OutOfTime) return tooSlow(error.limitMs); // nothing more is read of it: that may not return either
  try {
    return systemFault(error) ?? (await faultByContent(path, error));
  } catch (unread) {
    return systemFault(unread) ?? fault("unreadable", String(unread));
  }
}

/** @returns null for what is no error of the file system's */
export function systemFault(error: unknown): PictureFault | null {
  const code = systemCode(error);
  if (code === "ENOENT" || (error instanceof Error && /file is missing/i.test(error.message))) return fault("vanished", "");
  return code === null ? null : fault("unreadable", readFaultWords(code));
}

async function faultByContent(path: string, error: unknown): Promise<PictureFault> {
  const head = await readHead(path);
  const kind = contentKind(head);
  if (kind === null)
    return fault("not-an-image", head.every((byte) => byte === 0) ? "it begins with zeros" : "it begins as no known kind of image does");
  if (kind.is === "other") return fault("not-an-image", `it begins as ${kind.name} do`);
  if (kind.is === "undecoded") return fault("unsupported-format", `${kind.name} are not decoded`);
  const unsupported = kind.name === "TIFF images" ? await unsupportedInTiff(path) : null;
  if (unsupported !== null) return fault("unsupported-format", `${kind.name} with ${unsupported} are not decoded`);
  return faultByWords(error);
}

function faultByWords(error: unknown): PictureFault {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").map((line) => line.trim());
  // Seeking past the end is how a file that was cut off shows, and is said once for each attempt.
  const said = lines.filter((line) => line !== "" && !line.includes("bad seek to"));
  const telling = said[0]?.endsWith(":") ? said.slice(0, 2).join(" ") : said[0];
  if (telling === undefined) return fault("damaged", "the file ends before the image does");
  if (/unsupported image format|corrupt header:$/i.test(telling)) return fault("damaged", "its header cannot be read");
  if (/exceeds user limit|beyond the .* limit/i.test(telling)) return fault("too-large", telling);
  // A reference to what is not there is called unsupported too.
  if (/invalid input/i.test(telling)) return fault("damaged", telling);
  // JPEG's own words for bytes where no marker can stand; kinds of JPEG that are not decoded are called processes.
  if (/unsupported marker type/i.test(telling)) return fault("damaged", telling);
  if (/unsupported|not supported|not configured|not implemented/i.test(telling)) return fault("unsupported-format", telling);
  return fault("damaged", telling === "Unknown error" ? "the decoder stopped and gave no reason" : telling);
}

/** The bytes that tell what a file holds. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    return await readAt(file, 0, HEAD_BYTES);
  } finally {
    await file.close();
  }
}
