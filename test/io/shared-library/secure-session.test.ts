/**
 * Sessions over a network: with TLS as libpq names its modes, and a password from the address or from the password file.
 */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { explainServerError } from "../../../src/io/shared-library/faults.ts";
import { openServer } from "../../../src/io/shared-library/open-server.ts";
import { describeWithPostgres, placeOf } from "../../postgres.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describeWithPostgres("a session over the network", (postgres) => {
  let database: string;
  let reached: ReturnType<typeof postgres.listen>;

  beforeAll(() => {
    reached = postgres.listen();
    database = postgres.newDatabase().replace(/.*\//, "");
    postgres.sql(`CREATE ROLE ann LOGIN PASSWORD 'hush hush'; GRANT CREATE ON DATABASE ${database} TO ann`);
  });

  /** What the server says of the session, or the code of the fault. */
  async function session(parameters: string, password = ":hush%20hush", host = "localhost"): Promise<string> {
    const address = `postgres://ann${password}@${host}:${reached.port}/${database}?${parameters}`;
    try {
      const server = await openServer(placeOf(address));
      onTestFinished(() => server.close());
      const row = await server.row<{ readonly ssl: boolean }>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      return row?.ssl === true ? "with TLS" : "without TLS";
    } catch (error) {
      const told = explainServerError(error, "the library") ?? error;
      expect(String(told)).not.toContain("hush");
      return (told as { readonly code?: string }).code ?? String(told);
    }
  }

  describe("is", () => {
    test.each([
      ["sslmode=disable", "server-refused"],
      ["sslmode=allow", "with TLS"],
      ["", "with TLS"],
      ["sslmode=require", "with TLS"],
      ["sslmode=verify-full", "server-not-trusted"],
      ["sslmode=verify-ca", "server-not-trusted"],
    ])("by %j: %s", async (parameters, expected) => {
      expect(await session(parameters)).toBe(expected);
    });

    test("trusted by the certificate that is named, and by verify-full for the name in it alone", async () => {
      const named = `sslrootcert=${encodeURIComponent(reached.certificate)}`;
      expect(await session(`sslmode=verify-full&${named}`)).toBe("with TLS");
      expect(await session(`sslmode=verify-full&${named}`, undefined, "127.0.0.1")).toBe("server-not-trusted");
      expect(await session(`sslmode=verify-ca&${named}`, undefined, "127.0.0.1")).toBe("with TLS");
      expect(await session("sslmode=verify-full&sslrootcert=%2Fno%2Fsuch.pem")).toBe("server-not-trusted");
    });
  });

  test("wants the right password, and takes it from the password file where the address has none", async () => {
    expect(await session("", ":wrong")).toBe("server-refused");
    expect(await session("", "")).toBe("server-refused");
    const file = join(temporaryFolder(), "passwords");
    writeFileSync(file, `localhost:${reached.port}:*:ann:hush hush\n`);
    chmodSync(file, 0o600);
    vi.stubEnv("PGPASSFILE", file);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(await session("", "")).toBe("with TLS");
  });
});
