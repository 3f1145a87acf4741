/**
 * How a report is shown, whatever its form.
 */
import type { Dress } from "../../core/text/styled-text.ts";

export interface ReportView {
  /** Paths below it are shown without it. */
  readonly workingFolder: string;
  /** Sets to list; null for all. */
  readonly limit: number | null;
  /** The line that says how to go on from here; null where there is nothing to go on with. */
  readonly next: string | null;
  readonly dress: Dress;
}
