/**
 * Isolated photos and folders with near-duplicates: text, and JSON (docs/reference/json/neighbours.schema.json).
 */
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { LibraryContent } from "../../core/library/contents.ts";
import type { FolderDensity, IsolatedPhoto, NeighbourReport } from "../../core/search/neighbour-report.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { thresholdFields } from "../threshold-fields.ts";
import { counted, grouped, shownPath, shownSimilarity } from "../words.ts";

export function renderNeighboursText(report: NeighbourReport, workingFolder: string): string {
  const { encoder, photoCount, nearDuplicateCount, threshold, isolated, folders, folderCount, uncomparedCount } = report;
  const blocks = [
    `${counted(photoCount, "photo")}, encoder ${encoderTitle(encoder)}.`,
    isolated.length === 0
      ? "No photo is isolated."
      : ["Most isolated photos, each with its nearest neighbour:", ...isolated.map((loner) => renderIsolated(loner, workingFolder))].join(
          "\n",
        ),
    [
      `Near-duplicates: ${grouped(nearDuplicateCount)} of ${counted(photoCount, "photo")} (${percentOfPhotos(nearDuplicateCount, photoCount)}) ` +
        `match another at ${threshold.value} or above.`,
      ...(folders.length === 0 ? [] : [FOLDER_HEAD, ...folders.map((folder) => renderFolder(folder, workingFolder))]),
      ...(folderCount > folders.length ? [`${counted(folderCount - folders.length, "more folder")}; --count lists more.`] : []),
    ].join("\n"),
    uncomparedCount > 0 ? `${counted(uncomparedCount, "distinct photo")} not compared yet; dupfind scan resumes where it stopped.` : "",
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function renderIsolated({ content, nearest, similarity }: IsolatedPhoto, workingFolder: string): string {
  return `${shownSimilarity(similarity).padStart(6)}  ${firstPath(content, workingFolder)}\n        ${firstPath(nearest, workingFolder)}`;
}

const FOLDER_HEAD = "  near    share  folder";

function renderFolder({ folder, photos, nearDuplicates }: FolderDensity, workingFolder: string): string {
  const share = percentOfPhotos(nearDuplicates, photos).padStart(7);
  return `${grouped(nearDuplicates).padStart(6)}  ${share}  ${shownPath(folder, workingFolder)}`;
}

function percentOfPhotos(part: number, whole: number): string {
  return `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %`;
}

function firstPath({ photos }: LibraryContent, workingFolder: string): string {
  return shownPath(photos[0]?.path ?? "", workingFolder);
}

export function renderNeighboursJson(report: NeighbourReport): string {
  return renderJsonAnswer("neighbours", {
    encoder: report.encoder,
    ...thresholdFields(report.threshold),
    photos: report.photoCount,
    uncompared: report.uncomparedCount,
    isolated: report.isolated.map(({ content, nearest, similarity }) => ({
      similarity,
      sha256: content.hash,
      paths: content.photos.map(({ path }) => path),
      nearest: { sha256: nearest.hash, paths: nearest.photos.map(({ path }) => path) },
    })),
    nearDuplicates: report.nearDuplicateCount,
    foldersWithNearDuplicates: report.folderCount,
    folders: report.folders,
  });
}
