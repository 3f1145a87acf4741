/**
 * What no answer speaks of although it may be a picture, in words.
 */
import { type LeftOutCounts, type LeftOutFile, passedByCount } from "../../core/library/left-out.ts";
import { PASSED_BY_REASONS, type PassedByReason } from "../../core/photos/passed-by.ts";
import { SKIP_REASONS, type SkipReason } from "../../core/photos/photo.ts";
import { counted, grouped, printablePath, shownPath } from "../words.ts";

const HELD_BACK = "nearly empty pictures, of which only copies byte for byte are found";

/** No line where nothing is left out. */
export function leftOutLines(leftOut: LeftOutCounts): readonly string[] {
  const passed = passedByCount(leftOut);
  if (leftOut.heldBack + passed === 0) return [];
  return [
    ...(leftOut.heldBack > 0 ? [`${counted(leftOut.heldBack, "photo")} nearly empty: only copies byte for byte are found.`] : []),
    ...(passed > 0
      ? [`${counted(passed, "file or folder", "files or folders")} passed by that may hold pictures (${byReason(leftOut)}).`]
      : []),
    "dupfind status --left-out lists what was not compared.",
  ];
}

const SHORT: Readonly<Record<PassedByReason, string>> = {
  "other-name": "under another name",
  "by-choice": "by --exclude or .dupfindignore",
  "by-filter": "by a filter of the scan",
  hidden: "hidden",
  link: "behind links",
};
const PASSED_BY: Readonly<Record<PassedByReason, string>> = {
  "other-name": "the name is not that of a photo that is read",
  "by-choice": "excluded by --exclude or a .dupfindignore",
  "by-filter": "passed by by a filter of its last scan; a scan without it takes it in",
  hidden: "hidden",
  link: "a link, which --follow-links includes",
};

/** "4 under another name, 1 hidden" */
function byReason({ passedBy }: LeftOutCounts): string {
  return PASSED_BY_REASONS.filter((reason) => passedBy[reason] > 0)
    .map((reason) => `${grouped(passedBy[reason])} ${SHORT[reason]}`)
    .join(", ");
}

/** What to type where a reason has a cure. */
const CURES: { readonly [Reason in SkipReason]?: string } = {
  "too-large": ", which --max-megapixels raises",
  "too-slow": ", which --max-seconds raises",
};

/** In the order in which they are listed. */
const REASONS: Readonly<Record<LeftOutFile["reason"], string>> = { ...SKIP_REASONS, "held-back": HELD_BACK, ...PASSED_BY };

/** By reason, each with its files and what the decoder said. */
export function leftOutListLines(files: readonly LeftOutFile[], workingFolder: string): readonly string[] {
  return (Object.keys(REASONS) as LeftOutFile["reason"][]).flatMap((reason) => {
    const found = files.filter((file) => file.reason === reason);
    if (found.length === 0) return [];
    return [
      `  ${REASONS[reason]}${CURES[reason as SkipReason] ?? ""} (${grouped(found.length)})`,
      ...found.map(({ path, detail }) => `    ${shownPath(path, workingFolder)}${detail === "" ? "" : `: ${printablePath(detail)}`}`),
    ];
  });
}
