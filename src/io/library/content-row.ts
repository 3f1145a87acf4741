/**
 * A row of the table of contents as the core has it, whichever engine read it: one has booleans, the other has 0 and 1.
 */
import type { ContentId, LibraryContent, LibraryPhoto } from "../../core/library/contents.ts";
import type { PhotoEvidence } from "../../core/pairs/labelled-pair.ts";
import type { PictureFormat } from "../../core/photos/photo.ts";
import type { ContentHash } from "../../core/units.ts";
import { readTakenPicture, type TakenColumns } from "./taken-picture.ts";
import { vectorOf } from "./vector-blob.ts";

type Flag = 0 | 1 | boolean;

export interface ContentRow extends TakenColumns {
  readonly hash: ContentHash;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  readonly exif_fields: number;
  readonly bits: number | null;
  readonly has_place: Flag | null;
  readonly whole: Flag | null;
  readonly editor: Flag | null;
  readonly inside: string | null;
  /** As the encoder that is asked about measured it. */
  readonly detail: number;
}

/** @param photos that hold it, in path order */
export function readContent(id: ContentId, row: ContentRow, photos: readonly LibraryPhoto[]): LibraryContent {
  const { hash, bytes, width, height, format, exif_fields, bits, has_place, editor, inside, whole, detail } = row;
  const told = (flag: Flag | null) => (flag === null ? null : Boolean(flag));
  const marks = {
    bits,
    hasPlace: told(has_place),
    editor: told(editor),
    inside: inside === null ? null : JSON.parse(inside),
    isWhole: told(whole),
  };
  return { id, hash, bytes, facts: { width, height, format, exifFields: exif_fields, ...readTakenPicture(row), ...marks }, detail, photos };
}

export interface EvidenceRow extends TakenColumns {
  readonly hash: ContentHash;
  readonly detail: number;
  readonly vector: Buffer;
}

export function readEvidence(row: EvidenceRow): PhotoEvidence {
  const { hash, detail, vector } = row;
  return { hash, ...readTakenPicture(row), detail, vector: vectorOf(vector) };
}
