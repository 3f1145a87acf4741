import { join } from "node:path";
import { onTestFinished } from "vitest";
import { SqliteLibrary } from "../../../src/io/library/sqlite-library.ts";
import { describeLibrary } from "../../library-port.contract.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describeLibrary("a file on this machine", () => {
  const library = SqliteLibrary.open(join(temporaryFolder(), "library.db"));
  onTestFinished(() => library.close());
  return library;
});
