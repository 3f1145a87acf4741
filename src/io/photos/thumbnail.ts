/**
 * Small JPEGs for people to look at: upright, sRGB, from whatever a photo can be decoded from.
 */
import { HeicPictures } from "./heic-pictures.ts";
import { inspectPicture, inTurn } from "./inspect-picture.ts";
import { type Sharp, sharp } from "./sharp.ts";

export interface Thumbnails {
  /** @returns null where the file is gone, cannot be decoded (any more) or has become larger than the cap */
  make(path: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

const HEIC_THREADS = 2;

/**
 * @param edge of the square the pictures fit into, in pixels; smaller ones stay as they are
 * @param maxMegapixels the cap for what is decoded
 */
export function createThumbnails(edge: number, maxMegapixels: number): Thumbnails {
  const heicPictures = new HeicPictures(HEIC_THREADS);
  const shrink = (image: Sharp) => image.resize(edge, edge, { fit: "inside", withoutEnlargement: true });
  const draw = (image: Sharp) => image.flatten({ background: "#ffffff" }).jpeg({ quality: 82 }).toBuffer();
  const make = async (path: string) => {
    const inspection = await inspectPicture(path, maxMegapixels);
    if (!inspection.ok) return null;
    const { picture } = inspection;
    if (picture.format === "heic") {
      const heic = await heicPictures.draw(path, picture, shrink, draw);
      return heic.ok ? heic.value : null;
    }
    return inTurn(picture.bytes, () => draw(shrink(sharp(path, { limitInputPixels: false, sequentialRead: true }).autoOrient())));
  };
  return { make: (path) => make(path).catch(() => null), close: () => heicPictures.close() };
}
