/**
 * better-sqlite3 in the version that runs here. Only importer of the package.
 *
 * From 13 on it carries its native part and needs no install script, but Node 20 crashes on it; 12 has to fetch or build its
 * native part in an install script, which npm 12 does not run. Both are optional, so that npm leaves out what does not fit.
 */
import { versions } from "node:process";
import type Database from "better-sqlite3";
import { loadNativePart } from "../native-part.ts";

export type Sqlite = Database.Database;

const FIRST_NODE_FOR_13 = 22;
const nodeMajor = Number.parseInt(versions.node, 10);

async function load(): Promise<typeof Database> {
  const { default: loaded } = nodeMajor < FIRST_NODE_FOR_13 ? await import("better-sqlite3-node20") : await import("better-sqlite3");
  // The native part is opened with the first database.
  new loaded(":memory:").close();
  return loaded;
}

const loaded: typeof Database = await loadNativePart(nodeMajor < FIRST_NODE_FOR_13 ? "better-sqlite3-node20" : "better-sqlite3", load);

export { loaded as Database };
