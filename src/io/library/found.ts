/**
 * Answers a page of questions one by one: a local database is asked without leaving the process.
 */

/** What was found of what was asked for. */
export function found<Key, Value>(keys: Iterable<Key>, find: (key: Key) => Value | undefined): ReadonlyMap<Key, Value> {
  const all = new Map<Key, Value>();
  for (const key of keys) {
    const value = find(key);
    if (value !== undefined) all.set(key, value);
  }
  return all;
}
