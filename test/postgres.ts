/**
 * A PostgreSQL of its own for a file of tests: made in a folder that goes with it, and reached by a socket in that folder alone. Where there
 * is no PostgreSQL, the tests that need it are skipped; where CI runs them, they fail.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { type LibraryServerPlace, serverPlace } from "../src/core/library/library-place.ts";
import { parseServerAddress } from "../src/core/library/server-address.ts";

/** Of Debian's packages, the newest. */
const VERSIONS = "/usr/lib/postgresql";
const BIN = existsSync(VERSIONS) ? join(VERSIONS, readdirSync(VERSIONS).sort(byNumber).at(-1) ?? "", "bin") : null;
/** Of a PostgreSQL that has pgvector: where it is installed, with its programs in `bin`. `.ci/run` fetches one. */
const BIN_WITH_PGVECTOR = process.env["PGVECTOR_POSTGRES"] === undefined ? null : join(process.env["PGVECTOR_POSTGRES"], "bin");
/** The server refuses to run as root, and is then run as the user that Debian makes for it. */
const IS_ROOT = userInfo().uid === 0;
const USER = IS_ROOT ? "postgres" : userInfo().username;

/** As `describe`. @param tests are handed the server, which runs when they do */
export function describeWithPostgres(title: string, tests: (server: TestServer) => void): void {
  const isHere = BIN !== null && existsSync(join(BIN, "initdb"));
  if (isHere || process.env["CI"] === "true") describeWith(isHere ? BIN : null, `with PostgreSQL, ${title}`, tests);
  else describe.skip(`with PostgreSQL, which is not in ${VERSIONS}, ${title}`, () => tests(new TestServer(null)));
}

/** The same with a server that has pgvector, which no package of Debian brings: skipped where nobody has named one. */
export function describeWithPgvector(title: string, tests: (server: TestServer) => void): void {
  if (BIN_WITH_PGVECTOR !== null) describeWith(BIN_WITH_PGVECTOR, `with pgvector, ${title}`, tests);
  else describe.skip(`with pgvector, of which PGVECTOR_POSTGRES does not say where it is, ${title}`, () => tests(new TestServer(null)));
}

function describeWith(bin: string | null, title: string, tests: (server: TestServer) => void): void {
  describe(title, () => {
    const server = new TestServer(bin);
    beforeAll(() => server.start(), 120_000);
    afterAll(() => server.remove(), 120_000);
    tests(server);
  });
}

export class TestServer {
  readonly #bin: string | null;
  #folder: string | null = null;
  #databases = 0;
  /** Of the socket's name, and of the network where it listens there. */
  #port = 5432;
  #options: readonly string[] = ["-c listen_addresses="];

  /** @param bin folder of the server's programs; null where there is none */
  constructor(bin: string | null) {
    this.#bin = bin;
  }

  get folder(): string {
    if (this.#folder === null) throw new Error("Expected a server that was started");
    return this.#folder;
  }

  start(): void {
    if (this.#bin === null) throw new Error(`Expected PostgreSQL in ${VERSIONS}. Run apt-get install postgresql`);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "dupfind-pg-")));
    this.#folder = folder;
    if (IS_ROOT) chownSync(folder, idOf("-u"), idOf("-g"));
    else chmodSync(folder, 0o700);
    this.#run("initdb", "-D", join(folder, "data"), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
    this.resume();
  }

  /** As an administrator stops it: sessions are ended. */
  stop(): void {
    this.#run("pg_ctl", "-D", join(this.folder, "data"), "-m", "fast", "-w", "stop");
  }

  /** After `stop`. */
  resume(): void {
    const fast = ["-c fsync=off", "-c full_page_writes=off"];
    const options = [...this.#options, `-c unix_socket_directories=${this.folder}`, ...fast].join(" ");
    this.#run("pg_ctl", "-D", join(this.folder, "data"), "-l", join(this.folder, "log"), "-o", options, "-w", "start");
  }

  /**
   * Lets in over the network of this machine too, with TLS alone and a password.
   * @returns the port, and the certificate of the server, which is made out to "localhost"
   */
  listen(): { readonly port: number; readonly certificate: string } {
    const at = (name: string) => join(this.folder, name);
    const made = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost",
    ];
    const { status, stderr } = spawnSync("openssl", [...made, "-keyout", at("key.pem"), "-out", at("certificate.pem")], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`openssl ended with ${status}: ${stderr}`);
    chmodSync(at("key.pem"), 0o600);
    if (IS_ROOT) for (const name of ["key.pem", "certificate.pem"]) chownSync(at(name), idOf("-u"), idOf("-g"));
    writeFileSync(at("data/pg_hba.conf"), `local all all trust\nhostssl all all all scram-sha-256\n`);
    const port = 20_000 + (process.pid % 20_000);
    this.#port = port;
    const settings = { listen_addresses: "localhost", port, ssl: "on", ssl_cert_file: at("certificate.pem"), ssl_key_file: at("key.pem") };
    this.stop();
    this.#options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
    this.resume();
    return { port, certificate: at("certificate.pem") };
  }

  remove(): void {
    if (this.#folder === null) return;
    this.#attempt("pg_ctl", "-D", join(this.#folder, "data"), "-m", "immediate", "-w", "stop");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @returns the address of a new and empty database */
  newDatabase(options = ""): string {
    const name = `library_${++this.#databases}`;
    this.sql(`CREATE DATABASE ${name} ${options}`);
    return this.address(name);
  }

  address(database: string, user = USER): string {
    return `postgres://${user}@${encodeURIComponent(this.folder)}:${this.#port}/${database}`;
  }

  /** @returns what psql prints of it: a line a row, columns divided by a bar */
  sql(text: string, database = "postgres"): string {
    return this.#run(
      "psql",
      "-h",
      this.folder,
      "-p",
      String(this.#port),
      "-U",
      USER,
      "-d",
      database,
      "-v",
      "ON_ERROR_STOP=1",
      "-qAtc",
      text,
    ).trim();
  }

  #run(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.#attempt(program, ...args);
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}${stdout}`);
    return stdout;
  }

  #attempt(program: string, ...args: readonly string[]) {
    const command = [join(this.#bin as string, program), ...args];
    const [file, ...rest] = IS_ROOT ? ["runuser", "-u", USER, "--", ...command] : command;
    // A server that is started keeps what it inherits: pipes of its own would never end.
    const stdio = program === "pg_ctl" ? "ignore" : "pipe";
    const { status, stdout, stderr, error } = spawnSync(file as string, rest, { encoding: "utf8", cwd: "/", stdio });
    if (error !== undefined) throw error;
    return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
  }
}

/** @param folder of the user's own files */
export function placeOf(address: string, folder = "/nowhere"): LibraryServerPlace {
  return serverPlace(parseServerAddress(address, {}, USER), folder);
}

function idOf(which: "-u" | "-g"): number {
  return Number(spawnSync("id", [which, USER], { encoding: "utf8" }).stdout);
}

function byNumber(one: string, other: string): number {
  return Number(one) - Number(other);
}
