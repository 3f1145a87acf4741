/** What Node knows and its types do not. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: object;
  }
}

/** The parts of libheif's C interface, compiled to WebAssembly, that dupfind calls. Pointers are offsets into the memory. */
declare module "libheif-js/libheif-wasm/libheif.js" {
  type Pointer = number;

  /** Functions that return a `heif_error` take the place to write it to as their first argument. */
  export interface Libheif {
    /** The memory as bytes; another array after it has grown. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    _malloc(bytes: number): Pointer;
    _free(pointer: Pointer): void;
    _heif_context_alloc(): Pointer;
    _heif_context_read_from_memory(error: Pointer, context: Pointer, bytes: Pointer, size: number, options: Pointer): void;
    _heif_context_get_number_of_top_level_images(context: Pointer): number;
    _heif_context_get_list_of_top_level_image_IDs(context: Pointer, ids: Pointer, count: number): number;
    _heif_context_get_image_handle(error: Pointer, context: Pointer, id: number, handle: Pointer): void;
    _heif_context_get_number_of_items(context: Pointer): number;
    _heif_context_get_list_of_item_IDs(context: Pointer, ids: Pointer, count: number): number;
    _heif_item_get_item_type(context: Pointer, id: number): number;
    _heif_item_get_item_data(error: Pointer, context: Pointer, id: number, compression: Pointer, data: Pointer, size: Pointer): void;
    _heif_release_item_data(context: Pointer, data: Pointer): void;
    _heif_decoding_options_alloc(): Pointer;
    _heif_decode_image(error: Pointer, handle: Pointer, image: Pointer, colorspace: number, chroma: number, options: Pointer): void;
    _heif_image_get_width(image: Pointer, channel: number): number;
    _heif_image_get_height(image: Pointer, channel: number): number;
    _heif_image_get_plane_readonly(image: Pointer, channel: number, stride: Pointer): Pointer;
  }

  export interface LibheifOptions {
    readonly instantiateWasm: (imports: object, receive: (instance: WebAssembly.Instance) => void) => object;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }

  /** @returns at once: a compiled module is instantiated without waiting */
  export default function createLibheif(options: LibheifOptions): Libheif;
}
