/**
 * Charts as inline SVG that follow the page's colours: axes with numbers, lines of steps, and one marked value.
 */
import { html, type Markup } from "./page.ts";

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Series {
  readonly name: string;
  readonly color: "one" | "two" | "faint";
  /** In drawing order; joined by steps, so that nothing is interpolated. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly filled: boolean;
}

export interface Chart {
  /** For those who do not see it. */
  readonly description: string;
  readonly x: Range & { readonly title: string };
  readonly y: Range & { readonly title: string };
  readonly series: readonly Series[];
  /** A value of x that is marked with a line over the whole height, or a point; null for none. */
  readonly mark: { readonly x: number; readonly y: number | null; readonly label: string } | null;
}

const WIDTH = 720;
const HEIGHT = 360;
const INNER = { left: 60, right: 700, top: 34, bottom: 306 };
const TICKS_AT_MOST = 8;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

export function renderChart({ description, x, y, series, mark }: Chart): Markup {
  const atX = scale(x, INNER.left, INNER.right);
  const atY = scale(y, INNER.bottom, INNER.top);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description}" font-size="13" fill="currentColor">
${ticks(y).map(
  (value) => html`<line x1="${INNER.left}" x2="${INNER.right}" y1="${atY(value)}" y2="${atY(value)}" stroke="var(--line)"/>
<text x="${INNER.left - 8}" y="${atY(value) + 4}" text-anchor="end">${tickText(value)}</text>
`,
)}${ticks(x).map((value) => html`<text x="${atX(value)}" y="${INNER.bottom + 20}" text-anchor="middle">${tickText(value)}</text>\n`)}
<text x="${(INNER.left + INNER.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${x.title}</text>
<text x="${INNER.left}" y="16">${y.title}</text>
${series.map((one) => renderSeries(one, atX, atY))}${legend(series)}${mark === null ? "" : renderMark(mark, atX, atY)}</svg>`;
}

type Scale = (value: number) => number;

function scale({ from, to }: Range, low: number, high: number): Scale {
  return (value) => rounded(low + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (high - low));
}

/** Round numbers: as many as there is room for. */
function ticks({ from, to }: Range): readonly number[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= TICKS_AT_MOST) ?? to - from;
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

function tickText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function renderSeries({ points, color, filled }: Series, atX: Scale, atY: Scale): Markup {
  const steps = points.map(([x, y], index) => (index === 0 ? `M${atX(x)} ${atY(y)}` : `H${atX(x)}V${atY(y)}`)).join("");
  return filled
    ? html`<path d="${steps}V${INNER.bottom}H${atX(points[0]?.[0] ?? 0)}Z" fill="var(--${color})" fill-opacity="0.35" stroke="var(--${color})"/>\n`
    : html`<path d="${steps}" fill="none" stroke="var(--${color})" stroke-width="2"/>\n`;
}

/** Only where there is something to tell apart. */
function legend(series: readonly Series[]): readonly Markup[] {
  if (series.length < 2) return [];
  return series.map(({ name, color }, index) => {
    const left = INNER.right - 150 * (series.length - index);
    return html`<rect x="${left}" y="6" width="12" height="12" fill="var(--${color})"/><text x="${left + 18}" y="16">${name}</text>\n`;
  });
}

function renderMark({ x, y, label }: NonNullable<Chart["mark"]>, atX: Scale, atY: Scale): Markup {
  const [left, flips] = [atX(x), atX(x) > (INNER.left + INNER.right) / 2];
  const [labelX, anchor] = flips ? [left - 8, "end"] : [left + 8, "start"];
  const labelY = y === null ? INNER.top + 14 : atY(y) + 20;
  return html`${
    y === null
      ? html`<line x1="${left}" x2="${left}" y1="${INNER.top}" y2="${INNER.bottom}" stroke="currentColor" stroke-dasharray="5 4"/>`
      : html`<circle cx="${left}" cy="${atY(y)}" r="6" fill="var(--two)"/>`
  }<text x="${labelX}" y="${labelY}" text-anchor="${anchor}" font-weight="600">${label}</text>\n`;
}
