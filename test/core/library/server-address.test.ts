import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/core/errors.ts";
import { filePlace, serverPlace } from "../../../src/core/library/library-place.ts";
import { isServerAddress, parseServerAddress, withoutPassword } from "../../../src/core/library/server-address.ts";

const parse = (text: string, environment: Readonly<Record<string, string>> = {}, user: string | null = "ann") =>
  parseServerAddress(text, environment, user);

describe("the address of a server", () => {
  test("is told from the path of a file by its scheme alone", () => {
    for (const text of ["postgres://", "postgresql://host/db", "POSTGRES://host"]) expect(isServerAddress(text), text).toBe(true);
    for (const text of ["/home/ann/library.db", "postgres", "postgres:", "./postgres://x", "C:\\postgres.db"])
      expect(isServerAddress(text), text).toBe(false);
  });

  test.each([
    ["postgres://", { host: "localhost", port: 5432, database: "ann", user: "ann" }],
    ["postgres://host", { host: "host", port: 5432, database: "ann", user: "ann" }],
    ["postgresql://host:5433/photos", { host: "host", port: 5433, database: "photos", user: "ann" }],
    ["postgres://bea@host/photos", { host: "host", database: "photos", user: "bea" }],
    ["postgres://bea@/photos", { host: "localhost", database: "photos", user: "bea" }],
    ["postgres://bea@:5433/photos", { host: "localhost", port: 5433, user: "bea" }],
    ["postgres:///photos?host=/run/postgresql", { host: "/run/postgresql", database: "photos" }],
    ["postgres://%2Frun%2Fpostgresql/photos", { host: "/run/postgresql", database: "photos" }],
    ["postgres://[::1]:5433/photos", { host: "::1", port: 5433 }],
    ["postgres://host/photos%20of%20ann?user=bea&connect_timeout=3", { database: "photos of ann", user: "bea", connectTimeout: 3 }],
    ["postgres://host/photos?options=-c%20work_mem%3D64MB", { options: "-c work_mem=64MB" }],
  ])("%s is read as libpq reads it", (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  test("takes from the environment what it leaves out, and nothing else", () => {
    const environment = {
      PGHOST: "elsewhere",
      PGPORT: "5444",
      PGDATABASE: "others",
      PGUSER: "bea",
      PGPASSWORD: "secret",
      PGSSLMODE: "require",
    };
    expect(parse("postgres://", environment)).toMatchObject({ host: "elsewhere", port: 5444, database: "others", user: "bea" });
    expect(parse("postgres://", environment).tls.mode).toBe("require");
    expect(parse("postgres://", environment).password?.reveal()).toBe("secret");
    const named = parse("postgres://cid:own@here:5432/photos?sslmode=disable", environment);
    expect(named).toMatchObject({ host: "here", port: 5432, database: "photos", user: "cid", tls: { mode: "disable" } });
    expect(named.password?.reveal()).toBe("own");
    expect(parse("postgres://", { PGHOST: "" }).host).toBe("localhost");
  });

  test.each([
    ["postgres://ann:hush@host/photos?sslmod=require", 'it has a parameter "sslmod"'],
    ["postgres://ann:hush@host/photos?sslmode=yes", "its sslmode has to be one of"],
    ["postgres://ann:hush@host:99999/photos", "it is not written as a URL"],
    ["postgres://ann:hush@host/photos?port=0", "its port has to be a whole number from 1"],
    ["postgres://ann:hush/hush@host/photos", "it is not written as a URL"],
    ["postgres://ann:hush%zz@host/photos", "does not begin an encoded character"],
  ])("%s is refused without its password", (text, words) => {
    let fault: unknown;
    try {
      parse(text);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(UserError);
    expect((fault as UserError).code).toBe("server-address-unusable");
    expect((fault as UserError).message).toContain(words);
    expect(inspect(fault, { depth: null })).not.toContain("hush");
  });

  test("needs a user, be it the one who runs the program", () => {
    expect(() => parse("postgres://host/photos", {}, null)).toThrow("it names no user");
    expect(parse("postgres://bea@host/photos", {}, null).user).toBe("bea");
  });
});

describe("an address is shown as it was written", () => {
  test.each([
    ["postgres://ann:hush@host:5433/photos?sslmode=require", "postgres://ann@host:5433/photos?sslmode=require"],
    ["postgresql://:hush@/photos", "postgresql://@/photos"],
    ["postgres://ann:hu@sh@[::1]:5433/photos", "postgres://ann@[::1]:5433/photos"],
    ["postgres://host/photos?password=hush&sslmode=require", "postgres://host/photos?sslmode=require"],
    ["postgres://host/photos?passw%6Frd=hush", "postgres://host/photos"],
    ["postgres://ann:hush/hush@host/photos", "postgres://…"],
    ["postgres://", "postgres://"],
  ])("%s but for its password", (text, shown) => {
    expect(withoutPassword(text)).toBe(shown);
  });
});

describe("the place of a library", () => {
  const address = "postgres://bea:hush@host:5433/photos?sslmode=verify-full&sslrootcert=/etc/ca.pem";
  const place = serverPlace(parse(address), "/home/ann/data");

  test("has one name for whoever shares it, and own files apart from those of other libraries", () => {
    expect(place.name).toBe("postgres://host:5433/photos");
    expect(serverPlace(parse("postgres://cid@host:5433/photos"), "/home/cid").name).toBe(place.name);
    expect(place.ownFiles).toBe("/home/ann/data/shared/host-5433-photos");
    expect(serverPlace(parse("postgres:///photos?host=/run/postgresql"), "/d").ownFiles).toBe("/d/shared/%2Frun%2Fpostgresql-5432-photos");
    expect(filePlace("/home/ann/library.db")).toMatchObject({ name: "/home/ann/library.db", ownFiles: "/home/ann/library.db" });
  });

  test("is typed as it was named, but for the password", () => {
    expect(place.typed).toBe("postgres://bea@host:5433/photos?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem");
    const { password: _, ...named } = parse(address);
    expect(parse(place.typed)).toEqual({ ...named, password: null });
  });

  test("shows its password to nobody who does not ask for it", () => {
    for (const shown of [JSON.stringify(place), inspect(place, { depth: null, showHidden: true }), String(place.address.password)])
      expect(shown).not.toContain("hush");
    expect(place.address.password?.reveal()).toBe("hush");
  });
});
