/**
 * The story of the canaries: made before an encoder's first vector, followed again whenever something moved that can move
 * a vector.
 */
import { type Canary, type CanaryFile, type CanaryFinding, type CanaryTrace, compareTraces } from "../../core/drift/canary.ts";
import {
  type DriftCheck,
  type DriftReport,
  type DriftStore,
  reportDrift,
  type Versions,
  verdictOf,
  versionChanges,
} from "../../core/drift/drift.ts";

export interface DriftPorts {
  readonly store: DriftStore;
  readonly versions: Versions;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  readonly makeFiles: () => Promise<readonly CanaryFile[]>;
  /** Null where the file cannot be decoded. */
  readonly trace: (file: CanaryFile) => Promise<CanaryTrace | null>;
}

/** Makes the canaries where there are none, and checks them only where these versions were not checked before. */
export async function watchDrift(ports: DriftPorts): Promise<DriftReport> {
  const { store, versions } = ports;
  const checks = await store.checks();
  if (checks.length === 0) return makeCanaries(ports);
  const known = checks.findLastIndex((check) => versionChanges(check.versions, versions).length === 0);
  return known < 0 ? checkDrift(ports) : reportDrift(store.encoder, checks.slice(0, known), checks[known] as DriftCheck);
}

/** Follows every canary again, and records what came out. */
export async function checkDrift({ store, versions, now, trace }: DriftPorts): Promise<DriftReport> {
  const findings: CanaryFinding[] = [];
  for (const canary of await store.canaries()) findings.push(compareTraces(canary, await trace(canary)));
  const earlier = await store.checks();
  const check: DriftCheck = { checkedAt: now(), versions, verdict: verdictOf(findings), findings };
  await store.recordCheck(check);
  return reportDrift(store.encoder, earlier, check);
}

async function makeCanaries({ store, versions, now, makeFiles, trace }: DriftPorts): Promise<DriftReport> {
  const canaries: Canary[] = [];
  for (const file of await makeFiles()) {
    const traced = await trace(file);
    if (traced !== null) canaries.push({ ...file, trace: traced });
  }
  const check: DriftCheck = { checkedAt: now(), versions, verdict: "made", findings: [] };
  await store.recordMade(canaries, check);
  return reportDrift(store.encoder, [], check);
}
