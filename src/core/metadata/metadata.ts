/**
 * What is known of a photo beside its picture, by whatever file tells it, and what one photo can learn from others of the same picture.
 */
import { isoCaptureTime } from "../photos/capture-time.ts";
import type { CaptureTime } from "../photos/exposure.ts";
import { xmlText } from "../text/xml-text.ts";

/** Degrees north and east. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Null, or an empty list, for what is not told. */
export interface Metadata {
  readonly takenAt: CaptureTime | null;
  readonly place: Place | null;
  /** 1 to 5, or -1 for a photo that was rejected. */
  readonly rating: number | null;
  readonly caption: string | null;
  readonly keywords: readonly string[];
  readonly people: readonly string[];
  readonly albums: readonly string[];
}

export const NOTHING_TOLD: Metadata = { takenAt: null, place: null, rating: null, caption: null, keywords: [], people: [], albums: [] };

export function tellsNothing(metadata: Metadata): boolean {
  return toldFields(metadata).length === 0;
}

export const METADATA_FIELDS = ["takenAt", "place", "rating", "caption", "keywords", "people", "albums"] as const;
export type MetadataField = (typeof METADATA_FIELDS)[number];

/** In the order in which they are named. */
export function toldFields(metadata: Metadata): readonly MetadataField[] {
  return METADATA_FIELDS.filter((name) => {
    const value = metadata[name];
    return value !== null && !(Array.isArray(value) && value.length === 0);
  });
}

/** What one photo is told by, file by file; where two contradict each other the first counts. */
export type ToldMetadata = readonly Metadata[];

/** As XML can hold it, each word once, and without what cannot be. */
export function cleanMetadata({ takenAt, place, rating, caption, keywords, people, albums }: Metadata): Metadata {
  const words = (texts: readonly string[]) => distinct(texts.map(xmlText));
  return {
    takenAt,
    place: place !== null && isOnEarth(place) ? place : null,
    rating: rating !== null && isRating(rating) ? rating : null,
    caption: xmlText(caption ?? "") || null,
    keywords: words(keywords),
    people: words(people),
    albums: words(albums),
  };
}

/** A value of the keeper that an extra contradicts; the keeper's stays. */
export interface MetadataConflict {
  readonly field: "takenAt" | "place" | "rating" | "caption";
  /** As text. */
  readonly kept: string;
  readonly other: string;
}

export interface MergedMetadata {
  /** What the extras tell and the keeper does not. */
  readonly added: Metadata;
  readonly conflicts: readonly MetadataConflict[];
}

/**
 * Nothing that the keeper tells is replaced. Of several extras the earliest capture time counts, the highest rating, and of all else the first.
 * @param keeper clean, and so are the extras
 */
export function mergeMetadata(keeper: ToldMetadata, extras: readonly ToldMetadata[]): MergedMetadata {
  const takenAt = mergeSingle("takenAt", keeper, extras, TIME);
  const place = mergeSingle("place", keeper, extras, PLACE);
  const rating = mergeSingle("rating", keeper, extras, RATING);
  const caption = mergeSingle("caption", keeper, extras, CAPTION);
  const missing = (name: "keywords" | "people" | "albums") => {
    const known = distinct(keeper.flatMap((part) => part[name]));
    return distinct([...known, ...extras.flat().flatMap((part) => part[name])]).slice(known.length);
  };
  return {
    added: {
      takenAt: takenAt.added,
      place: place.added,
      rating: rating.added,
      caption: caption.added,
      keywords: missing("keywords"),
      people: missing("people"),
      albums: missing("albums"),
    },
    conflicts: [takenAt, place, rating, caption].flatMap(({ conflicts }) => conflicts),
  };
}

/** How a field is merged that has one value. */
interface SingleValue<Value> {
  readonly of: (part: Metadata) => Value | null;
  /** Sorts the one first that counts among several extras; 0 for the order they come in. */
  readonly order: (one: Value, other: Value) => number;
  readonly areOne: (one: Value, other: Value) => boolean;
  readonly text: (value: Value) => string;
}

/** Where the keeper tells nothing, what contradicts the value that it gets is listed as well. */
function mergeSingle<Value>(
  field: MetadataConflict["field"],
  keeper: ToldMetadata,
  extras: readonly ToldMetadata[],
  { of, order, areOne, text }: SingleValue<Value>,
): { readonly added: Value | null; readonly conflicts: readonly MetadataConflict[] } {
  const own = told(keeper.map(of));
  const firsts = told(extras.map((extra) => told(extra.map(of))[0] ?? null));
  const added = own.length > 0 ? null : (firsts.sort(order)[0] ?? null);
  const kept = own[0] ?? added;
  if (kept === null) return { added, conflicts: [] };
  const known = added === null ? own : [added];
  const others = told(extras.flat().map(of)).filter((other) => !known.some((one) => areOne(one, other)));
  return { added, conflicts: [...new Set(others.map(text))].map((other) => ({ field, kept: text(kept), other })) };
}

/** "48.858400, 2.294500": degrees north and east. */
export function placeText({ latitude, longitude }: Place): string {
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
}

function told<Value>(values: readonly (Value | null)[]): Value[] {
  return values.filter((value): value is Value & {} => value !== null);
}

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
/** Zones lie up to so far from UTC. */
const ZONES = 14 * 60 * MINUTE;

/** One writes the clock on the wall, another UTC: what is whole quarters of an hour apart may be one moment. */
function areOneTime(one: CaptureTime, other: CaptureTime): boolean {
  const apart = Math.abs(secondsOf(one) - secondsOf(other));
  if (one.offsetMinutes !== null && other.offsetMinutes !== null) return apart < MINUTE;
  return Math.abs(apart - Math.round(apart / QUARTER) * QUARTER) < 2 && apart < ZONES + MINUTE;
}

/** Since 1970, as if a clock without a zone stood at UTC. */
function secondsOf({ wallSeconds, offsetMinutes }: CaptureTime): number {
  return wallSeconds - (offsetMinutes ?? 0) * MINUTE;
}

/** A hundred metres: programs round places. */
const NEAR_DEGREES = 0.001;

function areOnePlace(one: Place, other: Place): boolean {
  const east = Math.abs(one.longitude - other.longitude);
  return Math.abs(one.latitude - other.latitude) < NEAR_DEGREES && Math.min(east, 360 - east) < NEAR_DEGREES;
}

function isOnEarth({ latitude, longitude }: Place): boolean {
  // What has no place is written as 0, 0 by some: the sea off Ghana.
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
}

function isRating(rating: number): boolean {
  return rating === -1 || (Number.isInteger(rating) && rating >= 1 && rating <= 5);
}

function haveSameWords(one: string, other: string): boolean {
  const words = (text: string) => text.normalize("NFC").split(/\s+/).join(" ");
  return words(one) === words(other);
}

/** Each once, however its accents are composed; none that is empty. */
function distinct(texts: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const text of texts) if (text !== "" && !seen.has(text.normalize("NFC"))) seen.set(text.normalize("NFC"), text);
  return [...seen.values()];
}

const TIME: SingleValue<CaptureTime> = {
  of: ({ takenAt }) => takenAt,
  order: (one, other) => secondsOf(one) - secondsOf(other),
  areOne: areOneTime,
  text: isoCaptureTime,
};
const PLACE: SingleValue<Place> = { of: ({ place }) => place, order: () => 0, areOne: areOnePlace, text: placeText };
const RATING: SingleValue<number> = { of: ({ rating }) => rating, order: (one, other) => other - one, areOne: Object.is, text: String };
const CAPTION: SingleValue<string> = { of: ({ caption }) => caption, order: () => 0, areOne: haveSameWords, text: (caption) => caption };
