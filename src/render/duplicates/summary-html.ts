/**
 * What stands above the sets on a report's page: folders, classes, and what narrows the list.
 */
import { EXTRA_CLASSES, isSure } from "../../core/duplicates/classes.ts";
import { type FolderStanding, isKeptElsewhere } from "../../core/duplicates/folder-summary.ts";
import { folderStandings, type Report, reportTotals } from "../../core/duplicates/report.ts";
import { html, type Markup } from "../html/page.ts";
import { byteSize, counted, grouped } from "../words.ts";
import { CLASS_ADVICE, CLASS_NAMES } from "./class-words.ts";
import { placesWords } from "./folder-words.ts";
import { pathMarkup, shownInFull } from "./path-markup.ts";

/** Folders that stand there at once; the others are folded away. */
const FOLDERS = 12;
/** At most, all in all. */
const ALL_FOLDERS = 1000;

export function renderSummary(report: Report): Markup {
  return html`${folders(report)}
${classes(report)}`;
}

function folders(report: Report): Markup {
  const standings = folderStandings(report);
  if (standings.length === 0) return html``;
  const more = standings.slice(FOLDERS, ALL_FOLDERS);
  const rest = standings.length - ALL_FOLDERS;
  return html`<section aria-labelledby="folders">
<h2 id="folders">Folders</h2>
<p class="note">How many photos of a folder are kept in another one as well. All folders of which no photo would be lost can go together.</p>
${folderTable(standings.slice(0, FOLDERS))}
${more.length === 0 ? "" : html`<details><summary>${counted(more.length, "more folder")}</summary>${folderTable(more)}</details>`}
${rest > 0 ? html`<p class="note">${grouped(rest)} more: dupfind report --json has all.</p>` : ""}
</section>`;
}

function folderTable(standings: readonly FolderStanding[]): Markup {
  return html`<div class="scroll" role="group" aria-label="Table of folders" tabindex="0"><table class="folders">
<thead><tr><th scope="col">Folder</th><th scope="col">Kept elsewhere</th><th scope="col">In</th><th scope="col" class="figure">Size</th></tr></thead>
<tbody>
${standings.map(folderRow)}</tbody>
</table></div>`;
}

function folderRow(standing: FolderStanding): Markup {
  const { folder, photos, elsewhere, bytes, notCompared, places } = standing;
  const verdict = isKeptElsewhere(standing)
    ? html`<strong class="lossless">no photo would be lost</strong>`
    : elsewhere === photos
      ? html`<span class="not-compared">${counted(notCompared, "file was", "files were")} not compared</span>`
      : html``;
  return html`<tr data-folder="${shownInFull(folder)}"><th scope="row" class="path">${pathMarkup(folder)}</th>
<td data-label="kept elsewhere">${grouped(elsewhere)} of ${grouped(photos)} ${verdict}</td><td class="path" data-label="in">${placesWords(places, shownInFull)}</td><td class="figure" data-label="size">${byteSize(bytes)}</td></tr>
`;
}

function classes(report: Report): Markup {
  const totals = reportTotals(report).classes;
  const rows = EXTRA_CLASSES.filter((name) => totals[name].extras > 0).map((name) => {
    const { extras, reclaimableBytes } = totals[name];
    const size = name === "burst" ? "" : byteSize(reclaimableBytes);
    return html`<tr><th scope="row"><span class="class ${isSure(name) ? "sure" : "doubtful"}">${CLASS_NAMES[name]}</span></th>
<td class="figure" data-label="extras">${grouped(extras)}</td><td class="figure" data-label="size">${size}</td><td data-label="may one go">${CLASS_ADVICE[name]}</td></tr>
`;
  });
  if (rows.length === 0) return html``;
  return html`<section aria-labelledby="classes">
<h2 id="classes">Classes</h2>
<div class="scroll" role="group" aria-label="Table of classes" tabindex="0"><table>
<thead><tr><th scope="col">Class</th><th scope="col" class="figure">Extras</th><th scope="col" class="figure">Size</th><th scope="col">May one go?</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
</section>`;
}

/** Hidden until the page's script knows what to do with it. */
export function renderFilters(report: Report): Markup {
  const totals = reportTotals(report).classes;
  const present = EXTRA_CLASSES.filter((name) => totals[name].extras > 0);
  return html`<form id="filters" role="search" aria-label="Narrow the sets" hidden>
<label>Class <select name="class"><option value="">all</option>${present.map((name) => html`<option value="${name}">${CLASS_NAMES[name]}</option>`)}</select></label>
<label>Path holds <input name="path" type="search" autocomplete="off" spellcheck="false"></label>
<label>Taken from <input name="from" type="date"></label>
<label>to <input name="to" type="date"></label>
<label>Similarity from <input name="low" type="number" min="-1" max="1" step="any"></label>
<label>to <input name="high" type="number" min="-1" max="1" step="any"></label>
<label>Order <select name="order"><option value="">as listed</option><option value="size">size</option><option value="similarity">similarity, least first</option><option value="date">date</option><option value="folder">folder</option></select></label>
<label class="check"><input name="keys" type="checkbox" checked> Keys</label>
<button type="reset">Show all</button>
<p class="note keys"><kbd>j</kbd> <kbd>k</kbd> next and previous set, <kbd>n</kbd> <kbd>p</kbd> next and previous page, <kbd>/</kbd> filter, <kbd>Esc</kbd> leave it</p>
</form>
<p id="count" role="status" hidden></p>`;
}

export function renderPager(): Markup {
  return html`<nav id="pager" aria-label="Pages of sets" hidden>
<button type="button" id="previous">Previous</button> <span id="page"></span> <button type="button" id="next">Next</button>
</nav>`;
}
