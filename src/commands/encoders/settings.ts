/**
 * What `models` and `embed` were asked to do.
 */
import type { CommonSettings } from "../settings.ts";

export type ModelsSettings = Pick<CommonSettings, "models" | "quiet" | "json">;

export interface PullSettings extends ModelsSettings {
  /** Mirror to fetch from; null for where the models are published. */
  readonly endpoint: string | null;
  /** Seconds without progress after which a connection is given up. */
  readonly patience: number;
}

export const EMBED_FORMATS = ["jsonl", "npy"] as const;

export type EmbedFormat = (typeof EMBED_FORMATS)[number];

export interface EmbedSettings extends CommonSettings {
  readonly photos: readonly string[];
  readonly model: string;
  readonly format: EmbedFormat;
  readonly maxMegapixels: number;
  readonly maxSeconds: number;
  readonly threads: number;
}
