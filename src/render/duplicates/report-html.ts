/**
 * A report as one page that works by itself and can be mailed: no server, no network, and no script for reading. Made piece by piece,
 * so that its pictures are never all in memory.
 */
import type { SET_KINDS } from "../../core/duplicates/classes.ts";
import type { DrawnSet } from "../../core/duplicates/drawn-set.ts";
import { type Report, reportTotals } from "../../core/duplicates/report.ts";
import type { PageAssets } from "../../core/pages/page-assets.ts";
import { SKIP_REASONS } from "../../core/photos/photo.ts";
import { documentHead, html, Markup } from "../html/page.ts";
import { counted, grouped, printablePath } from "../words.ts";
import { KIND_INTRO } from "./class-words.ts";
import { footnotes } from "./footnotes.ts";
import { encoderWords, foundLines } from "./headline.ts";
import { renderSetHtml } from "./set-html.ts";
import { renderFilters, renderPager, renderSummary } from "./summary-html.ts";

/** Skipped files that are listed one by one. */
const SKIPPED = 500;

/**
 * @param drawn the sets that the page lists, in the report's order; it counts all
 * @param workingFolder that folders in its notes are named from
 */
export async function* renderReportHtml(
  report: Report,
  drawn: AsyncIterable<DrawnSet>,
  assets: PageAssets,
  workingFolder: string,
): AsyncGenerator<string> {
  yield head(report, assets).text;
  const numbers = new Map<string, number>();
  let listed = 0;
  let isBare = false;
  for await (const one of drawn) {
    const { kind } = one.set;
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    if (number === 1) yield kindIntro(report, kind).text;
    if (one.pictures === null && !isBare) {
      isBare = true;
      yield html`<p class="note">From here on there are no pictures, to limit the page's size. <code>--limit</code>, <code>--only</code> and <code>--touching</code> make a page of fewer sets.</p>\n`
        .text;
    }
    listed++;
    yield renderSetHtml(one, number, report).text;
  }
  yield foot(report, listed, assets, workingFolder).text;
}

function head(report: Report, { script, style }: PageAssets): Markup {
  const { sets } = reportTotals(report);
  const isNew = report.since === null ? "" : "new ";
  const title = `${sets === 0 ? `No ${isNew}duplicates` : counted(sets, `${isNew}set of duplicates`, `${isNew}sets of duplicates`)} among ${counted(report.photoCount, "photo")}`;
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${style.sha256}'; script-src 'sha256-${script.sha256}'; base-uri 'none'; form-action 'none'`;
  return html`${documentHead(title, new Markup(policy), new Markup(style.text))}<a class="skip" href="#sets">Skip to the sets</a>
<header>
<h1>${report.since === null ? "Duplicate photos" : "New duplicate photos"}</h1>
<p class="found">${foundLines(report).join(" ")}</p>
<p class="note">${encoderWords(report).replaceAll("\n", " ")}</p>
${report.folders.length === 0 ? "" : html`<p class="note">About ${report.folders.map(printablePath).join(", ")}; what lies outside stays.</p>`}
</header>
<main>
${renderSummary(report)}
<section aria-labelledby="sets">
<h2 id="sets" tabindex="-1">Sets</h2>
${renderFilters(report)}
<div id="list">
`;
}

function kindIntro(report: Report, kind: (typeof SET_KINDS)[number]): Markup {
  const intro = KIND_INTRO[kind];
  const total = report.sets.filter((set) => set.kind === kind).length;
  return intro === null ? html`` : html`<p class="intro">${intro} ${counted(total, "set")}.</p>\n`;
}

function foot(report: Report, listed: number, { script }: PageAssets, workingFolder: string): Markup {
  const unlisted = report.sets.length - listed;
  const notes = footnotes(report, workingFolder);
  return html`</div>
${renderPager()}
${report.sets.length === 0 ? html`<p>There is none.</p>` : ""}
${unlisted > 0 ? html`<p class="note">${counted(unlisted, "more set is", "more sets are")} not on this page; the figures above count them.</p>` : ""}
</section>
${notes.length === 0 ? "" : html`<section aria-labelledby="left-out"><h2 id="left-out">What was left out</h2><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></section>`}
${skippedFiles(report)}
</main>
<footer><p class="note">Made by dupfind on your machine. This page asks nobody for anything.</p></footer>
<script type="module">${new Markup(script.text)}</script>
</body>
</html>
`;
}

function skippedFiles({ skipped }: Report): Markup {
  if (skipped.length === 0) return html``;
  const rest = skipped.length - SKIPPED;
  const rows = skipped
    .slice(0, SKIPPED)
    .map(({ path, reason }) => html`<tr><td class="path">${printablePath(path)}</td><td>${SKIP_REASONS[reason]}</td></tr>\n`);
  return html`<section aria-labelledby="skipped"><h2 id="skipped">Skipped files</h2>
<details><summary>${counted(skipped.length, "file")} that could not be compared</summary>
<table><thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead><tbody>
${rows}</tbody></table>
${rest > 0 ? html`<p class="note">${grouped(rest)} more: dupfind status lists all.</p>` : ""}
</details></section>`;
}
