/**
 * What an encoder is: pinned files, how a picture is prepared for it, and which output is the embedding.
 * An encoder is an entry of `models.lock.json`; nothing here knows one by name.
 */

/** One file of a model, pinned by content. */
export interface PinnedFile {
  /** Path below the model's folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How an upright sRGB picture becomes the encoder's input. */
export interface ImageInput {
  /** ONNX file of the image tower, one of the encoder's pinned files. */
  readonly model: string;
  /** Name of the graph's input. */
  readonly input: string;
  readonly resize: Resize;
  /** Subtracted from and divided into each channel after scaling to [0, 1]; R, G, B. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Name of the graph's output. */
  readonly output: string;
  readonly pooling: Pooling;
  readonly dimensions: number;
}

/**
 * `squash` stretches both edges to `size`; `shortest-edge` keeps the shape, brings the short edge to `size` and cuts the
 * centre square of `crop` pixels.
 */
export type Resize =
  | { readonly fit: "squash"; readonly size: number; readonly kernel: ResizeKernel }
  | { readonly fit: "shortest-edge"; readonly size: number; readonly crop: number; readonly kernel: ResizeKernel };
type ResizeKernel = "cubic" | "linear";

/** `none`: the output is [batch, dimensions]; `cls`: [batch, tokens, dimensions], token 0 is the embedding. */
export type Pooling = "none" | "cls";

/** Where a threshold comes from: decides what `report` says of it. */
export type ThresholdOrigin = "measured" | "published" | "uncalibrated";

export interface EncoderSpec {
  readonly id: string;
  readonly files: readonly PinnedFile[];
  readonly image: ImageInput;
  readonly threshold: {
    /** Similarity at and above which two photos count as the same picture. */
    readonly value: number;
    /** Pairs below are not kept; the lowest threshold a report can be asked for without comparing anew. */
    readonly floor: number;
    readonly origin: ThresholdOrigin;
  };
}

/**
 * Raised by one whenever the way pixels are made changes a vector: decoder options, orientation, colour, resizing.
 * Versions of the decoding library are left out on purpose: they move vectors by rounding only, and would throw away
 * a million of them at each update.
 */
const PIXEL_PIPELINE_VERSION = 1;

/**
 * The text whose SHA-256 is the encoder key: everything that changes a vector, in a fixed order, and nothing that does
 * not (thresholds, licences, the model's name).
 */
export function encoderFingerprint(spec: EncoderSpec): string {
  const { model, input, resize, mean, std, output, pooling, dimensions } = spec.image;
  // The graph, and its weights where they lie in a file beside it (model.onnx_data).
  const weights = spec.files.filter((file) => file.path.startsWith(model)).map((file) => file.sha256);
  if (weights.length === 0) throw new TypeError(`Expected ${model} among the pinned files of ${spec.id}`);
  return JSON.stringify([
    ["pixels", PIXEL_PIPELINE_VERSION],
    ["weights", ...weights],
    ["input", input, "fp32"],
    resize.fit === "squash" ? [resize.fit, resize.size, resize.kernel] : [resize.fit, resize.size, resize.crop, resize.kernel],
    ["normalize", mean, std],
    ["output", output, pooling, dimensions],
  ]);
}

/** Edge of the square the encoder sees, in pixels. */
export function inputSize(resize: Resize): number {
  return resize.fit === "squash" ? resize.size : resize.crop;
}
