/**
 * Loads the packages that have a native part, which can be missing though the package is there: its install script was not
 * run, it was left out as optional, or there is none for this system. That is a fault of the installation, with a cure.
 */
import { type NativePart, UserError } from "../core/errors.ts";

/**
 * @param load gives the package; has to open its native part
 * @throws {UserError} when it cannot be loaded
 */
export async function loadNativePart<Part>(part: NativePart, load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      { code: "not-installed", part },
      `dupfind is not completely installed: ${part} cannot be loaded (${firstLine(reason)})`,
      {
        cause: error,
      },
    );
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]?.replace(/[.:]$/, "") ?? "";
}
