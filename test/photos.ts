/**
 * Photos the tests use, by what is special in them. Sources and licences: examples/README.md and test/fixtures/README.md.
 */
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { seededRandom } from "./seeded-random.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const EXAMPLES = at("../examples/photos");
export const PHOTOS = {
  landscape: at("../examples/photos/originals/tanners_ridge.jpg"),
  falcon: at("../examples/photos/originals/prairie_falcon.jpg"),
  flower: at("../examples/photos/originals/cyclamen_persicum.jpg"),
  forest: at("../examples/photos/originals/silver_fir.jpg"),
  webp: at("../examples/photos/originals/denali.webp"),
  heic: at("../examples/photos/originals/IMG_2682.heic"),
  heicExport: at("../examples/photos/copies/IMG_2682-export.jpg"),
  avif10Bit: at("fixtures/formats/10bit-HDR-P3-nclx.avif"),
  jpegXl: at("fixtures/formats/8bit-sRGB.jxl"),
} as const;

/** One landscape in the EXIF orientations 1 to 8. */
export const ORIENTATIONS = Array.from({ length: 8 }, (_, i) => at(`fixtures/orientation/Landscape_${i + 1}.jpg`));

/** EXIF of one exposure, for `sharp().withExif()`. */
export function exifOf(time: string, fraction: string, camera = "Model 1") {
  return { IFD0: { Make: "Maker", Model: camera }, IFD2: { DateTimeOriginal: time, SubSecTimeOriginal: fraction } };
}

/** Distinct small pictures, seeded: random crops of one photo, turned and tinted so that none is a copy of another. */
export async function writeSmallPhotos(folder: string, count: number, seed = 1): Promise<void> {
  const random = seededRandom(seed);
  const sources = [PHOTOS.landscape, PHOTOS.falcon, PHOTOS.forest, PHOTOS.flower];
  for (let i = 0; i < count; i++) {
    const source = sources[i % sources.length] as string;
    const { width = 0, height = 0 } = await sharp(source).metadata();
    const edge = 64 + Math.floor(random() * 64);
    await sharp(source)
      .extract({ left: Math.floor(random() * (width - edge)), top: Math.floor(random() * (height - edge)), width: edge, height: edge })
      .modulate({ hue: Math.floor(random() * 360) })
      .jpeg({ quality: 70 })
      .toFile(`${folder}/photo-${String(i).padStart(5, "0")}.jpg`);
  }
}
