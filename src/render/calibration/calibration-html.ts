/**
 * A calibration as one page: the answer, the curve, how the similarities are spread, and the pairs to look at again.
 */
import type { Calibration, PairFindings } from "../../core/calibration/calibration.ts";
import type { CurvePoint } from "../../core/calibration/precision-recall-curve.ts";
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { DisputedPair, Picture } from "../../core/pairs/labelled-pair.ts";
import { HISTOGRAM_BINS } from "../../core/statistics/histogram.ts";
import { renderChart, type Series } from "../html/charts.ts";
import { html, type Markup, renderPage } from "../html/page.ts";
import { counted, day, grouped, percent, printablePath, shownSimilarity, shownThreshold } from "../words.ts";
import { expectationSentence } from "./calibration-outcome.ts";
import { evidenceSentences, guaranteeTable, LOOK_AGAIN, librarySentences, thresholdSentences } from "./calibration-words.ts";
import { suspectSentences, syntheticSentences } from "./synthetic-words.ts";

/** Of a picture, as a data URI; null where it cannot be shown. */
export type ThumbnailOf = (picture: Picture) => string | null;

export function renderCalibrationHtml(calibration: Calibration, thumbnailOf: ThumbnailOf): string {
  const { encoder, createdAt, pairs, averagePrecision, disputed } = calibration;
  const advice = LOOK_AGAIN[calibration.source];
  const unedited = calibration.source !== "labels" ? " The pictures are shown without the edits." : "";
  const body = html`<h1>Calibration of ${encoderTitle(encoder)}</h1>
<p class="faint">${day(createdAt)}: ${counted(pairs.same + pairs.different, "pair")} of ${counted(pairs.photos, "distinct photo")}, ${grouped(pairs.same)} the same, ${grouped(pairs.different)} different.</p>
<p><strong>${expectationSentence(calibration)}</strong></p>
${paragraphs(thresholdSentences(calibration))}
<h2>Thresholds and their guarantees</h2>
${guaranteeMarkup(calibration)}
<h2>Precision and recall</h2>
${curveFigure(calibration)}
<p>Average precision ${averagePrecision.toFixed(4)}.</p>
<h2>How similar the pairs are</h2>
${scoresFigure(calibration)}
<h2>The whole library</h2>
${paragraphs(librarySentences(calibration))}
${libraryFigure(calibration)}
<h2>What these pairs can and cannot tell</h2>
${paragraphs(evidenceSentences(calibration))}
${editSection(calibration, thumbnailOf)}
${disputedSection("False positives", disputed.wrong, advice.wrong, thumbnailOf)}
${disputedSection("Missed", disputed.missed, `${advice.missed}${unedited}`, thumbnailOf)}`;
  return renderPage({ title: `Calibration of ${encoderTitle(encoder)}`, body, style: STYLE });
}

function paragraphs(sentences: readonly string[]): readonly Markup[] {
  return sentences.map((sentence) => html`<p>${sentence}</p>\n`);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): Markup {
  return html`<div class="scroll"><table>
<tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr>
${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</table></div>`;
}

function figure(chart: Markup, asTable: Markup): Markup {
  return html`<figure>${chart}<details><summary>As a table</summary>${asTable}</details></figure>`;
}

function guaranteeMarkup(calibration: Calibration): Markup {
  return table(
    ["guaranteed", "threshold", "precision here", "recall here", "false positives here"],
    guaranteeTable(calibration).map((row) => [row.precision, row.threshold, row.observedPrecision, row.recall, row.falsePositives]),
  );
}

function curveFigure({ curve, at, precision }: Calibration): Markup {
  const lowest = Math.min(...curve.map((point) => point.precision));
  const label = at === null ? "" : `threshold ${shownThreshold(at.threshold)}`;
  const chart = renderChart({
    description: `Precision over recall. ${at === null ? "No threshold" : label} for a precision of ${precision}.`,
    x: { from: 0, to: 1, title: "recall: fraction of the same-picture pairs that are found" },
    y: { from: Math.floor(lowest * 5) / 5, to: 1, title: "precision: fraction of the pairs found that are the same picture" },
    series: [{ name: "precision", color: "one", filled: false, points: curve.map((point) => [point.recall, point.precision]) }],
    mark: at === null ? null : { x: at.recall, y: at.precision, label },
  });
  const rows = evenly(curve, 20).map((point) => [
    shownThreshold(point.threshold),
    point.precision.toFixed(3),
    point.recall.toFixed(3),
    percent(point.falsePositiveRate),
  ]);
  return figure(chart, table(["threshold", "precision", "recall", "false positives"], rows));
}

function scoresFigure({ scores, at, pairs }: Calibration): Markup {
  const series: readonly Series[] = [
    { name: "different", color: "two", filled: true, points: binPoints(scores.different) },
    { name: "the same", color: "one", filled: true, points: binPoints(scores.same) },
  ];
  const unlisted = pairs.different - sum(scores.different);
  const left = html`<p class="faint">${counted(unlisted, "different pair")} less similar than all of these are not shown.</p>`;
  return html`${histogramFigure("Similarities of pairs of the same picture and of different pictures.", series, at, scores)}${unlisted > 0 ? left : ""}`;
}

function libraryFigure({ library, at }: Calibration): Markup {
  const series: Series = { name: "unrelated", color: "faint", filled: true, points: binPoints(library.similarities) };
  const description = "Similarities of pairs in this library that are not known to be duplicates.";
  return histogramFigure(description, [series], at, { unrelated: library.similarities });
}

function histogramFigure(
  description: string,
  series: readonly Series[],
  at: CurvePoint | null,
  counts: Readonly<Record<string, readonly number[]>> | PairFindings["scores"],
): Markup {
  const points = series.flatMap((one) => one.points).filter(([, share]) => share > 0);
  if (points.length === 0) return html`<p class="faint">Nothing to show.</p>`;
  const from = Math.floor(Math.min(...points.map(([similarity]) => similarity)) * 5) / 5;
  const chart = renderChart({
    description,
    x: { from: Math.max(-1, from), to: 1, title: "similarity" },
    y: {
      from: 0,
      to: Math.ceil(Math.max(...points.map(([, share]) => share)) * 20) / 20,
      title: "fraction of the pairs, in steps of 0.01",
    },
    series,
    mark: at === null ? null : { x: at.threshold, y: null, label: `threshold ${shownThreshold(at.threshold)}` },
  });
  const named = Object.entries(counts) as readonly (readonly [string, readonly number[]])[];
  const rows = Array.from({ length: TABLE_BINS }, (_, i) => [
    `${tenth(i)} to ${tenth(i + 1)}`,
    ...named.map(([, bins]) => grouped(sum(bins.slice((i * HISTOGRAM_BINS) / TABLE_BINS, ((i + 1) * HISTOGRAM_BINS) / TABLE_BINS)))),
  ]).filter((row) => row.slice(1).some((cell) => cell !== "0"));
  return figure(chart, table(["similarity", ...named.map(([name]) => name)], rows));
}

const TABLE_BINS = 20;

function tenth(index: number): string {
  return (index / 10 - 1).toFixed(1);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Shares of all pairs by the lower edges of their bins, ending at 1. */
function binPoints(counts: readonly number[]): Series["points"] {
  const all = Math.max(1, sum(counts));
  const edges = counts.map((count, bin) => [(2 * bin) / HISTOGRAM_BINS - 1, count / all] as const);
  return [...edges, [1, 0]];
}

function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))] as Item);
}

/** The edits of the library's photos; nothing for labels. */
function editSection({ synthetic, library }: Calibration, thumbnailOf: ThumbnailOf): Markup {
  if (synthetic === null) return html``;
  const rows = synthetic.edits.map(({ kind, found, total }) => [kind, grouped(found), grouped(total), percent(found / total)]);
  return html`<h2>Edits</h2>
${paragraphs(syntheticSentences(synthetic, library.threshold))}
${table(["edit", "found", "of", "share"], rows)}
<h2>Possible duplicates</h2>
${paragraphs(suspectSentences(synthetic))}
${pairGrid(synthetic.suspects.mostDoubtful, thumbnailOf)}`;
}

function disputedSection(title: string, pairs: readonly DisputedPair[], advice: string, thumbnailOf: ThumbnailOf): Markup {
  if (pairs.length === 0) return html``;
  return html`<h2>${title}</h2>
<p>${advice}</p>
${pairGrid(pairs, thumbnailOf)}`;
}

function pairGrid(pairs: readonly DisputedPair[], thumbnailOf: ThumbnailOf): Markup {
  return html`<div class="pairs">${pairs.map(
    ({ similarity, pictures }) => html`<figure class="pair"><figcaption>similarity ${shownSimilarity(similarity)}</figcaption>
${pictures.map((picture) => html`<div>${thumbnail(thumbnailOf(picture))}<p class="path">${printablePath(picture.name)}</p></div>\n`)}</figure>
`,
  )}</div>`;
}

function thumbnail(source: string | null): Markup {
  return source === null ? html`<p class="faint">cannot be shown</p>` : html`<img src="${source}" alt="">`;
}

const STYLE = `
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 0.5rem 2rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem 1rem; align-content: start; }
.pair figcaption { grid-column: 1 / -1; }
.pair img { max-width: 100%; height: auto; }
.pair p { margin: 0.2rem 0; font-size: 0.85rem; }
`;
