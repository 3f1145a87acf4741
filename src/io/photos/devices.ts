/**
 * Systems number devices anew when they start, or when a drive comes back. Photos that are met again tell what a device is
 * called now.
 */
import { deviceOf } from "./photo-file.ts";

export class Devices {
  /** By the number that a photo was known with, those that others of it were met on again. */
  readonly #renumbered = new Map<string, Set<string>>();
  /** Met again under their own numbers. */
  readonly #stayed = new Set<string>();
  /** Numbers that belong to what was another device. */
  readonly #taken = new Set<string>();

  /** Of a photo that is where it was. */
  note(fileIdBefore: string, fileIdNow: string): void {
    const [before, now] = [deviceOf(fileIdBefore), deviceOf(fileIdNow)];
    if (before === now) this.#stayed.add(now);
    else {
      this.#renumbered.set(before, (this.#renumbered.get(before) ?? new Set()).add(now));
      this.#taken.add(now);
    }
  }

  /** Numbers that the device of a known photo may have now. */
  of(fileId: string): ReadonlySet<string> {
    const device = deviceOf(fileId);
    // One that was never met again may be away, with its number given to another: that other's folders say nothing of its photos.
    const isStillItself = this.#stayed.has(device) || !this.#taken.has(device);
    return new Set([...(isStillItself ? [device] : []), ...(this.#renumbered.get(device) ?? [])]);
  }
}
