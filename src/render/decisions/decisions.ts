/**
 * How many decisions went into a file, or came out of one.
 */
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, printablePath } from "../words.ts";

export function renderExportText(count: number, file: string): string {
  return `${counted(count, "decision")} written to ${printablePath(file)}.\n`;
}

export function renderExportJson(count: number, output: string): string {
  return renderJsonAnswer("decisions export", { decisions: count, output });
}

interface Imported {
  readonly added: number;
  readonly known: number;
}

export function renderImportText({ added, known }: Imported): string {
  return `${counted(added, "new decision")}; ${counted(known, "pair was", "pairs were")} decided so before. Reports heed them from now on.\n`;
}

export function renderImportJson({ added, known }: Imported): string {
  return renderJsonAnswer("decisions import", { added, known });
}
