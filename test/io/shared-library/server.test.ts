/**
 * What only a server does: it is stopped and started, lets some in and others not, and is written by several machines.
 */
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { explainServerError } from "../../../src/io/shared-library/faults.ts";
import { openExistingServer, openServer, openServerForReading } from "../../../src/io/shared-library/open-server.ts";
import { SERVER_SCHEMA_STEPS } from "../../../src/io/shared-library/schema.ts";
import type { Server } from "../../../src/io/shared-library/server.ts";
import { ServerLibrary } from "../../../src/io/shared-library/server-library.ts";
import { describeWithPostgres, placeOf, type TestServer } from "../../postgres.ts";

async function opened(address: string): Promise<Server> {
  const server = await openServer(placeOf(address));
  onTestFinished(() => server.close());
  return server;
}

async function libraryAt(address: string): Promise<ServerLibrary> {
  const library = await ServerLibrary.open(placeOf(address));
  onTestFinished(() => library.close());
  return library;
}

/** Code of the fault that the user is told of. */
async function faultOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    const told = explainServerError(error, "the library") ?? error;
    return (told as { readonly code?: string }).code ?? String(told);
  }
}

const databaseOf = (address: string) => address.replace(/.*\//, "");
const noPause = async () => {};

function restartSoon(server: TestServer): void {
  server.stop();
  setTimeout(() => server.resume(), 300);
}

describeWithPostgres("the server of a library", (postgres) => {
  describe("that goes away", () => {
    test("is asked again, and answers as soon as it is there", async () => {
      const server = await opened(postgres.newDatabase());
      restartSoon(postgres);
      expect(await server.row("SELECT version FROM library_version")).toEqual({ version: SERVER_SCHEMA_STEPS.length });
    });

    test("keeps nothing of a transaction that it broke off, which is made once more as a whole", async () => {
      const server = await opened(postgres.newDatabase());
      let tries = 0;
      await server.transaction(async (changes) => {
        tries++;
        await changes.change("INSERT INTO setting VALUES ($1, $2)", [`try ${tries}`, "x"]);
        if (tries === 1) restartSoon(postgres);
        await changes.change("INSERT INTO setting VALUES ($1, $2)", [`again ${tries}`, "x"]);
      });
      expect(await server.rows("SELECT name FROM setting ORDER BY name")).toEqual([{ name: "again 2" }, { name: "try 2" }]);
    });

    test("is no reason to wait at the beginning: a server that is not there is told at once", async () => {
      const address = postgres.newDatabase();
      postgres.stop();
      try {
        expect(await faultOf(openServer(placeOf(address)))).toBe("server-unreachable");
      } finally {
        postgres.resume();
      }
    });
  });

  test("keeps all of a transaction or nothing", async () => {
    const server = await opened(postgres.newDatabase());
    const work = server.transaction(async (changes) => {
      await changes.change("INSERT INTO setting VALUES ('half', 'written')");
      throw new Error("a bug");
    });
    await expect(work).rejects.toThrow("a bug");
    expect(await server.rows("SELECT * FROM setting")).toEqual([]);
  });

  describe("the lock", () => {
    test("lets one write, and nobody compare meanwhile", async () => {
      const address = postgres.newDatabase();
      const [one, other] = [await libraryAt(address), await libraryAt(address)];
      const lock = await one.lockForChanging(noPause);
      expect(await faultOf(other.lockForChanging(noPause))).toBe("library-locked");
      expect(await other.lockForComparing()).toBeNull();
      await lock.release();
      await (await other.lockForChanging(noPause)).release();
    });

    test("lets scans and comparisons in side by side, and keeps out who would change what is known", async () => {
      const address = postgres.newDatabase();
      const [one, other, third] = [await libraryAt(address), await libraryAt(address), await libraryAt(address)];
      const scans = [await one.lockForAdding(), await other.lockForAdding()];
      expect(await third.lockForComparing()).not.toBeNull();
      expect(await faultOf(third.lockForChanging(noPause))).toBe("library-locked");
      for (const scan of scans) await scan.release();
    });

    test("makes who would change something wait until comparisons end", async () => {
      const address = postgres.newDatabase();
      const [one, other] = [await libraryAt(address), await libraryAt(address)];
      const comparing = await one.lockForComparing();
      expect(comparing).not.toBeNull();
      let pauses = 0;
      const writing = other.lockForChanging(async () => {
        if (++pauses === 2) await comparing?.release();
        await wait(5);
      });
      await (await writing).release();
      expect(pauses).toBe(2);
    });

    test("goes with the session, however it ends", async () => {
      const address = postgres.newDatabase();
      const [one, other] = [await libraryAt(address), await libraryAt(address)];
      await one.lockForChanging(noPause);
      endSessions(postgres, address);
      await (await other.lockForChanging(noPause)).release();
    });

    test("that was lost is taken again before the next thing is written, and nothing is where another has it", async () => {
      const address = postgres.newDatabase();
      const [one, other] = [await libraryAt(address), await libraryAt(address)];
      const lock = await one.lockForChanging(noPause);
      onTestFinished(() => lock.release());
      endSessions(postgres, address);
      await one.setDefaultModel("first");
      expect(await other.lockForComparing()).toBeNull();

      endSessions(postgres, address);
      const taken = await other.lockForChanging(noPause);
      onTestFinished(() => taken.release());
      expect(await faultOf(one.setDefaultModel("second"))).toBe("library-locked");
      expect(await other.defaultModel()).toBe("first");
    });
  });

  describe("with a database that is none of dupfind's", () => {
    test("is told, and left as it is", async () => {
      const empty = postgres.newDatabase();
      expect(await faultOf(openServerForReading(placeOf(empty)))).toBe("library-missing");
      expect(await faultOf(openExistingServer(placeOf(empty)))).toBe("library-missing");
      expect(postgres.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'dupfind'", databaseOf(empty))).toBe("0");

      const other = postgres.newDatabase();
      postgres.sql("CREATE SCHEMA dupfind; CREATE TABLE dupfind.photo (id int)", databaseOf(other));
      expect(await faultOf(openServer(placeOf(other)))).toBe("not-a-library");
      expect(postgres.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'dupfind'", databaseOf(other))).toBe("1");
    });

    test("is told from one that a newer dupfind wrote, and from one whose text is no Unicode", async () => {
      const newer = postgres.newDatabase();
      await opened(newer);
      postgres.sql("UPDATE dupfind.library_version SET version = version + 1", databaseOf(newer));
      expect(await faultOf(openServerForReading(placeOf(newer)))).toBe("library-newer");
      const bytes = postgres.newDatabase("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
      expect(await faultOf(openServer(placeOf(bytes)))).toBe("server-encoding-unusable");
    });

    test("two that meet it empty at once make its tables once", async () => {
      const address = postgres.newDatabase();
      await Promise.all([opened(address), opened(address), opened(address)]);
      expect(postgres.sql("SELECT version FROM dupfind.library_version", databaseOf(address))).toBe(String(SERVER_SCHEMA_STEPS.length));
    });
  });

  describe("with users of few rights", () => {
    test("lets one who may read do that, and tells who may not", async () => {
      const address = postgres.newDatabase();
      const database = databaseOf(address);
      await (await libraryAt(address)).setDefaultModel("one");
      postgres.sql("CREATE ROLE reader LOGIN; CREATE ROLE stranger LOGIN");
      postgres.sql("GRANT USAGE ON SCHEMA dupfind TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA dupfind TO reader", database);
      const reading = await ServerLibrary.openForReading(placeOf(postgres.address(database, "reader")));
      onTestFinished(() => reading.close());
      expect(await reading.defaultModel()).toBe("one");
      expect(await faultOf(reading.setDefaultModel("two"))).toBe("server-read-only");
      const existing = await ServerLibrary.openExisting(placeOf(postgres.address(database, "reader")));
      onTestFinished(() => existing.close());
      expect(await existing.mayBeWritten()).toBe(false);
      expect(await faultOf(existing.setDefaultModel("two"))).toBe("server-rights-missing");
      expect(await faultOf(openServerForReading(placeOf(postgres.address(database, "stranger"))))).toBe("server-rights-missing");
      expect(await faultOf(openServer(placeOf(postgres.address(database, "nobody"))))).toBe("server-refused");
      expect(await faultOf(openServer(placeOf(postgres.address("no_such"))))).toBe("server-database-missing");
    });
  });
});

function endSessions(postgres: TestServer, address: string): void {
  postgres.sql(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${databaseOf(address)}'`);
}
