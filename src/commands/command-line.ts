/**
 * A command as it would be typed next: for the same library and encoder, and safe to paste.
 */
import type { Host } from "./host.ts";
import { libraryAt } from "./machine.ts";
import type { CommonSettings } from "./settings.ts";

/** @param words after `dupfind`: the command and its options */
export async function commandLine(
  words: readonly string[],
  { library, model }: Pick<CommonSettings, "library"> & { readonly model: string | null },
  { environment }: Pick<Host, "environment">,
): Promise<string> {
  // An empty variable is how scripts unset one.
  const usual = await libraryAt(environment["DUPFIND_DB"] || null, [], environment);
  const where = [
    ...(library.typed === usual.typed ? [] : ["--db", library.typed]),
    ...library.volumes.flatMap(({ name, folder }) => ["--volume", `${name}=${folder}`]),
    ...(model === null ? [] : ["--model", model]),
  ];
  return ["dupfind", ...words, ...where].map(shellWord).join(" ");
}

/** In quotes where a shell would take it for anything but one word. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
