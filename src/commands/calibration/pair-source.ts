/**
 * Where pairs with known answers come from, with the file as the user named it made absolute.
 */
import { resolve } from "node:path";
import type { CalibrationPairs, PairSource } from "../../engine/calibration/calibrate.ts";
import type { LabelSource } from "../../engine/calibration/labelled-pairs.ts";
import type { Host } from "../host.ts";
import { expandHome } from "../machine.ts";
import type { NamedCalibrationPairs, NamedPairSource } from "./settings.ts";

export function labelSource(named: string, { workingFolder }: Pick<Host, "workingFolder">): LabelSource {
  return { file: resolve(workingFolder, expandHome(named)), named };
}

export function calibrationPairs(source: NamedCalibrationPairs, host: Pick<Host, "workingFolder">): CalibrationPairs {
  if (source.kind === "decisions") return source;
  if (source.kind !== "labels-and-synthetic") return pairSource(source, host);
  return { kind: source.kind, photos: source.photos, ...labelSource(source.file, host) };
}

export function pairSource(source: NamedPairSource, host: Pick<Host, "workingFolder">): PairSource {
  return source.kind === "labels" ? { kind: "labels", ...labelSource(source.file, host) } : source;
}
