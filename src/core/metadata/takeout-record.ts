/**
 * Google's record of a photo, as an export of Google Photos puts it beside the photo, and the one of the album that its folder is.
 */
import type { CaptureTime } from "../photos/exposure.ts";
import { type Metadata, NOTHING_TOLD, type Place } from "./metadata.ts";

/** Of the export's languages, as far as they are known. */
const ALBUM_RECORD = /^(?:metadata|metadaten|métadonnées|metadatos|metadati|metagegevens|metadados|metadane)(?:\(\d+\))?\.json$/i;
/** Not an album: the folders that an export puts all photos of a year into. */
const FOLDER_OF_A_YEAR = /^Photos from \d{4}$/;

export function isAlbumRecord(fileName: string): boolean {
  return ALBUM_RECORD.test(fileName.normalize("NFC"));
}

/** Whether it is one of a photo. @param json as `JSON.parse` gave it */
export function isPhotoRecord(json: unknown): boolean {
  return isObject(json) && isObject(json["photoTakenTime"]);
}

/** Of fields that are not what they should be nothing is told. @param json as `JSON.parse` gave it */
export function readPhotoRecord(json: unknown): Metadata {
  if (!isObject(json)) return NOTHING_TOLD;
  const people = Array.isArray(json["people"]) ? json["people"] : [];
  return {
    ...NOTHING_TOLD,
    takenAt: takenAt(json["photoTakenTime"]),
    // What its owner moved the photo to comes before what its camera wrote.
    place: placeOf(json["geoData"]) ?? placeOf(json["geoDataExif"]),
    caption: textOf(json["description"]),
    people: people.flatMap((person) => (isObject(person) ? (textOf(person["name"]) ?? []) : [])),
  };
}

/** The album's title. @param json as `JSON.parse` gave it */
export function readAlbumRecord(json: unknown): Metadata {
  const title = isObject(json) && !isPhotoRecord(json) ? textOf(json["title"]) : null;
  return title === null || FOLDER_OF_A_YEAR.test(title) ? NOTHING_TOLD : { ...NOTHING_TOLD, albums: [title] };
}

/** Its seconds are those of UTC. */
function takenAt(time: unknown): CaptureTime | null {
  const seconds = isObject(time) ? Number(textOf(time["timestamp"])) : 0;
  const isTime = Number.isSafeInteger(seconds) && seconds !== 0 && Math.abs(seconds) < 1e11;
  return isTime ? { wallSeconds: seconds, fraction: null, offsetMinutes: 0 } : null;
}

function placeOf(place: unknown): Place | null {
  if (!isObject(place)) return null;
  const { latitude, longitude } = place;
  if (typeof latitude !== "number" || typeof longitude !== "number" || (latitude === 0 && longitude === 0)) return null;
  return { latitude, longitude };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
