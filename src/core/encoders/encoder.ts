/**
 * What an encoder is: pinned files, how a picture is prepared for it, and which output is the embedding.
 * An encoder is an entry of `models.lock.json`; nothing here knows one by name.
 */
import type { EncoderKey } from "../units.ts";
import type { ModelId, ModelPath } from "./model-names.ts";

/** One file of a model, pinned by content. */
export interface PinnedFile {
  /** Path below the model's folder, with forward slashes. */
  readonly path: ModelPath;
  readonly bytes: number;
  readonly sha256: string;
  /** Path inside the archive that the file is imported from, where that differs. */
  readonly archivePath?: string;
  /** Where the file is published, where that is not with the rest of its model. */
  readonly repository?: string;
  readonly revision?: string;
}

/** How an upright sRGB picture becomes the encoder's input. */
export interface ImageInput {
  /** ONNX file of the image tower, one of the encoder's pinned files. */
  readonly model: ModelPath;
  /** Name of the graph's input. */
  readonly input: string;
  readonly resize: Resize;
  readonly tensor: InputTensor;
  /** Name of the graph's output. */
  readonly output: string;
  readonly pooling: Pooling;
  readonly dimensions: number;
}

/**
 * `nchw-float32`: [1, 3, height, width], each channel (R, G, B) scaled to [0, 1], less its mean, divided by its standard
 * deviation. `nhwc-uint8`: [1, height, width, 3] bytes as they are; the graph normalizes.
 */
export type InputTensor =
  | { readonly layout: "nchw-float32"; readonly mean: readonly [number, number, number]; readonly std: readonly [number, number, number] }
  | { readonly layout: "nhwc-uint8" };

/** How words become a vector in the same space as the pictures. */
export interface TextInput {
  /** ONNX file of the text tower, one of the encoder's pinned files. */
  readonly model: ModelPath;
  /** Name of the graph's input of token ids, int64 [1, length]. */
  readonly input: string;
  /** Tokenizer definition, one of the encoder's pinned files. */
  readonly tokenizer: ModelPath;
  /** Most tokens the tower takes; a longer text is cut and keeps its end token. */
  readonly length: number;
  /** Fills short texts up to `length`; null where the tower takes any length. */
  readonly padId: number | null;
  readonly endId: number;
  /** The text is lower-cased first, where the tokenizer's own rules leave that out. */
  readonly lowerCase: boolean;
  /** Name of the graph's output, [1, dimensions]. */
  readonly output: string;
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
export type ThresholdOrigin = "measured" | "published" | "uncalibrated" | "labels";

export interface EncoderSpec {
  readonly id: ModelId;
  /** Of an encoder that is trained again under one name, for people to read: no part of its key. Null where there is none. */
  readonly version: number | null;
  readonly files: readonly PinnedFile[];
  readonly image: ImageInput;
  /** Null for encoders without a text tower. */
  readonly text: TextInput | null;
  /** Linear map that vectors of pictures and of words go through; null for none. See `linear-map.ts`. */
  readonly map: PinnedFile | null;
  readonly threshold: {
    /** Similarity at and above which two photos count as the same picture. */
    readonly value: number;
    /** Pairs below are not kept; the lowest threshold a report can be asked for without comparing anew. */
    readonly floor: number;
    readonly origin: ThresholdOrigin;
  };
}

/** An encoder as answers name it. */
export interface NamedEncoder extends Pick<EncoderSpec, "version"> {
  readonly id: string;
  readonly key: EncoderKey;
}

export function nameEncoder({ spec: { id, version }, key }: { readonly spec: EncoderSpec; readonly key: EncoderKey }): NamedEncoder {
  return { id, version, key };
}

/**
 * Similarity from which on two pictures that show nothing to hold on to are taken for one: half-way from where the encoder alone would
 * take any two to where they are equal.
 */
export function strictThreshold(threshold: number): number {
  return (1 + threshold) / 2;
}

/** For people to read: "dupfind-lite 12". What they type is the name alone. */
export function encoderTitle({ id, version }: Pick<NamedEncoder, "id" | "version">): string {
  return version === null ? id : `${id} ${version}`;
}

/**
 * Raised by one whenever the way pixels are made changes a vector: decoder options, orientation, colour, resizing.
 * Versions of the decoding library are left out on purpose: they move vectors by rounding only, and would throw away
 * a million of them at each update.
 */
const PIXEL_PIPELINE_VERSION = 1;

/**
 * The text whose SHA-256 is the encoder key: everything that changes a vector, in a fixed order, and nothing that does
 * not (thresholds, licences, the model's name and version).
 */
export function encoderFingerprint(spec: EncoderSpec): string {
  const { model, input, resize, tensor, output, pooling, dimensions } = spec.image;
  // The graph, and its weights where they lie in a file beside it (model.onnx_data).
  const weights = spec.files.filter((file) => file.path.startsWith(model)).map((file) => file.sha256);
  if (weights.length === 0) throw new TypeError(`Expected ${model} among the pinned files of ${spec.id}`);
  return JSON.stringify([
    ["pixels", PIXEL_PIPELINE_VERSION],
    ["weights", ...weights],
    ["input", input, tensor.layout],
    resize.fit === "squash" ? [resize.fit, resize.size, resize.kernel] : [resize.fit, resize.size, resize.crop, resize.kernel],
    tensor.layout === "nchw-float32" ? ["normalize", tensor.mean, tensor.std] : ["as they are"],
    ["output", output, pooling, dimensions],
    // Nothing where there is none: keys from before there were maps hold.
    ...(spec.map === null ? [] : [["map", spec.map.sha256]]),
  ]);
}

/** Edge of the square the encoder sees, in pixels. */
export function inputSize(resize: Resize): number {
  return resize.fit === "squash" ? resize.size : resize.crop;
}
