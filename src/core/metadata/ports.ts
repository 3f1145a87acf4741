/**
 * Metadata as a clean-up asks for it; `io/metadata` fulfils it.
 */
import type { ContentHash, PhotoPath } from "../units.ts";
import type { Metadata, ToldMetadata } from "./metadata.ts";

/** A sidecar as it is to be written. */
export interface SidecarText {
  readonly text: string;
  /** Of the text. */
  readonly written: { readonly sha256: ContentHash; readonly bytes: number };
  /** Of the bytes that stood there and were extended; null where there were none. */
  readonly from: ContentHash | null;
}

/** Reads files, and changes none. Throws `FileFault` where a file of texts cannot be read, or is none. */
export interface PhotoMetadata {
  /**
   * What the photo's own file and those beside it tell, in this order, each clean.
   * @param texts XMP sidecars, Google's records of the photo, and those of the album that its folder is
   */
  read(photo: PhotoPath, texts: readonly PhotoPath[]): Promise<ToldMetadata>;
  /** What the sidecar at the path tells and these things as well; a new one where there is none. */
  extend(sidecar: PhotoPath, added: Metadata): Promise<SidecarText>;
  /** Whether `read` takes all that the text tells, so that nothing is lost with it. False where it cannot be read. */
  isTakenWhole(text: PhotoPath): Promise<boolean>;
}
