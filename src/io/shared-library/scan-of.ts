/**
 * One scan, as the rows that it writes know it.
 */
export interface ScanOf {
  readonly encoderId: number;
  readonly scan: number;
  /** Names what can be decoded today. */
  readonly attempt: string;
}
