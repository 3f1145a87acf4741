/**
 * Tells copies of one exposure from several exposures of one scene, by what the camera wrote.
 * Similarity cannot: the frames of a burst are closer to each other than a photo is to its own crop.
 */

/** When and with what a picture was taken, as far as its EXIF says. */
export interface Exposure {
  readonly takenAt: CaptureTime | null;
  /** Make and model; null when neither is written. */
  readonly camera: string | null;
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

const EXIF_TIME = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/;
const EXIF_OFFSET = /^([+-])(\d{2}):?(\d{2})$/;

/**
 * Reads EXIF's DateTimeOriginal ("2019:03:21 11:04:22"), SubSecTimeOriginal and OffsetTimeOriginal.
 * @returns null for a missing, blank or impossible time, such as the all-zero one of a camera without a clock
 */
export function parseCaptureTime(time: string, fraction = "", offset = ""): CaptureTime | null {
  const parts = EXIF_TIME.exec(time.trim());
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [number, number, number, number, number, number];
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (year < 1826 || !isReal) return null;
  const zone = EXIF_OFFSET.exec(offset.trim());
  return {
    wallSeconds: wall.getTime() / 1000,
    fraction: /^\d+$/.test(fraction.trim()) ? fraction.trim() : null,
    offsetMinutes: zone === null ? null : (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) + 0,
  };
}

/**
 * True when one camera says it took the two at different times: two exposures, never copies.
 *
 * Only what both photos state is compared, since an editor may drop the fraction or the zone while it keeps the rest;
 * a photo that lost its EXIF proves nothing and stays a possible copy.
 */
export function areDifferentExposures(one: Exposure, other: Exposure): boolean {
  if (one.takenAt === null || other.takenAt === null) return false;
  if (one.camera === null || other.camera === null || one.camera !== other.camera) return false;
  return !mayBeOneMoment(one.takenAt, other.takenAt);
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
