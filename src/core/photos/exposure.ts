/**
 * Tells copies of one exposure from several exposures of one scene, by what the camera wrote.
 * Similarity cannot: the frames of a burst are closer to each other than a photo is to its own crop.
 */
import type { PixelsHash } from "../units.ts";
import { isOneCamera } from "./camera.ts";

/** When, with what and as which frame a picture was taken, as far as its metadata says. */
export interface Exposure {
  readonly takenAt: CaptureTime | null;
  /** Make and model; null when neither is written. */
  readonly camera: string | null;
  readonly frame: FrameMarks;
  /** When and by what the file was last saved: the one time that some files have. Null wherever `takenAt` is known. */
  readonly saved: SavedTime | null;
}

/** What a camera numbers its frames by; null for what is not written. */
export interface FrameMarks {
  /** EXIF's ImageNumber. */
  readonly number: number | null;
  /** EXIF's ImageUniqueID. */
  readonly id: string | null;
}

export interface SavedTime {
  readonly at: CaptureTime;
  /** The program, or the firmware of a camera that saved it itself. */
  readonly program: string | null;
}

/** A content as far as it tells whether it is a copy of another without being looked at. */
export interface TakenPicture {
  readonly exposure: Exposure;
  /** See `PictureFacts`. */
  readonly pixelsHash: PixelsHash | null;
}

/** A capture time as EXIF writes it: a wall clock, its fraction and its zone apart, the last two often missing. */
export interface CaptureTime {
  /** Wall-clock seconds since 1970, read as if the clock stood at UTC. */
  readonly wallSeconds: number;
  /** Digits behind the second ("348" is 0.348 s), or null. */
  readonly fraction: string | null;
  /** Minutes east of UTC, or null. */
  readonly offsetMinutes: number | null;
}

/** Of a picture whose metadata says nothing. */
export const NO_EXPOSURE: Exposure = { takenAt: null, camera: null, frame: { number: null, id: null }, saved: null };

const EXIF_TIME = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?/;
const EXIF_OFFSET = /^([+-])(\d{2}):?(\d{2})$/;

/**
 * Reads a time as EXIF has it ("2019:03:21 11:04:22", with its fraction and its zone in fields of their own) or as XMP has it, all in
 * one ("2019-03-21T11:04:22.348+01:00").
 * @returns null for a missing, blank or impossible time, such as the all-zero one of a camera without a clock
 */
export function parseCaptureTime(time: string, fraction = "", offset = ""): CaptureTime | null {
  const parts = EXIF_TIME.exec(time.trim());
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (year < 1826 || !isReal) return null;
  const digits = fraction.trim() || (parts[7] ?? "");
  const zone = EXIF_OFFSET.exec(offset.trim() || (parts[8] ?? "").replace("Z", "+00:00"));
  return {
    wallSeconds: wall.getTime() / 1000,
    fraction: /^\d+$/.test(digits) ? digits : null,
    offsetMinutes: zone === null ? null : (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) + 0,
  };
}

/**
 * True when the two were taken at different times, or are different frames of one time: two exposures, never copies.
 *
 * Equal pixels are copies, whatever clocks say: a clock is corrected, and a zone written into the time. Times count among photos of
 * one camera, and among those that name none: a screenshot or what an app saved names no camera beside an original that does, and
 * has a time of its own. Only what both photos state is compared, since an editor may drop the fraction or the zone while it keeps the
 * rest; a photo that lost its EXIF proves nothing and stays a possible copy.
 */
export function areDifferentExposures(one: TakenPicture, other: TakenPicture): boolean {
  if (one.pixelsHash !== null && one.pixelsHash === other.pixelsHash) return false;
  const [a, b] = [one.exposure, other.exposure];
  if (a.camera === null || b.camera === null ? a.camera !== b.camera : !isOneCamera(a.camera, b.camera)) return false;
  if (a.takenAt !== null && b.takenAt !== null && !mayBeOneMoment(a.takenAt, b.takenAt)) return true;
  return areDifferentFrames(a.frame, b.frame) || wereSavedApart(a, b);
}

function areDifferentFrames(one: FrameMarks, other: FrameMarks): boolean {
  const differ = (mark: keyof FrameMarks) => one[mark] !== null && other[mark] !== null && one[mark] !== other[mark];
  return differ("number") || differ("id");
}

/**
 * The time of saving is weak evidence: every copy that a program made has one of its own. So it counts only where neither photo has
 * another, and where what saved the one saved the other: the camera, or one program's version.
 */
function wereSavedApart({ saved: one, camera }: Exposure, { saved: other }: Exposure): boolean {
  if (one === null || other === null || one.program !== other.program) return false;
  // A program that leaves out the camera has left out the capture time: what it wrote is when it wrote.
  if (camera === null && one.program !== null) return false;
  return !mayBeOneMoment(one.at, other.at);
}

function mayBeOneMoment(one: CaptureTime, other: CaptureTime): boolean {
  const zoned = one.offsetMinutes !== null && other.offsetMinutes !== null;
  const oneSeconds = one.wallSeconds - (zoned ? one.offsetMinutes * 60 : 0);
  const otherSeconds = other.wallSeconds - (zoned ? other.offsetMinutes * 60 : 0);
  if (oneSeconds !== otherSeconds) return false;
  if (one.fraction === null || other.fraction === null) return true;
  // An editor may write fewer digits: only those that both wrote can differ.
  const digits = Math.min(one.fraction.length, other.fraction.length);
  return one.fraction.slice(0, digits) === other.fraction.slice(0, digits);
}

/** Written form of a capture time, as the database keeps it: `wallSeconds.fraction|offset`. */
export function formatCaptureTime(time: CaptureTime): string {
  return `${time.wallSeconds}.${time.fraction ?? "-"}|${time.offsetMinutes ?? "-"}`;
}

/** @throws {TypeError} on anything `formatCaptureTime` did not write. */
export function readCaptureTime(text: string): CaptureTime {
  const parts = /^(-?\d+)\.(\d*|-)\|(-?\d+|-)$/.exec(text);
  if (parts === null) throw new TypeError(`Expected a stored capture time, got ${JSON.stringify(text)}`);
  return {
    wallSeconds: Number(parts[1]),
    fraction: parts[2] === "-" ? null : (parts[2] ?? null),
    offsetMinutes: parts[3] === "-" ? null : Number(parts[3]),
  };
}
