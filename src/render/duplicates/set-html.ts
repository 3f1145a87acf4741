/**
 * One set on a report's page: the keeper first, then each extra with how it differs, with boxes drawn where regions do.
 */
import { isSure } from "../../core/duplicates/classes.ts";
import type { DrawnSet, SmallPicture } from "../../core/duplicates/drawn-set.ts";
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { Candidate } from "../../core/duplicates/merits.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { Box } from "../../core/look/verdict.ts";
import { fileName, folderOf, isWithinAny } from "../../core/paths.ts";
import { isoCaptureTime } from "../../core/photos/capture-time.ts";
import type { CompanionFile } from "../../core/photos/photo.ts";
import { toBase64 } from "../../core/text/base64.ts";
import { html, type Markup } from "../html/page.ts";
import { printablePath, shownSimilarity } from "../words.ts";
import { CLASS_NAMES } from "./class-words.ts";
import { differenceWords } from "./difference-words.ts";
import { pathMarkup } from "./path-markup.ts";
import { sizeWords, takenWords } from "./photo-words.ts";
import { reasonWords } from "./reason-words.ts";
import { setTitle } from "./set-text.ts";

export function renderSetHtml({ set, pictures }: DrawnSet, number: number, report: Report): Markup {
  const { kind, keeper, extras, outside } = set;
  const members = [...extras, ...outside];
  const { takenAt } = keeper.content.facts.exposure;
  const id = `${kind}-${number}`;
  const picture = (one: Candidate, boxes: readonly Box[]) =>
    pictures === null ? html`` : pictureOf(one, pictures.get(one.content.id), boxes);
  const lies = isWithinAny(keeper.photo.path, report.folders) ? "" : ", outside the named folders";
  const why = `${reasonWords(set.keeperReason)}${lies}`;
  // What has the same bytes looks the same: its picture stands there already.
  const shown = new Set([keeper.content.id]);
  const memberItem = (extra: Extra, stays: boolean) => {
    const isShown = shown.has(extra.content.id);
    shown.add(extra.content.id);
    const differs = `${differenceWords(keeper, extra)}${stays ? "; outside the named folders, so it stays" : ""}`;
    const boxes = extra.look?.regions.map((region) => region.other) ?? [];
    return item(extra, classBadge(extra), differs, extra.parted, isShown && pictures !== null ? SAME : picture(extra, boxes));
  };
  return html`<article id="${id}" class="set" tabindex="-1" aria-labelledby="${id}-title" data-classes="${[...new Set(members.map((one) => one.class))].join(" ")}" data-similarity="${lowest(set)}" data-bytes="${set.reclaimableBytes}" data-taken="${takenAt === null ? "" : isoCaptureTime(takenAt).slice(0, 19)}">
<h3 id="${id}-title">${setTitle(set, number)}</h3>
<ul class="photos">
${item(keeper, html`<span class="class keep">${kind === "burst" ? "first" : "keep"}</span>`, why, [], picture(keeper, keeperBoxes(members)))}${extras.map((extra) => memberItem(extra, false))}${outside.map((extra) => memberItem(extra, true))}</ul>
</article>
`;
}

const SAME = html`<div class="same" aria-hidden="true">=</div>`;

/** With as many digits as it has: who filters by it gets what lies on the edge. */
function lowest({ lowestSimilarity }: DuplicateSet): string {
  return String(lowestSimilarity);
}

/** Where any of the altered ones differs. */
function keeperBoxes(members: readonly Extra[]): readonly Box[] {
  return members.flatMap(({ look }) => look?.regions.map((region) => region.one) ?? []);
}

function classBadge(extra: Extra): Markup {
  const isEqual = extra.class === "same-bytes" || extra.class === "same-pixels";
  const similarity = isEqual ? "" : ` ${shownSimilarity(extra.similarity)}`;
  return html`<span class="class ${isSure(extra.class) ? "sure" : "doubtful"}">${CLASS_NAMES[extra.class]}${similarity}</span>`;
}

function item(
  { content, photo, companions }: Candidate,
  badge: Markup,
  told: string,
  parted: readonly CompanionFile[],
  picture: Markup,
): Markup {
  const taken = takenWords(content.facts.exposure);
  return html`<li>
${picture}
<p>${badge} <span class="told">${keptTogether(told)}</span></p>
<p class="name">${printablePath(fileName(photo.path))}</p>
<p class="folder">${pathMarkup(folderOf(photo.path))}</p>
<p class="note">${sizeWords(content)}</p>
${taken === "" ? "" : html`<p class="note">${taken}</p>`}
${companions.length === 0 ? "" : html`<ul class="companions">${companions.map((file) => companionItem(file, parted.includes(file)))}</ul>`}
</li>
`;
}

/** A number and its sign stand on one line. */
function keptTogether(words: string): string {
  return words.replaceAll(" %", "\u00a0%");
}

function companionItem(file: CompanionFile, isParted: boolean): Markup {
  return html`<li>with <span class="path">${printablePath(fileName(file.path))}</span>${isParted ? html`, <strong class="lacking">which the keeper lacks</strong>` : ""}</li>`;
}

function pictureOf({ photo }: Candidate, picture: SmallPicture | undefined, boxes: readonly Box[]): Markup {
  if (picture === undefined) return html`<div class="same">cannot be shown</div>`;
  const { jpeg, width, height } = picture;
  return html`<div class="picture"><img src="data:image/jpeg;base64,${toBase64(jpeg)}" width="${width}" height="${height}" alt="${printablePath(fileName(photo.path))}" loading="lazy" decoding="async">${boxes.length === 0 ? "" : overlay(boxes)}</div>`;
}

/** Attributes and no style, which the page's policy would not let in. */
function overlay(boxes: readonly Box[]): Markup {
  const rect = ({ x, y, width, height }: Box) =>
    html`<rect x="${thousandths(x)}" y="${thousandths(y)}" width="${thousandths(width)}" height="${thousandths(height)}" vector-effect="non-scaling-stroke"/>`;
  return html`<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label="${boxes.length === 1 ? "A box where it differs" : "Boxes where it differs"}">${boxes.map(rect)}</svg>`;
}

function thousandths(share: number): number {
  return Math.round(share * 1000);
}
