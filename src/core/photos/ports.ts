/**
 * How a photo is walked, identified and decoded, as the pipeline asks for it; the adapters under `io/photos/` fulfil it.
 */
import type { PhotoPath } from "../units.ts";
import type { FileStamp } from "./file-stamp.ts";
import type { PassedBy, PassedByReason } from "./passed-by.ts";
import type { CompanionFile, DecodedPhoto, IdentifiedPhoto, PhotoFile, PictureFacts, RgbPixels, SkippedPhoto } from "./photo.ts";

/** A stage's result for one photo: the next value, or why there is none. */
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly skipped: SkippedPhoto };

/** One thing the walk met. */
export type WalkEntry =
  | { readonly kind: "photo"; readonly file: PhotoFile }
  | { readonly kind: "companion"; readonly file: CompanionFile }
  | { readonly kind: "skipped"; readonly skipped: SkippedPhoto }
  /** Left alone, and may be a picture or hold some: the library keeps note of it. */
  | { readonly kind: "passed-by"; readonly passedBy: PassedBy }
  /** Left alone: no picture by its name, or met elsewhere. */
  | { readonly kind: "excluded"; readonly path: string; readonly because: ExclusionKind };

export type ExclusionKind = PassedByReason | "other-file" | "same-folder-again";

/** Streams what lies below the roots, from names and stats alone. */
export type Walk = () => AsyncIterable<WalkEntry>;

/** Whether this scan takes a file in; one that it does not stays in the library as it was. Size and time are null where they are not known. */
export type Accepts = (file: { readonly path: string; readonly bytes: number | null; readonly modifiedMs: number | null }) => boolean;

/** What stands at a photo's path now; null where nothing does, or nobody can tell. */
export type StampAt = (path: PhotoPath) => Promise<FileStamp | null>;

/** Reads the file once and hashes it. */
export type Identify = (file: PhotoFile) => Promise<Outcome<IdentifiedPhoto>>;

/** Decodes once to the encoder's input size; refuses a file that changed since it was identified. */
export type Decode = (photo: IdentifiedPhoto) => Promise<Outcome<DecodedPhoto>>;

/** Reads what the picture says of itself and decodes nothing; refuses a file that changed since it was met. */
export type ReadFacts = (file: PhotoFile) => Promise<Outcome<FactsAgain>>;

/** What the file of a known photo says today. */
export interface FactsAgain {
  readonly facts: PictureFacts;
  /** False where an earlier version may have embedded another picture of the file than is decoded now. */
  readonly isSamePicture: boolean;
}

/** Decodes a picture that was made in memory, just as a file with these bytes would be. */
export type DecodeBytes = (bytes: Uint8Array) => Promise<RgbPixels>;

/**
 * Why a walk did not meet a known photo. `gone`: its folder was listed, on the device that the photo lay on, and has no such
 * name. `excluded`: it is there, and excluded by choice. `unsure`: nobody can tell now.
 */
export type Absence = "gone" | "excluded" | "unsure";

/** A known photo that a walk did not meet. */
export interface UnmetPhoto {
  readonly path: PhotoPath;
  /** Of those that are walked the innermost that it lies below. */
  readonly root: string;
  /** Those that its file system goes by: what it was met on, and what that is called today where it was numbered anew. */
  readonly devices: ReadonlySet<string>;
}

/** Tells what is not there from what cannot be read now. */
export interface Presence {
  whyUnmet(photo: UnmetPhoto): Promise<Absence>;
  /**
   * Whether the walk passes the path by on purpose, and a walk of another of the library's roots does not: a hidden folder that was named
   * itself, say, below one that is walked. It stays as it was.
   */
  isForAnotherRoot(path: string): boolean;
  /** Roots that cannot be listed, or stand on another device than when the scan began. */
  lostRoots(): Promise<readonly string[]>;
}
