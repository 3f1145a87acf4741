/**
 * How far a fetch has come, as one line.
 */
import { byteSize, counted } from "./words.ts";

export interface PullState {
  /** Bytes, those that lay here already among them. */
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number;
}

export function renderPullState({ done, total, bytesPerSecond }: PullState): string {
  const fetched = `fetched ${byteSize(done)} of ${byteSize(total)}`;
  if (bytesPerSecond === 0) return `${fetched}; waiting for data`;
  return `${fetched}, ${byteSize(Math.round(bytesPerSecond))}/s, about ${duration((total - done) / bytesPerSecond)} left`;
}

function duration(seconds: number): string {
  if (seconds < 90) return counted(Math.ceil(seconds), "second");
  if (seconds < 5400) return counted(Math.round(seconds / 60), "minute");
  return counted(Math.round(seconds / 3600), "hour");
}
