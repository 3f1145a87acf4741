/**
 * Reads the address of a PostgreSQL database as libpq does: a URL, and from the environment what it leaves out.
 */
import { UserError } from "../errors.ts";
import { Secret } from "../text/secret.ts";
import { DEFAULT_PORT, DEFAULT_TLS_MODE, type ServerAddress, TLS_MODES, type TlsMode } from "./library-place.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Parameters of the URL, each with the variable that speaks where it is left out. */
const PARAMETERS = {
  host: "PGHOST",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  options: "PGOPTIONS",
  connect_timeout: "PGCONNECT_TIMEOUT",
} as const;

type Parameter = keyof typeof PARAMETERS;

const SCHEME = /^postgres(?:ql)?:\/\//i;
const LAST_PORT = 65_535;
/** An address that leads nowhere is told of within this time. */
const DEFAULT_CONNECT_SECONDS = 10;

/** Whether the text names a server and not a file. */
export function isServerAddress(text: string): boolean {
  return SCHEME.test(text);
}

/**
 * @param systemUser who runs this program, which is the user where none is named; null for a user without a name
 * @throws {UserError} `server-address-unusable`, which never holds the password
 */
export function parseServerAddress(text: string, environment: Environment, systemUser: string | null): ServerAddress {
  const given = parametersOf(text);
  // An empty variable is how scripts unset one.
  const value = (name: Parameter) => given.get(name) || environment[PARAMETERS[name]] || null;
  const user = value("user") ?? systemUser;
  if (user === null) throw unusable("it names no user");
  const password = value("password");
  return {
    host: value("host") ?? "localhost",
    port: wholeNumber("port", value("port") ?? String(DEFAULT_PORT), LAST_PORT),
    database: value("dbname") ?? user,
    user,
    password: password === null ? null : new Secret(password),
    tls: {
      mode: tlsMode(value("sslmode") ?? DEFAULT_TLS_MODE),
      rootCertificate: value("sslrootcert"),
      certificate: value("sslcert"),
      key: value("sslkey"),
    },
    options: value("options") ?? "",
    connectTimeout: wholeNumber("connect_timeout", value("connect_timeout") ?? String(DEFAULT_CONNECT_SECONDS), 3600),
  };
}

/** The address as it is written, for people: without the password, and with nothing of what cannot be read. */
export function withoutPassword(text: string): string {
  let url: URL;
  try {
    url = parseUrl(text);
  } catch {
    return "postgres://…";
  }
  const [, scheme = "", authority = "", rest = ""] = /^([a-z]+:\/\/)([^/?#]*)(.*)$/is.exec(text) ?? [];
  const named = authority.replace(/:.*@/, "@");
  if (!url.searchParams.has("password")) return `${scheme}${named}${rest}`;
  url.searchParams.delete("password");
  return `${scheme}${named}${url.pathname}${url.search}`;
}

/** What the URL itself says: a parameter behind its question mark goes before what stands at the usual place. */
function parametersOf(text: string): ReadonlyMap<Parameter, string> {
  const url = parseUrl(text);
  const given = new Map<Parameter, string>();
  const put = (name: Parameter, part: string) => {
    if (part !== "") given.set(name, decoded(part));
  };
  if (url.hostname !== LEFT_OUT) put("host", url.hostname.replace(/^\[(.+)\]$/, "$1"));
  put("port", url.port);
  put("user", url.username);
  put("password", url.password);
  put("dbname", url.pathname.replace(/^\//, ""));
  for (const [name, part] of url.searchParams) {
    if (!Object.hasOwn(PARAMETERS, name)) throw unusable(`it has a parameter "${name}", which is not known`);
    given.set(name as Parameter, part);
  }
  return given;
}

/** A name that no server has: PostgreSQL's URLs may leave the host out where a user or a port stands, and the web's may not. */
const LEFT_OUT = "host.invalid";

function parseUrl(text: string): URL {
  const rest = text.replace(SCHEME, "");
  const [authority = ""] = /^[^/?#]*/.exec(rest) ?? [];
  const named = authority.replace(/(^|@)(:\d+)?$/, `$1${LEFT_OUT}$2`);
  try {
    return new URL(`postgres://${named}${rest.slice(authority.length)}`);
  } catch {
    // The error of the parser holds the whole address, with its password.
    throw unusable("it is not written as a URL; a password with special characters has to be percent-encoded");
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw unusable("a percent sign in it does not begin an encoded character");
  }
}

function wholeNumber(name: Parameter, text: string, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= most) return number;
  throw unusable(`its ${name} has to be a whole number from 1 to ${most}`);
}

function tlsMode(text: string): TlsMode {
  const mode = TLS_MODES.find((one) => one === text);
  if (mode === undefined) throw unusable(`its sslmode has to be one of ${TLS_MODES.join(", ")}`);
  return mode;
}

function unusable(reason: string): UserError {
  return new UserError("server-address-unusable", `The address of the library's server cannot be used: ${reason}`);
}
