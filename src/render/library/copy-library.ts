/**
 * What `copy-library` copied.
 */
import type { CopiedTable } from "../../core/library/library-tables.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, printablePath } from "../words.ts";

interface Copied {
  readonly tables: readonly CopiedTable[] | null;
  readonly decisions: number;
}

export function renderCopyText({ tables, decisions }: Copied, to: string): string {
  if (tables === null) return "Stopped: nothing was copied.\n";
  const rowsOf = (name: string) => tables.find(({ table }) => table === name)?.rows ?? 0;
  const own = decisions === 0 ? "" : ` and ${counted(decisions, "decision")} of yours`;
  return `Copied ${counted(rowsOf("photo"), "photo")}, ${counted(rowsOf("content"), "content")}, ${counted(rowsOf("pair"), "pair")}${own} to ${printablePath(to)}. All rows were read back and are the same.\n`;
}

export function renderCopyJson({ tables, decisions }: Copied, from: string, to: string): string {
  return renderJsonAnswer("copy-library", { from, to, tables, decisions });
}
