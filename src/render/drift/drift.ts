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
import { counted } from "../words.ts";

const VERDICTS: Readonly<Record<DriftVerdict, string>> = {
  made: "The canaries were made just now.",
  equal: "Nothing drifts: photos come to the same vectors bit for bit.",
  rounding: "Only rounding differs: old and new vectors can stand beside each other. There is nothing to do.",
  drift: "The vectors drift: photos do not come to the vectors that the library holds.",
};

export function renderDriftText(report: DriftReport, shift: ScoreShift): string {
  const { encoder, check, lastEqual } = report;
  const { findings, verdict } = check;
  const lines = [
    `${VERDICTS[verdict]}`,
    `  ${counted(findings.length, "canary", "canaries")} of ${encoderTitle(encoder)} (${encoder.key.slice(0, 8)}), checked ${shownTime(check)}`,
    `  decoder: ${describeDecoder(findings)}`,
    `  runtime: ${describeRuntime(findings)}`,
    ...(lastEqual === null ? [] : describeVersions(lastEqual, report.moved, verdict)),
    `  photos: ${describePhotos(shift)}`,
    ...(verdict === "drift" ? whatToDo(report) : []),
  ];
  return `${lines.join("\n")}\n`;
}

export function renderDriftJson({ encoder, check, lastEqual, moved }: DriftReport, scores: ScoreShift): string {
  const lastEqualAt = lastEqual?.checkedAt ?? null;
  const lowest = lowestCosine(check.findings);
  const totals = { lowestCosine: lowest, similarityShift: similarityShift(lowest) };
  return `${JSON.stringify({ schemaVersion: 1, command: "drift", encoder, ...check, ...totals, lastEqualAt, moved, scores })}\n`;
}

/** For standard error, before a scan adds vectors. */
export function renderDriftWarning(report: DriftReport): string {
  const moved =
    report.moved.length === 0 ? "" : ` (other than at the last equal check: ${report.moved.map(({ name }) => name).join(", ")})`;
  return (
    `dupfind: photos do not come to the vectors of ${encoderTitle(report.encoder)} any more that the library holds${moved}: new and old photos may be compared wrongly.\n` +
    `Run dupfind drift for what changed; dupfind reindex --model ${report.encoder.id} --anew makes all vectors with what runs here now.\n`
  );
}

function describeDecoder(findings: readonly CanaryFinding[]): string {
  const lost = findings.filter(({ isDecodable }) => !isDecodable);
  const changes = findings.flatMap(({ name, format, pixels }) => (pixels === null ? [] : [{ name, format, pixels }]));
  const decoded = findings.filter(({ format }) => format !== "pixels").length;
  if (lost.length + changes.length === 0) return `the same pixels in all ${decoded}`;
  return [
    ...lost.map(({ name, format }) => `${shownName(name, format)} cannot be decoded any more`),
    ...(changes.length === 0 ? [] : [`other pixels in ${changes.length} of ${decoded}`]),
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
  if (changes.length === 0) return `the same vectors from the same pixels in all ${same.length}`;
  const largest = Math.max(...changes.map((change) => change.largest));
  return (
    `other vectors from the same pixels in ${changes.length} of ${same.length}: ` +
    `largest deviation ${largest.toExponential(1)}, lowest cosine ${shownCosine(lowestCosine(same))}`
  );
}

function describeVersions(lastEqual: DriftCheck, moved: readonly VersionChange[], verdict: DriftVerdict): readonly string[] {
  if (verdict === "equal" && moved.length === 0) return [];
  if (moved.length === 0) return [`  no version that is recorded moved since ${shownTime(lastEqual)}, the last check that was equal`];
  return [
    `  moved since ${shownTime(lastEqual)}, the last check that was equal:`,
    ...moved.map(({ name, from, to }) => `    ${name} ${from} → ${to}`),
  ];
}

function describePhotos(shift: ScoreShift): string {
  if (shift.kind === "not-calibrated") return "not compared, since the encoder is not calibrated on this library";
  const since = `${counted(shift.newPhotos, "photo")} added since the calibration`;
  if (shift.kind === "too-few") return `${since}, too few to compare`;
  const numbers = `distance ${shift.distance.toFixed(2)}, by chance up to ${shift.byChance.toFixed(2)}`;
  if (!shift.isShifted) return `${since} are as similar to others as those it was made on (${numbers})`;
  return (
    `${since} are not as similar to others as those it was made on (${numbers}; median ${shift.medianThen.toFixed(2)} then, ` +
    `${shift.medianNow.toFixed(2)} now).\n    Calibrate again: dupfind label, then dupfind calibrate --pairs labeled.csv`
  );
}

function whatToDo({ encoder, check }: DriftReport): readonly string[] {
  const lowest = lowestCosine(check.findings);
  const shift = `The lowest cosine of an old and a new vector is ${shownCosine(lowest)}: similarities may be off by up to ${similarityShift(lowest).toFixed(3)}.`;
  return [
    ...(lowest === 1 ? [] : [shift]),
    "Go back to the versions that were equal, or make all vectors anew with those that run here:",
    `  dupfind reindex --model ${encoder.id} --anew`,
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
