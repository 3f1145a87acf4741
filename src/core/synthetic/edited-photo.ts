/**
 * Photos of a library and the edits that were made of them: pairs whose answer is known without anyone's labels.
 */
import { cosine } from "../encoders/similarity.ts";
import type { ContentId } from "../library/contents.ts";
import type { PhotoEvidence, Picture, ReviewablePair } from "../pairs/labelled-pair.ts";
import type { PhotoFile } from "../photos/photo.ts";
import { type Random, seededRandom } from "../statistics/seeded-random.ts";
import type { ContentHash, Similarity } from "../units.ts";
import { drawEdits, type Edit } from "./edits.ts";
import type { EditSimilarity } from "./scored-pair-set.ts";

/** Two photos of a sample, by their places in it, and how similar they are. */
export interface SamplePair {
  readonly first: number;
  readonly second: number;
  readonly similarity: Similarity;
}

/** A content of the library, with one photo that holds it. */
export interface SampledPhoto extends PhotoEvidence {
  readonly id: ContentId;
  readonly file: PhotoFile;
}

export interface EmbeddedEdit {
  readonly edit: Edit;
  /** Unit length. */
  readonly vector: Float32Array;
}

export interface EditedPhoto {
  readonly photo: SampledPhoto;
  readonly edits: readonly EmbeddedEdit[];
}

/** Edits of fewer photos tell nothing that holds for others. */
export const SAMPLE_AT_LEAST = 30;
/** With the original that makes six pairs of each photo, and every kind is met once in about four photos. */
export const EDITS_PER_PHOTO = 3;

/** The edits of one content: the same at every run with one seed, whatever else is sampled. */
export function editsOf(hash: ContentHash, seed: number): readonly Edit[] {
  return drawEdits(seededRandom(Number.parseInt(hash.slice(0, 8), 16) ^ seed), EDITS_PER_PHOTO);
}

/**
 * One pair of each photo: two of its versions drawn from the original and the edits. All pairs of the versions would make
 * a library of copies, where precision costs nothing; one makes a library in which every photo has a single copy.
 */
export function drawSamePairs(edited: readonly EditedPhoto[], random: Random): readonly ReviewablePair[] {
  return edited.map(({ photo, edits }) => {
    const versions = [{ vector: photo.vector, picture: pictureOf(photo) }, ...edits.map((edit) => version(photo, edit))];
    const first = Math.floor(random() * versions.length);
    const second = (first + 1 + Math.floor(random() * (versions.length - 1))) % versions.length;
    const [one, other] = [first, second].sort((a, b) => a - b).map((at) => versions[at] as (typeof versions)[number]) as [Version, Version];
    const { path } = photo.file;
    return { a: path, b: path, same: true, similarity: cosine(one.vector, other.vector), pictures: [one.picture, other.picture] };
  });
}

/** Of every edit of every photo. */
export function editSimilarities(edited: readonly EditedPhoto[]): readonly EditSimilarity[] {
  return edited.flatMap(({ photo, edits }) =>
    edits.map(({ edit, vector }) => ({ kind: edit.kind, similarity: cosine(photo.vector, vector) })),
  );
}

export function pictureOf({ file }: SampledPhoto): Picture {
  return { name: file.path, photo: file.path };
}

interface Version {
  readonly vector: Float32Array;
  readonly picture: Picture;
}

function version(photo: SampledPhoto, { edit, vector }: EmbeddedEdit): Version {
  return { vector, picture: { name: `${photo.file.path} (${nameOfEdit(edit)})`, photo: photo.file.path } };
}

/** "crop", or "mirror + border" for several at once. */
function nameOfEdit(edit: Edit): string {
  return edit.kind === "combination" ? edit.edits.map(({ kind }) => kind).join(" + ") : edit.kind;
}
