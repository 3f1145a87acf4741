/**
 * A capture time as ISO 8601 writes it, with as much of it as the camera wrote.
 */
import type { CaptureTime } from "./exposure.ts";

/** "2019-03-21T11:04:22.348+01:00"; fraction and zone only where they are known. */
export function isoCaptureTime({ wallSeconds, fraction, offsetMinutes }: CaptureTime): string {
  const wall = new Date(wallSeconds * 1000).toISOString().slice(0, 19);
  return wall + (fraction === null ? "" : `.${fraction}`) + (offsetMinutes === null ? "" : zone(offsetMinutes));
}

function zone(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const digits = (value: number) => String(value).padStart(2, "0");
  return `${offsetMinutes < 0 ? "-" : "+"}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}
