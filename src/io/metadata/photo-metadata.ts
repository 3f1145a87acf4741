/**
 * Reads what photos and the texts beside them tell, and writes the text of sidecars.
 */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { FileFault } from "../../core/cleanup/ports.ts";
import { cleanMetadata, type Metadata } from "../../core/metadata/metadata.ts";
import type { PhotoMetadata } from "../../core/metadata/ports.ts";
import { isAlbumRecord, isPhotoRecord, readAlbumRecord, readPhotoRecord } from "../../core/metadata/takeout-record.ts";
import { extension, fileName } from "../../core/paths.ts";
import { type ContentHash, contentHash, type PhotoPath } from "../../core/units.ts";
import { errorCode } from "../system-errors.ts";
import { embeddedMetadata } from "./embedded.ts";
import { extendXmp, isReadWhole, readXmp, XmpFault } from "./xmp.ts";

/** A sidecar with every mask that an editor keeps in it is smaller. */
const TEXT_BYTES_AT_MOST = 16_000_000;

export const photoMetadata: PhotoMetadata = {
  async read(photo, texts) {
    const parts = [...(await embeddedMetadata(photo))];
    for (const text of texts) parts.push(await toldBy(text));
    return parts.map(cleanMetadata);
  },

  async extend(sidecar, added) {
    const bytes = await readWhole(sidecar);
    const text = bytes === null ? null : textOf(bytes, sidecar);
    const extended = asMetadata(sidecar, () => extendXmp(text, added));
    const written = { sha256: sha256Of(Buffer.from(extended)), bytes: Buffer.byteLength(extended) };
    return { text: extended, written, from: bytes === null ? null : sha256Of(bytes) };
  },

  async isTakenWhole(text) {
    try {
      const bytes = await readWhole(text);
      if (bytes === null) return false;
      return extension(text) === "xmp" ? isReadWhole(textOf(bytes, text)) : isPhotoRecord(JSON.parse(textOf(bytes, text)));
    } catch (error) {
      if (error instanceof FileFault || error instanceof XmpFault || error instanceof SyntaxError) return false;
      throw error;
    }
  },
};

function sha256Of(bytes: Buffer): ContentHash {
  return contentHash(createHash("sha256").update(bytes).digest("hex"));
}

async function toldBy(path: PhotoPath): Promise<Metadata> {
  const bytes = await readWhole(path);
  if (bytes === null) throw new FileFault("gone", `${path} is not there`);
  const text = textOf(bytes, path);
  return asMetadata(path, () => {
    if (extension(path) === "xmp") return readXmp(text);
    const json: unknown = JSON.parse(text);
    return isAlbumRecord(fileName(path)) ? readAlbumRecord(json) : readPhotoRecord(json);
  });
}

function asMetadata<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof XmpFault || error instanceof SyntaxError)) throw error;
    throw new FileFault("no-metadata", `${path}: ${error.message}`, { cause: error });
  }
}

function textOf(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FileFault("no-metadata", `${path} is not UTF-8`, { cause: error });
  }
}

/** Null where nothing is there. Opening a pipe would wait for its writer, and no link is followed. */
async function readWhole(path: string): Promise<Buffer | null> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new FileFault("no-file", `${path} is no file`);
      if (stats.size > TEXT_BYTES_AT_MOST) throw new FileFault("too-large", `${path} has ${stats.size} bytes`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const code = errorCode(error);
    if (code === "ENOENT") return null;
    throw new FileFault(code === "ELOOP" ? "no-file" : code, `${path} cannot be read`, { cause: error });
  }
}
