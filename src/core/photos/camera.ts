/**
 * Whether two photos name one camera. A maker writes itself in several ways, and programs that save photos write it in more:
 * "NIKON CORPORATION NIKON D90", "Nikon D90".
 */

/** What a company calls itself beside its name. */
const COMPANY_FORMS: ReadonlySet<string> = new Set([
  "ag",
  "camera",
  "co",
  "company",
  "computer",
  "corp",
  "corporation",
  "digital",
  "electric",
  "electronics",
  "foto",
  "gmbh",
  "imaging",
  "inc",
  "industries",
  "kk",
  "limited",
  "llc",
  "ltd",
  "mobile",
  "optical",
  "technologies",
  "technology",
  "techwin",
]);

/**
 * @param one make and model as EXIF has them, one behind the other
 * @returns true where every word of one stands in the other too, but for those that only tell what kind of company it is
 */
export function isOneCamera(one: string, other: string): boolean {
  const [fewer, more] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size) as [ReadonlySet<string>, ReadonlySet<string>];
  return fewer.size > 0 ? [...fewer].every((word) => more.has(word)) : one.trim() === other.trim();
}

function wordsOf(camera: string): ReadonlySet<string> {
  const words = camera.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}_+-]*/gu) ?? [];
  return new Set(words.filter((word) => !COMPANY_FORMS.has(word)));
}
