/**
 * What speaks for keeping a photo, one number for each rule. A rule looks at one photo alone and never at two, so that the order it
 * makes can have no circles in it.
 */
import type { LibraryContent, LibraryPhoto } from "../library/contents.ts";
import { marksOfCopy } from "../photos/copy-names.ts";
import { type CompanionKind, companionKind } from "../photos/file-kinds.ts";
import type { CompanionFile, InsidePart, PictureFacts, PictureFormat } from "../photos/photo.ts";
import { PICTURE_FORMATS } from "../photos/picture-formats.ts";

/** One file that could be kept: a photo, the content it holds, and what travels with it. */
export interface Candidate {
  readonly content: LibraryContent;
  readonly photo: LibraryPhoto;
  /** In path order. */
  readonly companions: readonly CompanionFile[];
  readonly merits: Readonly<Record<RuleName, number>>;
}

/** In the order they have where `--keep` says nothing; the reasons stand in docs/guide/report.md. */
export const RULE_NAMES = [
  "companions",
  "exif",
  "format",
  "depth",
  "name",
  "untouched",
  "view",
  "resolution",
  "bytes",
  "record",
  "age",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** What is lost with a photo that is parted from it, or saved anew. */
export type Holding = Exclude<CompanionKind, "facts" | "thumbnail"> | InsidePart;
/** In the order they are named in. */
export const HOLDINGS = ["raw", "film", "edits", "sound", "gain-map"] as const satisfies readonly Holding[];

const MERIT: Readonly<Record<RuleName, (content: LibraryContent, photo: LibraryPhoto, companions: readonly CompanionFile[]) => number>> = {
  companions: ({ facts }, _, companions) => holdings(facts, companions).size,
  exif: ({ facts }) => exifMerit(facts),
  format: ({ facts }) => -formatRank(facts),
  depth: ({ facts }) => facts.bits ?? USUAL_BITS,
  name: (_, { path }) => -marksOfCopy(path),
  untouched: ({ facts }) => (facts.editor ? 0 : 1),
  view: () => 0, // until it was looked at: `views.ts`
  resolution: ({ facts }) => facts.width * facts.height,
  bytes: ({ bytes }) => bytes,
  record: (_, __, companions) => Number(companions.some(({ path }) => companionKind(path) === "facts")),
  age: (_, { modifiedMs }) => -modifiedMs,
};

/** What nearly every photo has, and so the best guess for one that was not asked. */
const USUAL_BITS = 8;

export function candidateOf(content: LibraryContent, photo: LibraryPhoto, companions: readonly CompanionFile[]): Candidate {
  const merits = {} as Record<RuleName, number>;
  for (const rule of RULE_NAMES) merits[rule] = MERIT[rule](content, photo, companions);
  return { content, photo, companions, merits };
}

/** Without loss, and of screens and scanners as often as of programs. */
const OFTEN_FIRST: ReadonlySet<PictureFormat> = new Set<PictureFormat>(["png", "bmp", "tga", "qoi", "pnm"]);

/** Where no camera is named such a picture may well be the first, as that of a screen is: it stands beside JPEG then. */
function formatRank({ format, exposure }: PictureFacts): number {
  return PICTURE_FORMATS[OFTEN_FIRST.has(format) && exposure.camera === null ? "jpeg" : format].rank;
}

/**
 * Each once: the film of a Live Photo beside it, and that of a motion photo inside it, are both "film"; a RAW is one, be it the photo
 * itself or beside it.
 */
export function holdings({ inside, format }: PictureFacts, companions: readonly CompanionFile[]): ReadonlySet<Holding> {
  const kinds = companions.map(({ path }) => companionKind(path));
  return new Set([
    ...kinds.filter((kind) => kind !== "facts" && kind !== "thumbnail"),
    ...(inside ?? []),
    ...(format === "raw" ? (["raw"] as const) : []),
  ]);
}

/** Camera first, then time and place, which count alike. Whether there is a place may be unknown: that is worth half of it. */
function exifMerit({ exposure, hasPlace }: PictureFacts): number {
  const [camera, time] = [exposure.camera !== null, exposure.takenAt !== null].map(Number) as [number, number];
  return 4 * camera + time + (hasPlace === null ? 0.5 : Number(hasPlace));
}

/** Small texts, of which size says little: two ratings, or two dates, take the same number of characters. */
const TEXTS: ReadonlySet<CompanionKind> = new Set<CompanionKind>(["edits", "facts"]);

/** Two texts, the first of which may be the same as the second, which stays. */
export type TextPair = readonly [mine: CompanionFile, kept: CompanionFile];

/**
 * Companions of a photo that would be left without a picture if it went and another stayed. The other has an equal of one that is the
 * very same file, a text with the same bytes, or, where both photos hold the same bytes, a film or a RAW of the same size: two copies of
 * one Live Photo. Beside a near copy size says nothing, as all RAW files of a camera may have one. A thumbnail is no loss.
 * @param haveSameBytes told of texts of one size; where they were not read, those of photos with the same bytes are taken for equal
 */
export function partedCompanions(
  photo: Candidate,
  other: Candidate,
  haveSameBytes: (texts: TextPair) => boolean = () => photo.content.id === other.content.id,
): readonly CompanionFile[] {
  const isTwin = photo.content.id === other.content.id;
  const hasEqual = (file: CompanionFile) =>
    other.companions.some((kept) => {
      if (kept.path === file.path) return true;
      return isAlike(file, kept) && (isText(file) ? haveSameBytes([file, kept]) : isTwin);
    });
  return photo.companions.filter((file) => companionKind(file.path) !== "thumbnail" && !hasEqual(file));
}

/** What `partedCompanions` asks of. */
export function textsToCompare(photo: Candidate, other: Candidate): readonly TextPair[] {
  return photo.companions
    .filter((file) => isText(file) && other.companions.every(({ path }) => path !== file.path))
    .flatMap((file) => other.companions.filter((kept) => isAlike(file, kept)).map((kept): TextPair => [file, kept]));
}

function isAlike(one: CompanionFile, other: CompanionFile): boolean {
  return one.bytes === other.bytes && companionKind(one.path) === companionKind(other.path);
}

function isText({ path }: CompanionFile): boolean {
  return TEXTS.has(companionKind(path));
}
