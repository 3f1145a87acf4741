/**
 * Rows of canaries and of their checks, as both engines of a library keep them.
 */
import type { Canary, CanaryFinding, CanaryFormat } from "../../core/drift/canary.ts";
import type { DriftCheck, DriftVerdict, Versions } from "../../core/drift/drift.ts";
import { vectorOf } from "./vector-blob.ts";

export interface CanaryRow {
  readonly name: string;
  readonly format: CanaryFormat;
  readonly file: Buffer;
  readonly pixels_hash: string;
  readonly sample: Buffer;
  readonly vector: Buffer;
}

export interface CheckRow {
  readonly checked_at: string;
  readonly versions: string;
  readonly verdict: DriftVerdict;
  readonly findings: string;
}

export function canaryOf({ name, format, file, pixels_hash, sample, vector }: CanaryRow): Canary {
  return { name, format, bytes: file, trace: { pixelsHash: pixels_hash, sample, vector: vectorOf(vector) } };
}

export function checkOf({ checked_at, versions, verdict, findings }: CheckRow): DriftCheck {
  return {
    checkedAt: checked_at,
    versions: JSON.parse(versions) as Versions,
    verdict,
    findings: JSON.parse(findings) as CanaryFinding[],
  };
}
