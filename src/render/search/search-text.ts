/**
 * What a search found, for a person at a terminal of 80 columns.
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { Query } from "../../core/search/query.ts";
import type { Hit, SearchResult } from "../../core/search/search-result.ts";
import { byteSize, counted, grouped, printablePath, shownPath, shownSimilarity } from "../words.ts";

const LABEL_WIDTH = 7;
const INDENT = " ".repeat(LABEL_WIDTH + 2);
const SAME_BYTES = "bytes =";

export function renderSearchText(result: SearchResult, workingFolder: string): string {
  const blocks = [
    searchHeadline(result),
    result.same.map(({ path }) => `${SAME_BYTES}  ${shownPath(path, workingFolder)}`).join("\n"),
    result.hits.map((hit) => renderHit(hit, workingFolder)).join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** One sentence: how many, like what, of how many. */
export function searchHeadline({ hits, query, comparedCount, encoder }: SearchResult): string {
  const found = hits.length === 0 ? "No picture is similar enough" : `${counted(hits.length, "picture")} most similar`;
  return `${found} to ${describeQuery(query)}, out of ${grouped(comparedCount)} compared with ${encoderTitle(encoder)}.`;
}

function describeQuery({ photo, words, unwanted }: Query): string {
  const quoted = (text: string) => `"${printablePath(text)}"`;
  const wanted = [...(photo === null ? [] : [printablePath(photo)]), ...(words === null ? [] : [quoted(words)])].join(" with ");
  return unwanted.length === 0 ? wanted : `${wanted} and not ${unwanted.map(quoted).join(" or ")}`;
}

/** The files of one content stand one below the other, with their figures behind the last. */
function renderHit({ content, similarity }: Hit, workingFolder: string): string {
  const { width, height, format } = content.facts;
  const paths = content.photos.map(({ path }, index) => {
    const label = index === 0 ? shownSimilarity(similarity) : SAME_BYTES;
    return `${label.padEnd(LABEL_WIDTH)}  ${shownPath(path, workingFolder)}`;
  });
  return [...paths, `${INDENT}${width} × ${height} ${format}, ${byteSize(content.bytes)}`].join("\n");
}
