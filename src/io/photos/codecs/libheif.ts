/**
 * Decodes HEIC (HEVC). Only user of libheif.
 *
 * Each picture gets a fresh instance of the decoder: libheif leaves what it could not decode as the memory was, and in an instance
 * that has decoded before, that is a piece of another photo. So the same bytes give the same pixels, whatever was decoded before them,
 * and the memory goes back after each photo.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import createLibheif, { type Libheif } from "libheif-js/libheif-wasm/libheif.js";
import { holdsZeroBlock } from "../../../core/photos/zero-block.ts";

/** Interleaved 8-bit RGBA, upright: the container's rotation is applied, its colour profile is not. */
export interface HeicPixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly channels: 4;
}

/** The file is whole, and of a kind that the decoder does not know. */
export class HeicUnsupported extends Error {}

/** The picture needs more memory than a decoder can address. */
export class HeicTooLarge extends Error {}

const compiled = new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve("libheif-js/libheif-wasm/libheif.wasm")));

// Constants of libheif/heif.h.
const COLORSPACE_RGB = 1;
const CHROMA_INTERLEAVED_RGBA = 11;
const CHANNEL_INTERLEAVED = 10;
const ITEM_TYPE_HEVC = 0x68766331; // "hvc1"
const UNSUPPORTED_FILE_TYPE = 3;
const UNSUPPORTED_FEATURE = 4;
const MEMORY_ALLOCATION_ERROR = 6;
/** An unknown number for primaries, transfer or matrix in the stream's own colour description, which the container's overrides. */
const UNKNOWN_COLOUR_NUMBERS: ReadonlySet<number> = new Set([133, 134, 135]);
const SMALLER_CLAIM = /Security limit exceeded: Image size .* exceeds the maximum image size/;
/** Where `strict_decoding` stands in `heif_decoding_options`. */
const STRICT_DECODING_OFFSET = 21;
/** Bytes of a `heif_error`: code, subcode, address of the message. */
const ERROR_BYTES = 12;

/** HEVC never codes three zero bytes in a row (ITU-T H.265, 7.4.2); lengths between its units add a few. */
const ZEROS_THAT_ARE_DAMAGE = Buffer.alloc(16);

/** More than all that is allocated for a pixel while its picture is decoded. */
const FILLED_BYTES_PER_PIXEL = 12;

/**
 * @returns the picture that the file names as its primary one
 * @throws {HeicTooLarge}
 * @throws {HeicUnsupported}
 * @throws {Error} in one line, for what is damaged: a part that is missing, cut off, zeroed or was left undecoded
 */
export function decodeHeic(file: Uint8Array): HeicPixels {
  const pixels = new Decoding(file).decode();
  // What was never decoded is as its memory was: zero at first, something else where something else had been written before.
  if (holdsZeroBlock(pixels)) {
    const again = new Decoding(file).decode(pixels.width * pixels.height * FILLED_BYTES_PER_PIXEL);
    if (!Buffer.from(pixels.data.buffer).equals(Buffer.from(again.data.buffer))) throw new Error("parts of the image are not decoded");
  }
  return pixels;
}

/** One instance of the decoder with one file in it; used once, and then left to the garbage collector with all its memory. */
class Decoding {
  readonly #libheif: Libheif;
  readonly #context: number;
  readonly #error: number;
  /** For what a function returns by address. */
  readonly #result: number;

  constructor(file: Uint8Array) {
    this.#libheif = createLibheif({
      instantiateWasm: (imports, receive) => {
        const instance = new WebAssembly.Instance(compiled, imports);
        receive(instance);
        return instance.exports;
      },
      // What went wrong is told by error codes; standard output belongs to dupfind.
      print: () => {},
      printErr: () => {},
    });
    this.#error = this.#libheif._malloc(ERROR_BYTES);
    this.#result = this.#libheif._malloc(16);
    this.#context = this.#libheif._heif_context_alloc();
    const bytes = this.#allocate(file.length);
    this.#libheif.HEAPU8.set(file, bytes);
    this.#libheif._heif_context_read_from_memory(this.#error, this.#context, bytes, file.length, 0);
    this.#check();
  }

  /** @param filled how many bytes of the memory that the picture will be decoded into are filled with ones before */
  decode(filled = 0): HeicPixels {
    this.#refuseZeroedParts();
    this.#libheif._heif_context_get_primary_image_handle(this.#error, this.#context, this.#result);
    this.#check();
    const handle = this.#word(this.#result);
    if (filled > 0) this.#fill(filled);
    return this.#read(this.#decodeHandle(handle));
  }

  #refuseZeroedParts(): void {
    const count = this.#libheif._heif_context_get_number_of_items(this.#context);
    for (const item of this.#list(count, this.#libheif._heif_context_get_list_of_item_IDs)) {
      if (this.#libheif._heif_item_get_item_type(this.#context, item) !== ITEM_TYPE_HEVC) continue;
      const [compression, data, size] = [this.#result, this.#result + 4, this.#result + 8];
      this.#libheif._heif_item_get_item_data(this.#error, this.#context, item, compression, data, size);
      this.#check();
      const at = this.#word(data);
      const coded = Buffer.from(this.#libheif.HEAPU8.buffer, at, this.#word(size));
      const zeroed = coded.length === 0 || coded.includes(ZEROS_THAT_ARE_DAMAGE);
      this.#libheif._heif_release_item_data(this.#context, data);
      if (zeroed) throw new Error("parts of the image are missing: there are zeros in their place");
    }
  }

  /** A part that fails fails the whole; else it would be painted over in silence. */
  #decodeHandle(handle: number): number {
    const options = this.#libheif._heif_decoding_options_alloc();
    this.#libheif.HEAPU8[options + STRICT_DECODING_OFFSET] = 1;
    this.#decodeInto(handle, options);
    if (UNKNOWN_COLOUR_NUMBERS.has(this.#word(this.#error + 4))) this.#decodeInto(handle, 0);
    this.#check();
    return this.#word(this.#result);
  }

  #decodeInto(handle: number, options: number): void {
    this.#libheif._heif_decode_image(this.#error, handle, this.#result, COLORSPACE_RGB, CHROMA_INTERLEAVED_RGBA, options);
  }

  #read(image: number): HeicPixels {
    const width = this.#libheif._heif_image_get_width(image, CHANNEL_INTERLEAVED);
    const height = this.#libheif._heif_image_get_height(image, CHANNEL_INTERLEAVED);
    const plane = this.#libheif._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, this.#result);
    const stride = this.#word(this.#result);
    const data = new Uint8ClampedArray(width * height * 4);
    for (let row = 0; row < height; row++) {
      const from = plane + row * stride;
      data.set(this.#libheif.HEAPU8.subarray(from, from + width * 4), row * width * 4);
    }
    return { data, width, height, channels: 4 };
  }

  #fill(bytes: number): void {
    const pointer = this.#allocate(bytes);
    this.#libheif.HEAPU8.fill(0xff, pointer, pointer + bytes);
    this.#libheif._free(pointer);
  }

  #list(count: number, write: (context: number, ids: number, count: number) => number): readonly number[] {
    const ids = this.#allocate(4 * count);
    const written = write(this.#context, ids, count);
    return Array.from({ length: written }, (_, i) => this.#word(ids + 4 * i));
  }

  #allocate(bytes: number): number {
    const pointer = this.#libheif._malloc(Math.max(bytes, 1));
    if (pointer === 0) throw new HeicTooLarge(`the decoder has no room for ${bytes} bytes`);
    return pointer;
  }

  /** @throws what the last call to the decoder reported */
  #check(): void {
    const code = this.#word(this.#error);
    if (code === 0) return;
    const message = this.#text(this.#word(this.#error + 8));
    // A picture of which a part is shown claims to be as large as that part.
    if (SMALLER_CLAIM.test(message)) throw new HeicUnsupported("images that are larger than they say are not decoded");
    if (code === UNSUPPORTED_FILE_TYPE || code === UNSUPPORTED_FEATURE) throw new HeicUnsupported(message);
    throw code === MEMORY_ALLOCATION_ERROR ? new HeicTooLarge(message) : new Error(message);
  }

  #word(pointer: number): number {
    return new DataView(this.#libheif.HEAPU8.buffer).getUint32(pointer, true);
  }

  #text(pointer: number): string {
    const memory = this.#libheif.HEAPU8;
    return Buffer.from(memory.subarray(pointer, memory.indexOf(0, pointer)))
      .toString()
      .trim();
  }
}
