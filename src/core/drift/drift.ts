/**
 * What a check of the canaries says: whether the vectors made now can stand beside those the library holds.
 */
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { Canary, CanaryFinding } from "./canary.ts";

/**
 * Everything outside the encoder's own files that can move a vector: dupfind, node, sharp, libvips and each of its codecs,
 * onnxruntime, processor, architecture, system.
 */
export type Versions = Readonly<Record<string, string>>;

/** `made`: the canaries were made by this check and there is nothing to compare them with. */
export type DriftVerdict = "made" | "equal" | "rounding" | "drift";

export interface DriftCheck {
  /** ISO 8601, UTC. */
  readonly checkedAt: string;
  readonly versions: Versions;
  readonly verdict: DriftVerdict;
  /** One for each canary; empty where they were made. */
  readonly findings: readonly CanaryFinding[];
}

export interface VersionChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A check among those before it. */
export interface DriftReport {
  readonly encoder: NamedEncoder;
  readonly check: DriftCheck;
  /** The last check before, or the making, at which the vectors were the same bit for bit; null where this one made the canaries. */
  readonly lastEqual: DriftCheck | null;
  /** What is other now than it was then. */
  readonly changedVersions: readonly VersionChange[];
}

/** The canaries of one encoder in the library. */
export interface DriftStore {
  readonly encoder: DriftReport["encoder"];
  /** Empty until they are made. */
  canaries(): Promise<readonly Canary[]>;
  /** The oldest first: the one that made the canaries. */
  checks(): Promise<readonly DriftCheck[]>;
  /** Keeps the canaries and the check that made them, both or neither. */
  recordMade(canaries: readonly Canary[], check: DriftCheck): Promise<void>;
  recordCheck(check: DriftCheck): Promise<void>;
}

/**
 * Two vectors at a cosine of c lie √(2 - 2c) apart, and by the Cauchy-Schwarz inequality no similarity with a third unit
 * vector differs by more: at 1 - 1e-6 that is 0.0014, too little to tell one photo from another.
 */
const ROUNDING_FROM = 1 - 1e-6;

export function verdictOf(findings: readonly CanaryFinding[]): Exclude<DriftVerdict, "made"> {
  if (findings.some(({ isDecodable }) => !isDecodable) || lowestCosine(findings) < ROUNDING_FROM) return "drift";
  return findings.some(({ pixels, vector }) => pixels !== null || vector !== null) ? "rounding" : "equal";
}

/** In [-1, 1]; 1 where no vector changed. */
export function lowestCosine(findings: readonly CanaryFinding[]): number {
  return findings.reduce((lowest, { vector }) => Math.min(lowest, vector?.cosine ?? 1), 1);
}

/** How far the similarity of a vector made then and one made now can lie from what it was: √(2 - 2c), see above. */
export function similarityShift(cosine: number): number {
  return Math.sqrt(Math.max(0, 2 - 2 * cosine));
}

export function versionChanges(from: Versions, to: Versions): readonly VersionChange[] {
  return [...new Set([...Object.keys(to), ...Object.keys(from)])]
    .map((name) => ({ name, from: from[name] ?? "none", to: to[name] ?? "none" }))
    .filter((change) => change.from !== change.to);
}

/** @param earlier the checks before it, the oldest first */
export function reportDrift(encoder: DriftReport["encoder"], earlier: readonly DriftCheck[], check: DriftCheck): DriftReport {
  const lastEqual = earlier.findLast(({ verdict }) => verdict === "made" || verdict === "equal") ?? null;
  return { encoder, check, lastEqual, changedVersions: lastEqual === null ? [] : versionChanges(lastEqual.versions, check.versions) };
}
