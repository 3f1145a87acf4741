/** What tests in TypeScript see of `judge.mjs`. */
import type { Truth } from "./build.mjs";

export interface ReportedPhoto {
  readonly path: string;
  readonly companions: readonly string[];
  readonly parted?: readonly string[];
}

export interface ReportedSet {
  readonly keeper: ReportedPhoto & { readonly reason: string };
  readonly extras: readonly ReportedPhoto[];
}

export interface Tally {
  readonly right: number;
  readonly all: number;
}

export interface Judgement {
  readonly sets: number;
  readonly keepers: Tally;
  readonly withoutOriginal: number;
  readonly keepersByOrigin: ReadonlyMap<string, Tally>;
  readonly keepersByReason: ReadonlyMap<string, Tally>;
  readonly mixtures: ReadonlyMap<string, number>;
  readonly frames: Tally;
  readonly lostPictures: number;
  readonly orphaned: { readonly files: number; readonly sets: number; readonly told: number; readonly repeated: number };
  readonly found: ReadonlyMap<string, Tally>;
  readonly companions: ReadonlyMap<string, Tally>;
  readonly strangers: number;
  readonly faults: readonly { readonly kind: string; readonly kept: string; readonly reason: string; readonly instead: string }[];
}

export function judge(truth: Truth, sets: readonly ReportedSet[]): Judgement;
