import { onTestFinished } from "vitest";
import { ServerLibrary } from "../../../src/io/shared-library/server-library.ts";
import { describeLibrary } from "../../library-port.contract.ts";
import { describeWithPostgres, placeOf } from "../../postgres.ts";

describeWithPostgres("the shared library", (server) => {
  describeLibrary("a database on a server", async () => {
    const library = await ServerLibrary.open(placeOf(server.newDatabase()));
    onTestFinished(() => library.close());
    return library;
  });
});
