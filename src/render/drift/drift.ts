/**
 * What a check of the canaries came to: in a few lines, as JSON, and as the warning that a scan gives.
 */
import type { CanaryFinding, CanaryFormat } from "../../core/drift/canary.ts";
import {
  type DriftCheck,
  type DriftReport,
  type DriftVerdict,
  lowestCosine,
  similarityShift,
  type VersionChange,
} from "../../core/drift/drift.ts";
import type { ScoreShift } from "../../core/drift/score-shift.ts";
import { encoderTitle } from "../../core/encoders/encoder.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted } from "../words.ts";

const VERDICTS: Readonly<Record<DriftVerdict, string>> = {
  made: "The canaries were created just now.",
  equal: "No drift: the stored vectors are reproduced bit for bit.",
  rounding: "Only rounding differs: old and new vectors are compatible. There is nothing to do.",
  drift: "Drift: the vectors stored in the library are no longer reproduced.",
};

export function renderDriftText(report: DriftReport, shift: ScoreShift): string {
  const { encoder, check, lastEqual } = report;
  const { findings, verdict } = check;
  const lines = [
    `${VERDICTS[verdict]}`,
    `  ${counted(findings.length, "canary", "canaries")} of ${encoderTitle(encoder)} (${encoder.key.slice(0, 8)}), checked ${shownTime(check)}`,
    `  decoder: ${describeDecoder(findings)}`,
    `  runtime: ${describeRuntime(findings)}`,
    ...(lastEqual === null ? [] : describeVersions(lastEqual, report.changedVersions, verdict)),
    `  photos: ${describePhotos(shift)}`,
    ...(verdict === "drift" ? whatToDo(report) : []),
  ];
  return `${lines.join("\n")}\n`;
}

export function renderDriftJson({ encoder, check, lastEqual, changedVersions }: DriftReport, scores: ScoreShift): string {
  const lastEqualAt = lastEqual?.checkedAt ?? null;
  const lowest = lowestCosine(check.findings);
  const totals = { lowestCosine: lowest, similarityShift: similarityShift(lowest) };
  return renderJsonAnswer("drift", { encoder, ...check, ...totals, lastEqualAt, changedVersions, scores });
}

/** For standard error, before a scan adds vectors. */
export function renderDriftWarning(report: DriftReport): string {
  const changed =
    report.changedVersions.length === 0
      ? ""
      : ` (changed since the last equal check: ${report.changedVersions.map(({ name }) => name).join(", ")})`;
  return (
    `dupfind: ${encoderTitle(report.encoder)} no longer produces the vectors stored in this library${changed}: comparisons of new with old photos may be wrong.\n` +
    `Run dupfind drift for details; dupfind reindex --model ${report.encoder.id} --rebuild computes all vectors again with the current versions.\n`
  );
}

function describeDecoder(findings: readonly CanaryFinding[]): string {
  const lost = findings.filter(({ isDecodable }) => !isDecodable);
  const changes = findings.flatMap(({ name, format, pixels }) => (pixels === null ? [] : [{ name, format, pixels }]));
  const decoded = findings.filter(({ format }) => format !== "pixels").length;
  if (lost.length + changes.length === 0) return `identical pixels in all ${decoded}`;
  return [
    ...lost.map(({ name, format }) => `${shownName(name, format)} can no longer be decoded`),
    ...(changes.length === 0 ? [] : [`different pixels in ${changes.length} of ${decoded}`]),
    ...changes.map(
      ({ name, format, pixels: { shareChanged, largest, mean } }) =>
        `${shownName(name, format)}: ${(100 * shareChanged).toFixed(1)} % of the values, by up to ${largest} of 255, ${mean.toFixed(2)} on average`,
    ),
  ].join("\n    ");
}

/** What the runtime does shows where the pixels are the same. */
function describeRuntime(findings: readonly CanaryFinding[]): string {
  const same = findings.filter(({ pixels, isDecodable }) => pixels === null && isDecodable);
  const changes = same.flatMap(({ vector }) => (vector === null ? [] : [vector]));
  if (changes.length === 0) return `identical vectors from identical pixels in all ${same.length}`;
  const largest = Math.max(...changes.map((change) => change.largest));
  return (
    `different vectors from identical pixels in ${changes.length} of ${same.length}: ` +
    `largest deviation ${largest.toExponential(1)}, lowest cosine ${shownCosine(lowestCosine(same))}`
  );
}

function describeVersions(lastEqual: DriftCheck, moved: readonly VersionChange[], verdict: DriftVerdict): readonly string[] {
  if (verdict === "equal" && moved.length === 0) return [];
  if (moved.length === 0) return [`  no recorded version changed since ${shownTime(lastEqual)}, the last equal check`];
  return [
    `  changed since ${shownTime(lastEqual)}, the last equal check:`,
    ...moved.map(({ name, from, to }) => `    ${name} ${from} → ${to}`),
  ];
}

function describePhotos(shift: ScoreShift): string {
  if (shift.kind === "not-calibrated") return "not compared: the encoder is not calibrated on this library";
  const since = `${counted(shift.newPhotos, "photo")} added since the calibration`;
  if (shift.kind === "too-few") return `${since}, too few to compare`;
  const numbers = `distance ${shift.distance.toFixed(2)}, up to ${shift.byChance.toFixed(2)} by chance`;
  if (!shift.isShifted) return `${since} have similarities distributed as before (${numbers})`;
  return (
    `${since} have similarities distributed differently (${numbers}; median ${shift.medianThen.toFixed(2)} then, ` +
    `${shift.medianNow.toFixed(2)} now).\n    Calibrate again: dupfind label, then dupfind calibrate --pairs labeled.csv`
  );
}

function whatToDo({ encoder, check }: DriftReport): readonly string[] {
  const lowest = lowestCosine(check.findings);
  const shift = `The lowest cosine of an old and a new vector is ${shownCosine(lowest)}: similarities may be off by up to ${similarityShift(lowest).toFixed(3)}.`;
  return [
    ...(lowest === 1 ? [] : [shift]),
    "Return to the versions of the last equal check, or compute all vectors again with the current ones:",
    `  dupfind reindex --model ${encoder.id} --rebuild`,
  ];
}

function shownName(name: string, format: CanaryFormat): string {
  return `${format.toUpperCase()} "${name}"`;
}

/** Near 1 as its distance from 1: "1 - 2.2e-9". */
function shownCosine(cosine: number): string {
  return cosine > 0.999 ? `1 - ${(1 - cosine).toExponential(1)}` : cosine.toFixed(4);
}

function shownTime({ checkedAt }: DriftCheck): string {
  return checkedAt.slice(0, 16).replace("T", " ");
}
