/**
 * What a search found, as a page of small pictures.
 */
import type { Hit, SearchResult } from "../../core/search/search-result.ts";
import { html, type Markup, renderPage } from "../html/page.ts";
import { byteSize, shownPath, shownSimilarity } from "../words.ts";
import { searchHeadline } from "./search-text.ts";

/** Of the photo at a path, as a data URI; null where it cannot be shown. */
export type ThumbnailOf = (path: string) => string | null;

export function renderSearchPage(result: SearchResult, thumbnailOf: ThumbnailOf, workingFolder: string): string {
  const { query, same, hits } = result;
  const names = (paths: readonly string[]) => paths.map((path) => html`<br><span class="path">${shownPath(path, workingFolder)}</span>`);
  const asked =
    query.photo === null
      ? ""
      : html`<figure class="asked">${picture(query.photo, thumbnailOf)}
<figcaption>query${names(same.length > 0 ? same.map(({ path }) => path) : [query.photo])}</figcaption></figure>`;
  const title = searchHeadline(result);
  const body = html`<h1 class="path">${title}</h1>
${asked}
<ol>
${hits.map((hit) => renderHit(hit, thumbnailOf, names))}</ol>`;
  return renderPage({ title, body, style: STYLE });
}

/** Files with the same bytes share a picture. */
function renderHit({ content, similarity }: Hit, thumbnailOf: ThumbnailOf, names: (paths: readonly string[]) => readonly Markup[]): Markup {
  const { width, height, format } = content.facts;
  const paths = content.photos.map(({ path }) => path);
  return html`<li><figure>${picture(paths[0] ?? "", thumbnailOf)}
<figcaption><strong>${shownSimilarity(similarity)}</strong>${names(paths)}<br>${width} × ${height} ${format}, ${byteSize(content.bytes)}</figcaption></figure></li>
`;
}

/** The caption names the photo: the picture needs no name of its own. */
function picture(path: string, thumbnailOf: ThumbnailOf): Markup {
  const source = thumbnailOf(path);
  return source === null ? html`<div class="gone">This photo cannot be shown.</div>` : html`<img src="${source}" alt="">`;
}

const STYLE = `
ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 1.5rem 1rem; }
ol figure { margin: 0; }
img, .gone { display: block; width: 100%; height: 15rem; object-fit: contain; border: 1px solid var(--line); }
.asked { max-width: 20rem; }
.gone { padding: 1rem; color: var(--faint); }
strong { color: var(--ink); }
`;
