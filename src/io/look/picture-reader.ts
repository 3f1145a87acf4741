/**
 * Reads pictures for a look: every page of a file, upright, in grey and in a few colours.
 */
import type { ColourPicture } from "../../core/look/colours.ts";
import { PART_EDGE } from "../../core/look/detail.ts";
import type { GreyPicture } from "../../core/look/grey-picture.ts";
import type { Pages } from "../../core/look/look-at-pages.ts";
import { FINE_EDGE, type PreparedPicture, preparePicture } from "../../core/look/prepared-picture.ts";
import type { IdentifiedPhoto, RgbPixels } from "../../core/photos/photo.ts";
import { DEFAULT_MAX_SECONDS, decodingTimeMs, readingTimeMs } from "../../core/photos/time-limit.ts";
import type { Drawing, Drawn, PictureSource } from "../photos/codecs/codec.ts";
import { CODECS } from "../photos/codecs/codecs.ts";
import { OpenCodecs } from "../photos/codecs/open-codecs.ts";
import { wholeFile } from "../photos/codecs/whole-file.ts";
import { drawingTo, isAsIdentified } from "../photos/decode.ts";
import { inspectPicture } from "../photos/inspect-picture.ts";
import { inTime } from "../photos/photo-clock.ts";
import { inTurn } from "../photos/picture-turns.ts";
import { sharp } from "../photos/sharp.ts";

/** A picture whose pixels are read once more needs no cap: it was under one when it was scanned. */
const NO_CAP = Number.POSITIVE_INFINITY;

const DRAWING = drawingTo({ fit: "within", size: FINE_EDGE, kernel: "linear" });

const MIDDLE: Drawing<RgbPixels> = {
  ...DRAWING,
  shrink: (image, { width, height }) => {
    const [across, down] = [Math.min(width, PART_EDGE), Math.min(height, PART_EDGE)];
    return image.extract({ left: (width - across) >> 1, top: (height - down) >> 1, width: across, height: down });
  },
};

/** A step of a look, and how long it may take. */
export type OnReading = (step: "opening" | "drawing" | "comparing", limitMs: number) => void;

export class PictureReader {
  readonly #codecs = new OpenCodecs(CODECS, 1);

  /**
   * @param maxSeconds that an empty photo may take
   * @param onStep called before each step with the time that it may take, and after it
   * @throws where the file cannot be read, or is not the one that was identified
   */
  async open({ file }: IdentifiedPhoto, maxSeconds = DEFAULT_MAX_SECONDS, onStep: OnReading = () => {}): Promise<Pages> {
    onStep("opening", readingTimeMs(maxSeconds, file.bytes));
    const inspection = await inspectPicture(file.path, NO_CAP, CODECS);
    if (!inspection.ok) throw new Error(inspection.detail);
    const { picture } = inspection;
    const limitMs = decodingTimeMs(maxSeconds, picture.shape.width * picture.shape.height);
    const read = async (draw: () => Promise<Drawn<RgbPixels>>) => {
      onStep("drawing", limitMs);
      // Who waits for a step ends this process before a decoder's own limit comes.
      const pixels = await inTime(2 * limitMs, draw);
      if (!pixels.ok) throw new Error(pixels.detail);
      // A verdict is kept by content: it must be of this one.
      if (!(await isAsIdentified(file))) throw new Error("the file changed");
      onStep("comparing", maxSeconds * 1000);
      return pixels.value;
    };
    onStep("comparing", maxSeconds * 1000);
    const drawFirst = (drawing: Drawing<RgbPixels>) => () => this.#codecs.draw(file.path, picture, drawing);
    const drawOther = (index: number) => () => inTurn(picture.bytes, () => drawPage(file.path, index));
    return {
      count: picture.pictures,
      size: picture.upright,
      page: async (index) => prepare(await read(index === 0 ? drawFirst(DRAWING) : drawOther(index))),
      middle: async () => greyOf(await read(drawFirst(MIDDLE))),
    };
  }

  close(): Promise<void> {
    return this.#codecs.close();
  }
}

/** Of a file of several pictures: all such formats are sharp's. */
async function drawPage(source: PictureSource, page: number) {
  const file = await wholeFile(source);
  const open = () => sharp(file, { page, failOn: "error", limitInputPixels: false });
  const { width, height, autoOrient } = await open().metadata();
  const upright = autoOrient ?? { width: width ?? 1, height: height ?? 1 };
  return { ok: true as const, value: await DRAWING.finish(DRAWING.shrink(open().autoOrient(), upright)) };
}

function prepare(pixels: RgbPixels): PreparedPicture {
  return preparePicture(greyOf(pixels), fewColours(pixels));
}

/** Luma of ITU-R BT.601. */
function greyOf({ data, width, height }: RgbPixels): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let i = 0, k = 0; i < grey.length; i++, k += 3)
    grey[i] = 0.299 * (data[k] as number) + 0.587 * (data[k + 1] as number) + 0.114 * (data[k + 2] as number) + 0.5;
  return { width, height, data: grey };
}

const COLOUR_EDGE = 64;

/** Means over parts of the picture: colours are compared roughly. */
function fewColours({ data, width, height }: RgbPixels): ColourPicture {
  const scale = Math.min(1, COLOUR_EDGE / Math.max(width, height));
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const sums = new Float64Array(columns * rows * 3);
  const counts = new Float64Array(columns * rows);
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width));
  for (let y = 0, k = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++, k += 3) {
      const part = row + (columnOf[x] as number);
      const to = part * 3;
      counts[part] = (counts[part] as number) + 1;
      sums[to] = (sums[to] as number) + (data[k] as number);
      sums[to + 1] = (sums[to + 1] as number) + (data[k + 1] as number);
      sums[to + 2] = (sums[to + 2] as number) + (data[k + 2] as number);
    }
  }
  return { width: columns, height: rows, data: Uint8Array.from(sums, (sum, i) => sum / (counts[Math.floor(i / 3)] as number) + 0.5) };
}
