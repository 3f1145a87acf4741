/**
 * What the library knows, as the report reads it: contents, the photos that hold them, and pairs of contents.
 */
import { isWithinAny } from "../paths.ts";
import type { FileStamp } from "../photos/file-stamp.ts";
import type { PictureFacts } from "../photos/photo.ts";
import type { ContentHash, ContentId, PhotoPath, PixelsHash, Similarity } from "../units.ts";

export type { ContentId } from "../units.ts";

/** One distinct run of bytes with a picture in it, and every photo that holds it. */
export interface LibraryContent {
  readonly id: ContentId;
  readonly hash: ContentHash;
  readonly bytes: number;
  readonly facts: PictureFacts;
  /** In [0, 1]; see `detail.ts`. */
  readonly detail: number;
  /** At least one. */
  readonly photos: readonly LibraryPhoto[];
}

export interface LibraryPhoto extends Omit<FileStamp, "bytes"> {
  readonly path: PhotoPath;
}

/** A content that is asked for by its hash, whatever encoder has embedded it. */
export interface HeldContent {
  readonly id: ContentId;
  /** Null where it is not known, see `PictureFacts`. */
  readonly pixelsHash: PixelsHash | null;
  /** Present photos, in path order; none where all are gone. */
  readonly photos: readonly Pick<LibraryPhoto, "path" | "fileId">[];
}

/** A folder the user scans, and how. */
export interface LibraryRoot {
  /** Absolute and real. */
  readonly path: string;
  /** Globs: one without a slash is matched against every name, one with a slash against the path below the root. */
  readonly exclude: readonly string[];
  readonly followLinks: boolean;
}

/** A folder that the user scans, and what the library knows of it. */
export interface ScannedRoot extends LibraryRoot {
  /** Known photos in it, those that are missing left out. */
  readonly photos: number;
  /** When the last scan that met one of its photos began, ISO 8601; null where none has met any. */
  readonly scannedAt: string | null;
  /** False while a scan of it is under way, and after one that was broken off or could not tell of each known photo whether it is there. */
  readonly isWalked: boolean;
}

/** A folder as one scan walks it. */
export interface ScanRoot extends LibraryRoot {
  /** The folder of the library that it is a part of, whose rules it keeps: then it is none of its own. */
  readonly partOf?: string;
}

/** Two contents at or above the encoder's floor. */
export interface Pair {
  readonly a: ContentId;
  readonly b: ContentId;
  readonly similarity: Similarity;
}

/** The content with those of its photos that lie in one of the folders; empty folders for all. */
export function narrowTo(content: LibraryContent, folders: readonly string[]): LibraryContent {
  return { ...content, photos: content.photos.filter(({ path }) => isWithinAny(path, folders)) };
}
