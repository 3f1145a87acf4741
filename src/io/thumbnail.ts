/**
 * Small pictures for pages: upright, sRGB, JPEG.
 */
import sharp from "sharp";
import type { HeicPixels, HeicRequest } from "./heic-worker.ts";
import { WorkerPool } from "./worker-pool.ts";

/** Longest edge in pixels. */
const EDGE = 240;

export interface Thumbnails {
  /** A JPEG file; null when the photo cannot be shown. */
  make(path: string): Promise<Buffer | null>;
  close(): Promise<void>;
}

export function createThumbnails(): Thumbnails {
  const heicWorkers = new WorkerPool<HeicRequest, HeicPixels>(new URL("./heic-worker.js", import.meta.url), 1, null);
  const open = async (path: string) => {
    const { format, compression } = await sharp(path, { limitInputPixels: false }).metadata();
    if (format !== "heif" || compression !== "hevc") return sharp(path, { limitInputPixels: false, sequentialRead: true }).autoOrient();
    // Without the file's colour profile, which the decoder ignores: good enough to know a picture again.
    const { data, width, height } = await heicWorkers.run({ path });
    return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  };
  return {
    make: async (path) => {
      try {
        const image = await open(path);
        const small = image.resize({ width: EDGE, height: EDGE, fit: "inside", withoutEnlargement: true });
        return await small.flatten({ background: "#ffffff" }).toColourspace("srgb").jpeg({ quality: 75 }).toBuffer();
      } catch {
        return null; // The photo went away or is damaged since it was compared: the page says so in its place.
      }
    },
    close: () => heicWorkers.close(),
  };
}
