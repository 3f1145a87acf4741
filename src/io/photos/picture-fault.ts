/**
 * Why a picture cannot be drawn, and what the errors of decoders and of the file system come to for it.
 */
import type { SkipReason } from "../../core/photos/photo.ts";
import { errorCode } from "../system-errors.ts";

export interface PictureFault {
  readonly ok: false;
  readonly reason: SkipReason;
  readonly detail: string;
}

export function fault(reason: SkipReason, detail: string): PictureFault {
  return { ok: false, reason, detail };
}

/** What an error of sharp or of the file system means for a photo. */
export function faultOf(error: unknown): PictureFault {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").map((line) => line.trim());
  // Seeking past the end is how a file that was cut off shows, and is said once for each attempt.
  const telling = lines.find((line) => line !== "" && !line.includes("bad seek to")) ?? lines[0] ?? "";
  if (/unsupported image format/i.test(telling)) return fault("not-an-image", telling);
  if (/(support is not configured|not supported)$/i.test(telling)) return fault("unsupported-format", telling);
  if (/file is missing/i.test(telling) || errorCode(error) === "ENOENT") return fault("vanished", telling);
  return fault("damaged", telling === "Unknown error" ? "the decoder stopped and gave no reason" : telling);
}
