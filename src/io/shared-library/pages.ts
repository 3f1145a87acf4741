/**
 * Pages of a table by its key: nothing is held open between two of them, so that a page can be asked for again.
 */

/**
 * @param first what lies before every row
 * @param read the page behind a row
 * @returns pages that are not empty
 */
export async function* pagesBehind<Row, Key>(
  first: Key,
  read: (after: Key) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<readonly Row[]> {
  for (let after: Key | undefined = first; after !== undefined; ) {
    const rows: readonly Row[] = await read(after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    after = last === undefined ? undefined : keyOf(last);
  }
}
