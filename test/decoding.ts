/**
 * Decodes pictures that a test wrote, on the way that a scan's take.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { DecodedPhoto } from "../src/core/photos/photo.ts";
import { contentHash, photoPath } from "../src/core/units.ts";
import { createDecoder } from "../src/io/photos/decode.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The bytes of a file of `test/fixtures/formats`. */
export const fixture = (name: string) => readFileSync(fileURLToPath(new URL(`fixtures/formats/${name}`, import.meta.url)));

/** To be called once in a test file. */
export function decoding(maxMegapixels = 250) {
  const decoder = createDecoder({ resize: { fit: "squash", size: 64, kernel: "cubic" }, maxMegapixels, threads: 2 });
  afterAll(() => decoder.close());
  const decodeFile = async (path: string) => {
    const { size, mtimeMs } = await stat(path);
    const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1:1" };
    return decoder.decode({ file, hash: contentHash("0".repeat(64)) });
  };
  const decode = (name: string, bytes: Uint8Array) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, bytes);
    return decodeFile(path);
  };
  /** @throws {Error} with the reason, for what is not decoded */
  const decoded = async (name: string, bytes: Uint8Array): Promise<DecodedPhoto> => {
    const outcome = await decode(name, bytes);
    if (!outcome.ok) throw new Error(`${outcome.skipped.reason}: ${outcome.skipped.detail}`);
    return outcome.value;
  };
  return { decode, decoded, decodeFile };
}
