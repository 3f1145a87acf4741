/**
 * A command as it would be typed next: for the same library and encoder, and safe to paste.
 */
import type { Host } from "./host.ts";
import { dataFolder, expandHome } from "./machine.ts";
import type { CommonSettings } from "./settings.ts";

/** @param words after `dupfind`: the command and its options */
export async function commandLine(
  words: readonly string[],
  { library, model }: Pick<CommonSettings, "library"> & { readonly model: string | null },
  { environment }: Pick<Host, "environment">,
): Promise<string> {
  const usual = environment["DUPFIND_DB"];
  const isUsual = library === (usual === undefined ? `${await dataFolder()}/library.db` : expandHome(usual));
  const where = [...(isUsual ? [] : ["--db", library]), ...(model === null ? [] : ["--model", model])];
  return ["dupfind", ...words, ...where].map(shellWord).join(" ");
}

/** In quotes where a shell would take it for anything but one word. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
