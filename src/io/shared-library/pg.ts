/**
 * node-postgres as this program uses it: how a session is opened, and how its values are read. Only importer of the package.
 */
import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import pg, { type ClientConfig } from "pg";
import pgpass from "pgpass";
import type { ServerAddress, ServerTls } from "../../core/library/library-place.ts";

export const { Client, Pool, DatabaseError } = pg;
export type { Client as PgClient, Pool as PgPool, PoolClient } from "pg";

/** What is to be said of the session at its beginning. */
export interface SessionChoice {
  /** Refuses to write, whatever is asked. */
  readonly readOnly: boolean;
}

/** One schema holds all tables, so that a database may hold other things too. */
export const SCHEMA = "dupfind";

/** The server tells dupfind's sessions by it. */
const APPLICATION = "dupfind";

/** @param tls how the session is kept from eavesdroppers; false for not at all */
export function sessionConfig(address: ServerAddress, { readOnly }: SessionChoice, tls: ConnectionOptions | false): ClientConfig {
  const { host, port, database, user, password, options, connectTimeout } = address;
  const own = [`-c search_path=${SCHEMA}`, ...(readOnly ? ["-c default_transaction_read_only=on"] : [])];
  return {
    host,
    port,
    database,
    user,
    password: password === null ? () => fromPasswordFile(address) : password.reveal(),
    ssl: tls,
    options: [options, ...own].filter((part) => part !== "").join(" "),
    application_name: APPLICATION,
    connectionTimeoutMillis: connectTimeout * 1_000,
    keepAlive: true,
    types: { getTypeParser },
  };
}

/** Empty where there is none: the server then says that it wants one. */
function fromPasswordFile({ host, port, database, user }: ServerAddress): Promise<string> {
  return new Promise((resolve) => pgpass({ host, port, database, user }, (password) => resolve(password ?? "")));
}

/**
 * The ways to reach the server, in the order in which libpq tries them.
 * @throws what reading a certificate throws
 */
export function tlsWays({ host, tls }: ServerAddress): readonly (ConnectionOptions | false)[] {
  if (host.startsWith("/")) return [false]; // a Unix socket
  const unchecked = { ...certificates(tls), rejectUnauthorized: false };
  switch (tls.mode) {
    case "disable":
      return [false];
    case "allow":
      return [false, unchecked];
    case "prefer":
      return [unchecked, false];
    case "require":
      return [tls.rootCertificate === null ? unchecked : withoutName(tls)];
    case "verify-ca":
      return [withoutName(tls)];
    case "verify-full":
      return [certificates(tls)];
  }
}

/** The authority is checked, and the server's name is not. */
function withoutName(tls: ServerTls): ConnectionOptions {
  return { ...certificates(tls), checkServerIdentity: () => undefined };
}

function certificates({ rootCertificate, certificate, key }: ServerTls): ConnectionOptions {
  return {
    ...(rootCertificate === null ? {} : { ca: readFileSync(rootCertificate) }),
    ...(certificate === null ? {} : { cert: readFileSync(certificate) }),
    ...(key === null ? {} : { key: readFileSync(key) }),
  };
}

const INT8 = 20;

/** Whole numbers of eight bytes are ids and sizes here, all of them below 2^53. */
function getTypeParser(oid: number, format: "text" | "binary" = "text"): (value: never) => unknown {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format as "text");
}
