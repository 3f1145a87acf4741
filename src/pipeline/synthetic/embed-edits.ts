/**
 * Sampled photos are opened, edited and embedded: what a scan would make of the edits if they lay in the library.
 */
import type { Encoder } from "../../core/encoders/ports.ts";
import { handOver, type SkippedPhoto } from "../../core/photos/photo.ts";
import type { Decode, DecodeBytes, Outcome } from "../../core/photos/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import { type EditedPhoto, type EmbeddedEdit, editsOf, type SampledPhoto } from "../../core/synthetic/edited-photo.ts";
import type { EditPicture } from "../../core/synthetic/ports.ts";
import { inParallel } from "../in-parallel.ts";

export interface EditPorts {
  /** Gives the whole picture, at the size that edits are made at. */
  readonly open: Decode;
  readonly editPicture: EditPicture;
  /** To the encoder's input. */
  readonly decodeBytes: DecodeBytes;
  readonly encoder: Encoder;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  /** When it fires, photos under way are finished and no more are begun. */
  readonly stop: AbortSignal;
}

export interface EditedSample {
  /** In the order of the sample. */
  readonly edited: readonly EditedPhoto[];
  /** Photos that can no longer be read. */
  readonly skipped: readonly SkippedPhoto[];
}

/** @returns null when it was stopped */
export async function embedEdits(sample: readonly SampledPhoto[], seed: number, ports: EditPorts): Promise<EditedSample | null> {
  const outcomes = new Map<SampledPhoto, Outcome<EditedPhoto>>();
  const edit = async (photo: SampledPhoto) => [photo, ports.stop.aborted ? null : await editPhoto(photo, seed, ports)] as const;
  for await (const [photo, outcome] of inParallel(sample, ports.parallel, edit)) {
    if (outcome !== null) outcomes.set(photo, outcome);
    ports.onProgress({ step: "edit", done: outcomes.size, total: sample.length });
  }
  if (ports.stop.aborted) return null;
  const inOrder = sample.map((photo) => outcomes.get(photo) as Outcome<EditedPhoto>);
  return {
    edited: inOrder.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    skipped: inOrder.flatMap((outcome) => (outcome.ok ? [] : [outcome.skipped])),
  };
}

async function editPhoto(photo: SampledPhoto, seed: number, ports: EditPorts): Promise<Outcome<EditedPhoto>> {
  const opened = await ports.open(photo);
  if (!opened.ok) return opened;
  const edits: EmbeddedEdit[] = [];
  for (const edit of editsOf(photo.hash, seed)) {
    const pixels = await ports.decodeBytes(await ports.editPicture(opened.value.pixels, edit));
    edits.push({ edit, vector: await ports.encoder.encode(handOver(pixels)) });
  }
  return { ok: true, value: { photo, edits } };
}
