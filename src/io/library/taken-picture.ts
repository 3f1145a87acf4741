/**
 * When, with what and as which frame a content was taken, as the table of contents has it.
 */
import { formatCaptureTime, readCaptureTime, type TakenPicture } from "../../core/photos/exposure.ts";
import type { PixelsHash } from "../../core/units.ts";

export interface TakenColumns {
  readonly taken_at: string | null;
  readonly camera: string | null;
  readonly frame_number: number | null;
  readonly frame_id: string | null;
  readonly saved_at: string | null;
  readonly saved_by: string | null;
  readonly pixels_hash: PixelsHash | null;
}

export const TAKEN_COLUMNS = [
  "taken_at",
  "camera",
  "frame_number",
  "frame_id",
  "saved_at",
  "saved_by",
  "pixels_hash",
] as const satisfies readonly (keyof TakenColumns)[];

export function readTakenPicture(row: TakenColumns): TakenPicture {
  const { taken_at, camera, frame_number, frame_id, saved_at, saved_by, pixels_hash } = row;
  return {
    exposure: {
      takenAt: taken_at === null ? null : readCaptureTime(taken_at),
      camera,
      frame: { number: frame_number, id: frame_id },
      saved: saved_at === null ? null : { at: readCaptureTime(saved_at), program: saved_by },
    },
    pixelsHash: pixels_hash,
  };
}

/** To be bound by name. */
export function takenColumns({ exposure: { takenAt, camera, frame, saved }, pixelsHash }: TakenPicture): TakenColumns {
  return {
    taken_at: takenAt === null ? null : formatCaptureTime(takenAt),
    camera,
    frame_number: frame.number,
    frame_id: frame.id,
    saved_at: saved === null ? null : formatCaptureTime(saved.at),
    saved_by: saved?.program ?? null,
    pixels_hash: pixelsHash,
  };
}
