/**
 * Rows on their way to the server: a page of them is one parameter of one statement, whatever their number.
 */

/**
 * @param columns with their types, such as "path text, bytes bigint"
 * @returns what stands behind FROM
 */
export function givenRows(columns: string): string {
  return `json_to_recordset($1::json) AS given(${columns})`;
}

/** @param rows whose binary columns are `base64` text */
export function rowsParameter(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === "string" ? storable(value) : value));
}

/** PostgreSQL keeps no NUL, and no half of a character; neither is in the name of a file that can be opened. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\uFFFD").replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}

/** For a column that is read by `decode(…, 'base64')`. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/**
 * Of several rows of one key the last counts: one statement cannot write a row twice.
 * @returns in the order of their keys, so that two machines that write the same rows wait for each other and never both
 */
export function lastOf<Row extends object, Key extends string | number>(rows: readonly Row[], keyOf: (row: Row) => Key): readonly Row[] {
  const last = new Map(rows.map((row) => [keyOf(row), row]));
  return [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
