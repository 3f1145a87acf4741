/**
 * What a user names as a library, as the place where it lives.
 */
import { userInfo } from "node:os";
import { filePlace, type LibraryPlace, serverPlace } from "../core/library/library-place.ts";
import { isServerAddress, parseServerAddress } from "../core/library/server-address.ts";
import { type Volume, VolumePaths } from "../core/library/volumes.ts";
import { dataFolder } from "../io/library/library-path.ts";

/**
 * @param named path of a file, or the address of a PostgreSQL database
 * @param volumes whose folders are absolute
 * @param environment for the parts of an address that are left out, as libpq reads it
 * @throws {UserError} `server-address-unusable`, `volume-unusable`
 */
export async function libraryPlaceOf(
  named: string,
  volumes: readonly Volume[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<LibraryPlace> {
  const { volumes: distinct } = new VolumePaths(volumes);
  if (!isServerAddress(named)) return filePlace(named, distinct);
  return serverPlace(parseServerAddress(named, environment, systemUser()), await dataFolder(), distinct);
}

/** Null for a user without a name, as a container may have. */
function systemUser(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
