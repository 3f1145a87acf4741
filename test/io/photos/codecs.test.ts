import { readFileSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileKind } from "../../../src/core/photos/file-kinds.ts";
import type { DecodedPhoto } from "../../../src/core/photos/photo.ts";
import { PICTURE_FORMATS } from "../../../src/core/photos/picture-formats.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import type { Codec, PictureSource } from "../../../src/io/photos/codecs/codec.ts";
import { CODECS } from "../../../src/io/photos/codecs/codecs.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { sharp as ours } from "../../../src/io/photos/sharp.ts";
import { createThumbnails } from "../../../src/io/photos/thumbnail.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const RESIZE = { fit: "squash", size: 64, kernel: "cubic" } as const;

function decoderWith(codecs = CODECS) {
  const decoder = createDecoder({ resize: RESIZE, maxMegapixels: 250, threads: 2 }, codecs);
  onTestFinished(() => decoder.close());
  return decoder;
}

async function decoded(path: string, codecs = CODECS): Promise<DecodedPhoto> {
  const { size, mtimeMs } = await stat(path);
  const file = { path: photoPath(path), bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1:1" };
  const outcome = await decoderWith(codecs).decode({ file, hash: contentHash("0".repeat(64)) });
  if (!outcome.ok) throw new Error(`${path}: ${outcome.skipped.reason} ${outcome.skipped.detail}`);
  return outcome.value;
}

async function thumbnail(path: string, codecs = CODECS): Promise<Uint8Array | null> {
  const thumbnails = createThumbnails(100, 250, 60, codecs);
  onTestFinished(() => thumbnails.close());
  return thumbnails.make(path);
}

/** A format that nobody knows, as a codec that is added would be. */
function drawnCodec(): { readonly codec: Codec; readonly events: readonly string[] } {
  const events: string[] = [];
  const parse = async (source: PictureSource) => {
    const bytes = typeof source === "string" ? await readFile(source) : Buffer.from(source);
    const [start, width, height] = /^DRAWN\n(\d+) (\d+)\n/.exec(bytes.toString("latin1", 0, 40)) ?? [];
    return start === undefined ? null : { width: Number(width), height: Number(height), pixels: bytes.subarray(start.length) };
  };
  const codec: Codec = {
    header: async (source) => {
      const picture = await parse(source);
      if (picture === null) return null;
      const { width, height } = picture;
      const shape = { format: "gif", width, height, channels: 3, sampleBytes: 1, interlaced: false } as const;
      const value = { shape, upright: { width, height }, orientation: 1, pictures: 1, bits: 8 };
      return { ...value, exif: undefined, xmp: undefined, icc: undefined };
    },
    drawnWrongly: null,
    endsInZeros: null,
    isWhole: null,
    exif: null,
    pixelParts: null,
    open: async (threads) => {
      events.push(`opened for ${threads} threads`);
      return {
        draw: async (source, { upright }, { shrink, finish }) => {
          const picture = await parse(source);
          if (picture === null) throw new Error("not drawn");
          return { ok: true, value: await finish(shrink(ours(picture.pixels, { raw: { ...upright, channels: 3 } }), upright)) };
        },
        close: async () => void events.push("closed"),
      };
    },
  };
  return { codec, events };
}

describe("a codec", () => {
  test("is one row: a format that libvips cannot read is decoded and made thumbnails of by it, and opened when it is met", async () => {
    const path = join(temporaryFolder(), "picture.gif");
    const { data, info } = await sharp(PHOTOS.flower).resize(80, 60, { fit: "fill" }).raw().toBuffer({ resolveWithObject: true });
    writeFileSync(path, Buffer.concat([Buffer.from(`DRAWN\n${info.width} ${info.height}\n`), data]));
    await expect(decoded(path)).rejects.toThrow("not-an-image");
    expect(await thumbnail(path)).toBeNull();

    const { codec, events } = drawnCodec();
    const codecs = { ...CODECS, gif: codec };
    expect((await decoded(PHOTOS.webp, codecs)).facts.format).toBe("webp");
    expect(events).toEqual([]);
    const png = join(temporaryFolder(), "same.png");
    await sharp(data, { raw: info }).png().toFile(png);
    const [picture, same] = [await decoded(path, codecs), await decoded(png)];
    expect(picture.facts).toMatchObject({ width: 80, height: 60, format: "gif" });
    expect(picture.pixels).toEqual(same.pixels);
    expect(await thumbnail(path, codecs)).toEqual(await thumbnail(png));
    expect(events.filter((event) => event !== "closed")).toEqual(["opened for 2 threads", "opened for 2 threads"]);
  });

  test("is closed with its decoder, and only if it was opened", async () => {
    const { codec, events } = drawnCodec();
    const path = join(temporaryFolder(), "picture.gif");
    writeFileSync(path, Buffer.concat([Buffer.from("DRAWN\n1 1\n"), Buffer.from([1, 2, 3])]));
    const idle = createThumbnails(100, 250, 60, { ...CODECS, gif: codec });
    await idle.close();
    expect(events).toEqual([]);
    const used = createThumbnails(100, 250, 60, { ...CODECS, gif: codec });
    await used.make(path);
    await used.close();
    expect(events).toEqual(["opened for 2 threads", "closed"]);
  });

  test.each([PHOTOS.landscape, PHOTOS.webp, PHOTOS.avif10Bit, PHOTOS.heic])(
    "gives the same pixels of a path and of its bytes: %s",
    async (path) => {
      expect(await decoderWith().decodeBytes(readFileSync(path))).toEqual((await decoded(path)).pixels);
    },
  );

  test("draws a photo for the eye wherever it draws it for an encoder: a camera's harmless warnings stop neither", async () => {
    const photo = readFileSync(PHOTOS.landscape);
    const afterFirstSegment = 4 + photo.readUInt16BE(4);
    const odd = Buffer.concat([photo.subarray(0, afterFirstSegment), Buffer.alloc(3), photo.subarray(afterFirstSegment)]);
    await expect(sharp(odd, { failOn: "warning" }).raw().toBuffer()).rejects.toThrow("extraneous bytes");
    const path = join(temporaryFolder(), "odd.jpg");
    writeFileSync(path, odd);
    expect((await decoded(path)).pixels).toEqual((await decoded(PHOTOS.landscape)).pixels);
    expect(await thumbnail(path)).toEqual(await thumbnail(PHOTOS.landscape));
  });

  test("has names of its own, and each of them is a photo's", () => {
    const names = Object.values(PICTURE_FORMATS).flatMap(({ extensions }) => extensions);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => fileKind(`/a/1.${name}`) !== "photo")).toEqual([]);
    const ranks = Object.values(PICTURE_FORMATS).map(({ rank }) => rank);
    expect([...ranks].sort((one, other) => one - other)).toEqual(ranks.map((_, i) => i));
  });
});
