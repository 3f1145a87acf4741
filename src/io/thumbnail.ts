/**
 * Small JPEGs for people to look at: upright, sRGB, from whatever a photo can be decoded from.
 */
import type { HeicPixels, HeicRequest } from "./heic-worker.ts";
import { attachProfile } from "./icc.ts";
import { type Sharp, sharp } from "./sharp.ts";
import { WorkerPool } from "./worker-pool.ts";

export interface Thumbnails {
  /** @returns null where the file is gone or cannot be decoded (any more) */
  make(path: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** @param edge of the square the pictures fit into, in pixels; smaller ones stay as they are */
export function createThumbnails(edge: number): Thumbnails {
  const heicWorkers = new WorkerPool<HeicRequest, HeicPixels>(new URL("./heic-worker.js", import.meta.url), 2, null);
  const make = async (path: string) => {
    const { format, compression, icc } = await sharp(path, { limitInputPixels: false }).metadata();
    const isHeic = format === "heif" && compression === "hevc";
    const image = isHeic ? await openHeic(path, icc, edge, heicWorkers) : sharp(path, { limitInputPixels: false, sequentialRead: true });
    return shrink(image.autoOrient(), edge).flatten({ background: "#ffffff" }).jpeg({ quality: 82 }).toBuffer();
  };
  return { make: (path) => make(path).catch(() => null), close: () => heicWorkers.close() };
}

/** Raw pixels carry no profile: the shrunken picture gets it back as a PNG in memory. */
async function openHeic(
  path: string,
  profile: Buffer | undefined,
  edge: number,
  workers: WorkerPool<HeicRequest, HeicPixels>,
): Promise<Sharp> {
  const { data, width, height } = await workers.run({ path });
  const raw = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  if (profile === undefined) return raw;
  return sharp(attachProfile(await shrink(raw, edge).png({ compressionLevel: 0 }).toBuffer(), profile));
}

function shrink(image: Sharp, edge: number): Sharp {
  return image.resize(edge, edge, { fit: "inside", withoutEnlargement: true });
}
