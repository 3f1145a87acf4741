/**
 * What a photo says of itself, in words.
 */

import type { LibraryContent } from "../../core/library/contents.ts";
import { isoCaptureTime } from "../../core/photos/capture-time.ts";
import type { Exposure } from "../../core/photos/exposure.ts";
import { byteSize, printablePath } from "../words.ts";

/** "4000 × 3000 heic, 4 MB", and whether its file is damaged. */
export function sizeWords({ facts: { width, height, format, isWhole }, bytes }: LibraryContent): string {
  return `${width} × ${height} ${format}, ${byteSize(bytes)}${isWhole === false ? ", damaged" : ""}`;
}

/** "2019-03-21 11:04:22, Maker Model 1"; empty where neither is written. */
export function takenWords({ takenAt, camera }: Exposure): string {
  const time = takenAt === null ? [] : [isoCaptureTime({ ...takenAt, fraction: null, offsetMinutes: null }).replace("T", " ")];
  return [...time, ...(camera === null ? [] : [cameraWords(camera)])].join(", ");
}

/** Many makers begin the model with their name: "Canon EOS R5", and not "Canon Canon EOS R5". */
function cameraWords(camera: string): string {
  const [make = "", model = ""] = camera.split(" ");
  return printablePath(make.toLowerCase() === model.toLowerCase() ? camera.slice(make.length + 1) : camera);
}
