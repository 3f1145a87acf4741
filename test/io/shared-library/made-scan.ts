/**
 * A scan without photos, for what several processes do on one server: files by their numbers, and what was read of them.
 */
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { allOf } from "../../../src/core/library/pages.ts";
import type { ReadOutcome } from "../../../src/core/library/scan-store.ts";
import type { PhotoFile } from "../../../src/core/photos/photo.ts";
import { contentHash, encoderKey, photoPath } from "../../../src/core/units.ts";
import type { ServerLibrary } from "../../../src/io/shared-library/server-library.ts";
import { NO_EXIF, NO_MARKS } from "../../library-fixtures.ts";

export const ROOT = { path: "/photos", exclude: [], followLinks: false };

export function encoderOf(dimensions: number, floor: number): ChosenEncoder {
  return {
    spec: { id: "one", version: null, image: { dimensions }, threshold: { value: 0.95, floor, origin: "measured" } },
    key: encoderKey("1".repeat(64)),
  } as unknown as ChosenEncoder;
}

export function file(number: number): PhotoFile {
  const path = photoPath(`/photos/${String(number).padStart(5, "0")}.jpg`);
  return { path, bytes: 100, modifiedMs: 1.5, changedMs: 2.5, fileId: `1:${number}` };
}

export function numberOf({ fileId }: PhotoFile): number {
  return Number(fileId.slice(2));
}

/** @param vector a unit vector */
export function tookWith(file: PhotoFile, vector: Float32Array<ArrayBuffer>): ReadOutcome {
  const facts = { width: 30, height: 20, format: "jpeg", exposure: NO_EXIF, ...NO_MARKS } as const;
  const hash = contentHash(numberOf(file).toString(16).padStart(64, "0"));
  return { kind: "embedded", photo: { photo: { file, hash }, facts, detail: 0.5, vector } };
}

/** Every file below `count`, as a walk meets them. */
export function filesBelow(count: number) {
  return Array.from({ length: count }, (_, number) => ({ kind: "photo" as const, file: file(number) }));
}

/** The pairs as paths, whatever ids the contents have. */
export async function pairsOf(library: ServerLibrary, encoder: ChosenEncoder): Promise<readonly string[]> {
  const paths = new Map((await allOf(library.searchOf(encoder).photos())).map(({ content, path }) => [content, path]));
  const pairs = await allOf(library.reportOf(encoder).pairsAtOrAbove(encoder.spec.threshold.floor));
  return pairs.map(({ a, b, similarity }) => `${[paths.get(a), paths.get(b)].sort().join(" ")} ${similarity}`).sort();
}
