/**
 * A page in a file of its own, readable for this user alone and gone when it is closed.
 */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface PageFile {
  readonly url: string;
  /** Replaces what stood there in one step, for a browser that reads it again meanwhile. */
  write(html: string): void;
  close(): void;
}

export function createPageFile(): PageFile {
  const folder = mkdtempSync(join(tmpdir(), "dupfind-"));
  const path = join(folder, "pair.html");
  return {
    url: pathToFileURL(path).href,
    write: (html) => {
      writeFileSync(`${path}.part`, html);
      renameSync(`${path}.part`, path);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
