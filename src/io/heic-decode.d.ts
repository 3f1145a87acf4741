declare module "heic-decode" {
  /** Decodes the primary image to interleaved RGBA. */
  export default function decode(options: { readonly buffer: Uint8Array }): Promise<{
    readonly data: Uint8ClampedArray<ArrayBuffer>;
    readonly width: number;
    readonly height: number;
  }>;
}
