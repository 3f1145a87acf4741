/**
 * The formats whose headers libvips reads: how it names them, and which of its loaders are let in for them.
 */

/** The parts of what libvips reads that tell formats apart. */
interface VipsName {
  readonly format: string;
  readonly compression?: string | undefined;
}

export interface VipsFormat {
  /** The operation of libvips that opens a file of it; all others are blocked. */
  readonly loader: string;
  readonly isMine: (header: VipsName) => boolean;
  /** Of what is decoded with, as sharp names it in its list of versions. */
  readonly libraries: readonly string[];
}

export const VIPS_FORMATS = {
  jpeg: { loader: "VipsForeignLoadJpeg", isMine: ({ format }) => format === "jpeg", libraries: ["mozjpeg", "jpeg"] },
  png: { loader: "VipsForeignLoadPng", isMine: ({ format }) => format === "png", libraries: ["png"] },
  webp: { loader: "VipsForeignLoadWebp", isMine: ({ format }) => format === "webp", libraries: ["webp"] },
  avif: {
    loader: "VipsForeignLoadHeif",
    isMine: ({ format, compression }) => format === "heif" && compression !== "hevc",
    libraries: ["heif", "aom"],
  },
  tiff: { loader: "VipsForeignLoadTiff", isMine: ({ format }) => format === "tiff", libraries: ["tiff"] },
  gif: { loader: "VipsForeignLoadNsgif", isMine: ({ format }) => format === "gif", libraries: [] },
  /** Its header alone: sharp's build has no decoder for it. */
  heic: {
    loader: "VipsForeignLoadHeif",
    isMine: ({ format, compression }) => format === "heif" && compression === "hevc",
    libraries: [],
  },
} as const satisfies Readonly<Record<string, VipsFormat>>;
