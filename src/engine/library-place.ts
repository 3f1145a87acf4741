/**
 * What a user names as a library, as the place where it lives.
 */
import { userInfo } from "node:os";
import { filePlace, type LibraryPlace, serverPlace } from "../core/library/library-place.ts";
import { isServerAddress, parseServerAddress } from "../core/library/server-address.ts";
import { dataFolder } from "../io/library/library-path.ts";

/**
 * @param named path of a file, or the address of a PostgreSQL database
 * @param environment for the parts of an address that are left out, as libpq reads it
 * @throws {UserError} `server-address-unusable`
 */
export async function libraryPlaceOf(named: string, environment: Readonly<Record<string, string | undefined>>): Promise<LibraryPlace> {
  if (!isServerAddress(named)) return filePlace(named);
  return serverPlace(parseServerAddress(named, environment, systemUser()), await dataFolder());
}

/** Null for a user without a name, as a container may have. */
function systemUser(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
