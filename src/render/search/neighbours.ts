/**
 * Photos that resemble nothing and folders with near-duplicates: text, and JSON (docs/neighbours.schema.json).
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { LibraryContent } from "../../core/library/contents.ts";
import type { FolderDensity, Loner, NeighbourReport } from "../../core/search/neighbour-report.ts";
import { counted, grouped, shownPath, shownSimilarity } from "../words.ts";

/** Raised when a field changes its meaning or goes; new fields come without. */
const NEIGHBOURS_SCHEMA_VERSION = 1;

export function renderNeighboursText(report: NeighbourReport, workingFolder: string): string {
  const { encoder, photoCount, nearDuplicateCount, threshold, alone, folders, folderCount, uncomparedCount } = report;
  const blocks = [
    `${counted(photoCount, "photo")}, encoder ${encoderTitle(encoder)}.`,
    alone.length === 0
      ? "No photo stands alone."
      : ["Least like any other, each with the one it is most like:", ...alone.map((loner) => renderLoner(loner, workingFolder))].join("\n"),
    [
      `Near-duplicates: ${grouped(nearDuplicateCount)} of ${counted(photoCount, "photo")} (${percent(nearDuplicateCount, photoCount)}) ` +
        `have another at ${threshold.value} or above.`,
      ...(folders.length === 0 ? [] : [FOLDER_HEAD, ...folders.map((folder) => renderFolder(folder, workingFolder))]),
      ...(folderCount > folders.length ? [`${counted(folderCount - folders.length, "more folder")}: --count lists them.`] : []),
    ].join("\n"),
    uncomparedCount > 0 ? `${counted(uncomparedCount, "content")} not compared yet: dupfind scan goes on where it stopped.` : "",
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function renderLoner({ content, nearest, similarity }: Loner, workingFolder: string): string {
  return `${shownSimilarity(similarity).padStart(6)}  ${firstPath(content, workingFolder)}\n        ${firstPath(nearest, workingFolder)}`;
}

const FOLDER_HEAD = "  near    share  folder";

function renderFolder({ folder, photos, nearDuplicates }: FolderDensity, workingFolder: string): string {
  const share = percent(nearDuplicates, photos).padStart(7);
  return `${grouped(nearDuplicates).padStart(6)}  ${share}  ${shownPath(folder, workingFolder)}`;
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %`;
}

function firstPath({ photos }: LibraryContent, workingFolder: string): string {
  return shownPath(photos[0]?.path ?? "", workingFolder);
}

export function renderNeighboursJson(report: NeighbourReport): string {
  const document = {
    schemaVersion: NEIGHBOURS_SCHEMA_VERSION,
    encoder: report.encoder,
    threshold: report.threshold.value,
    thresholdOrigin: report.threshold.origin,
    photos: report.photoCount,
    uncompared: report.uncomparedCount,
    alone: report.alone.map(({ content, nearest, similarity }) => ({
      similarity,
      sha256: content.hash,
      paths: content.photos.map(({ path }) => path),
      nearest: { sha256: nearest.hash, paths: nearest.photos.map(({ path }) => path) },
    })),
    nearDuplicates: report.nearDuplicateCount,
    foldersWithNearDuplicates: report.folderCount,
    folders: report.folders,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
