/**
 * Rows of a CSV file.
 */
export interface CsvRow {
  /** Line of the file that the row ends on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}
