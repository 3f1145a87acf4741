/**
 * What an undo brought back, and what it could not.
 */
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, shownPath } from "../words.ts";
import { notBackLines } from "./apply.ts";

interface Undone {
  readonly run: number;
  readonly undone: number;
  readonly notBack: readonly { readonly path: string; readonly liesAt: string | null; readonly why: string }[];
  readonly recovered: number;
  readonly open: number;
}

export function renderUndoText({ run, undone, notBack, recovered, open }: Undone, workingFolder: string): string {
  const shown = (path: string) => shownPath(path, workingFolder);
  const lines = [
    `Run ${run} undone: ${counted(undone, "photo is", "photos are")} as before, with ${undone === 1 ? "its" : "their"} companions.`,
    ...(recovered > 0 ? [`${counted(recovered, "interrupted step was", "interrupted steps were")} undone as well.`] : []),
    ...(notBack.length > 0 ? [`Not brought back: ${counted(notBack.length, "file")}. Nothing was overwritten.`] : []),
    ...notBackLines(notBack, shown),
    ...(open > 0 ? [`Not begun: ${counted(open, "photo")}. Run the same command to continue.`] : []),
    "The next dupfind scan adds what is back to the library.",
  ];
  return `${lines.join("\n")}\n`;
}

export function renderUndoJson({ run, undone, notBack, recovered, open }: Undone): string {
  return renderJsonAnswer("undo", { run, undone, notBack, recovered, open });
}
