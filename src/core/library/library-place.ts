/**
 * Where a library lives: in a file on this machine, or in a database on a server that many machines share.
 */
import type { Secret } from "../text/secret.ts";
import type { Volume } from "./volumes.ts";

interface Place {
  /** For people, JSON and plans; holds no secret. Equal names are one library. */
  readonly name: string;
  /** As it would be typed to name it; holds no secret either. */
  readonly typed: string;
  /** Path that the names of the user's own files begin with: what was done, decided and chosen stays on this machine. */
  readonly ownFiles: string;
  /** Drives and shares that the library knows by name, and where this machine has them. */
  readonly volumes: readonly Volume[];
}

export interface LibraryFilePlace extends Place {
  readonly kind: "file";
  /** As it was named; the beginning of the own files, too. */
  readonly path: string;
}

export interface LibraryServerPlace extends Place {
  readonly kind: "server";
  readonly address: ServerAddress;
}

export type LibraryPlace = LibraryFilePlace | LibraryServerPlace;

/** As libpq names them (`sslmode`). */
export const TLS_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** A PostgreSQL database and how to reach it, complete. */
export interface ServerAddress {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Null where the server asks for none, or the password file has it. */
  readonly password: Secret | null;
  readonly tls: ServerTls;
  /** Further settings of the session, as `-c name=value`; may be empty. */
  readonly options: string;
  /** Seconds to wait for the server at the beginning. */
  readonly connectTimeout: number;
}

export interface ServerTls {
  readonly mode: TlsMode;
  /** Paths of PEM files; null for the system's authorities, and for no certificate of one's own. */
  readonly rootCertificate: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
}

export function filePlace(path: string, volumes: readonly Volume[] = []): LibraryFilePlace {
  return { kind: "file", name: path, typed: path, ownFiles: path, volumes, path };
}

/** @param folder of the user's data, absolute */
export function serverPlace(address: ServerAddress, folder: string, volumes: readonly Volume[] = []): LibraryServerPlace {
  const { host, port, database } = address;
  const parts = [host, String(port), database].map(encodeURIComponent);
  return {
    kind: "server",
    name: serverName(address),
    typed: typedAddress(address),
    ownFiles: `${folder}/shared/${parts.join("-")}`,
    volumes,
    address,
  };
}

export const DEFAULT_PORT = 5432;
export const DEFAULT_TLS_MODE: TlsMode = "prefer";

/** Without the user: whoever asks, it is one library. */
function serverName(address: ServerAddress): string {
  return `postgres://${hostAndDatabase(address)}`;
}

function typedAddress(address: ServerAddress): string {
  const { user, tls, options } = address;
  const parameters = [
    ["sslmode", tls.mode === DEFAULT_TLS_MODE ? null : tls.mode],
    ["sslrootcert", tls.rootCertificate],
    ["sslcert", tls.certificate],
    ["sslkey", tls.key],
    ["options", options === "" ? null : options],
  ].flatMap(([name, value]) => (value === null || value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  const query = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  return `postgres://${encodeURIComponent(user)}@${hostAndDatabase(address)}${query}`;
}

function hostAndDatabase({ host, port, database }: ServerAddress): string {
  const where = port === DEFAULT_PORT ? "" : `:${port}`;
  const named = host.includes(":") ? `[${host}]` : encodeURIComponent(host);
  return `${named}${where}/${encodeURIComponent(database)}`;
}
