/**
 * The part of a calibration that later commands read, and the document that it is kept as in a library. The document is the
 * library's own: what `calibrate --json` prints is made by a renderer and may change without it.
 */
import { FormFault, fields, list, numberFrom, oneOf, orNull, type Read, textOf, wholeFrom } from "../text/json-form.ts";
import { similarity } from "../units.ts";
import type { Calibration, LibraryFindings } from "./calibration.ts";
import { CALIBRATION_SOURCES } from "./calibration-source.ts";
import type { ChosenThreshold } from "./chosen-threshold.ts";
import type { CurvePoint } from "./precision-recall-curve.ts";

export interface SavedCalibration
  extends Pick<Calibration, "createdAt" | "source" | "labels" | "precision" | "pairs" | "chosen" | "guarantees" | "highestGuarantee"> {
  readonly library: Pick<LibraryFindings, "photos" | "similarities">;
}

/** Raised when a field changes its meaning or goes. Earlier forms are converted by `readSavedCalibration`. */
const DOCUMENT_VERSION = 3;

export function toSavedCalibration(calibration: Calibration): SavedCalibration {
  const { createdAt, source, labels, precision, pairs, chosen, guarantees, highestGuarantee, library } = calibration;
  const { photos, similarities } = library;
  return { createdAt, source, labels, precision, pairs, chosen, guarantees, highestGuarantee, library: { photos, similarities } };
}

export function writeSavedCalibration(saved: SavedCalibration): string {
  return JSON.stringify({ schemaVersion: DOCUMENT_VERSION, ...saved });
}

/** @returns null for a document that no dupfind up to this one wrote: the encoder has to be calibrated again */
export function readSavedCalibration(text: string): SavedCalibration | null {
  try {
    const { schemaVersion, ...document } = JSON.parse(text) ?? {};
    if (schemaVersion === 1) return fromSecondForm(readSecondForm(fromFirstForm(document), ""));
    if (schemaVersion === 2) return fromSecondForm(readSecondForm(document, ""));
    return schemaVersion === DOCUMENT_VERSION ? readFields(document, "") : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof FormFault) return null;
    throw error;
  }
}

/** Version 1 was the answer of `calibrate --json` itself, in the words it had then. */
function fromFirstForm({ madeAt, source, precision, pairs, promises, bestPromise, library }: FirstForm) {
  const { photos, similarities } = library ?? {};
  return {
    createdAt: madeAt,
    source,
    precision,
    pairs,
    guarantees: promises,
    highestGuarantee: bestPromise,
    library: { photos, similarities },
  };
}

type SecondForm = Omit<SavedCalibration, "labels" | "chosen">;

/** Version 2 held no choice: where it guaranteed nothing, reports went by the encoder's own threshold, and go on doing so. */
function fromSecondForm(document: SecondForm): SavedCalibration {
  const { source, pairs } = document;
  return { ...document, labels: source === "labels" ? pairs.same + pairs.different : 0, chosen: null };
}

/** Nothing is known of it before it is read. */
interface FirstForm extends Readonly<Partial<Record<"madeAt" | "source" | "precision" | "pairs" | "promises" | "bestPromise", unknown>>> {
  readonly library?: Readonly<Partial<Record<"photos" | "similarities", unknown>>>;
}

const count = wholeFrom(0, Number.MAX_SAFE_INTEGER);
const share = numberFrom(0, 1);
const readCosine = numberFrom(-1, 1);
const time = textOf((text): text is string => !Number.isNaN(Date.parse(text)), "a time");

const readPoint: Read<CurvePoint> = fields<CurvePoint>({
  threshold: (value, at) => similarity(readCosine(value, at)),
  truePositives: count,
  falsePositives: count,
  precision: share,
  recall: share,
  falsePositiveRate: share,
});

const secondForm = {
  createdAt: time,
  source: oneOf(...CALIBRATION_SOURCES),
  precision: share,
  pairs: fields<SavedCalibration["pairs"]>({ same: count, different: count, photos: count }),
  guarantees: list(fields<SavedCalibration["guarantees"][number]>({ precision: share, at: orNull(readPoint) }), 0, 1000),
  highestGuarantee: share,
  library: fields<SavedCalibration["library"]>({ photos: count, similarities: list(count, 1, 10_000) }),
};

const readSecondForm: Read<SecondForm> = fields<SecondForm>(secondForm);

const readFields: Read<SavedCalibration> = fields<SavedCalibration>({
  ...secondForm,
  labels: count,
  chosen: orNull(
    fields<ChosenThreshold>({ threshold: (value, at) => similarity(readCosine(value, at)), precision: share, confidence: share }),
  ),
});
