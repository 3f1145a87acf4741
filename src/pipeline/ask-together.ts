/**
 * Puts questions that many ask at once into one: each asker waits for its own answer, and the library is asked by pages.
 */

/**
 * @param ask answers a page of questions with those whose answer is yes
 * @returns asks for one key; what is asked before the event loop has gone round once goes into the same page
 */
export function askTogether<Key>(ask: (keys: readonly Key[]) => Promise<ReadonlySet<Key>>): (key: Key) => Promise<boolean> {
  let page: { readonly keys: Set<Key>; readonly answer: Promise<ReadonlySet<Key>> } | null = null;
  return async (key) => {
    if (page === null) {
      const keys = new Set<Key>();
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        page = null;
        return ask([...keys]);
      });
      page = { keys, answer };
    }
    page.keys.add(key);
    return (await page.answer).has(key);
  };
}
