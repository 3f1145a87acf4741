/**
 * Reads `models.lock.json`: every encoder there is, each pinned to the byte.
 */
import type { EncoderSpec, ImageInput, PinnedFile, ThresholdOrigin } from "./encoder.ts";

/** Where an encoder's files come from. `embedded`: they lie in the package. */
export type ModelSource = { readonly kind: "embedded" };

export interface LockedModel extends EncoderSpec {
  /** One line for a list. */
  readonly about: string;
  readonly source: ModelSource;
  /** SPDX expression. */
  readonly licence: string;
}

/** The encoder that is used where none is named. */
export const DEFAULT_MODEL = "dupfind-lite";

interface LockFile {
  readonly schemaVersion: number;
  readonly encoders: Readonly<Record<string, LockEntry>>;
}

interface LockEntry {
  readonly about: string;
  readonly source: ModelSource;
  readonly licence: string;
  readonly files: readonly PinnedFile[];
  readonly image: ImageInput;
  readonly threshold: { readonly value: number; readonly floor: number; readonly origin: ThresholdOrigin };
}

/**
 * The lock is part of the package and its form is held by a JSON schema in the tests, so it is not checked again here.
 * @param text the file as it stands
 */
export function parseModelLock(text: string): readonly LockedModel[] {
  const lock = JSON.parse(text) as LockFile;
  return Object.entries(lock.encoders).map(([id, entry]) => ({ id, ...entry }));
}
