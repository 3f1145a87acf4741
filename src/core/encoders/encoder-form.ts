/**
 * The form in which a file describes an encoder: each of its parts, checked alone. `parse-lock.ts` puts them together.
 */
import {
  fields,
  flag,
  line,
  list,
  matching,
  numberFrom,
  oneOf,
  optional,
  orNull,
  type Read,
  tagged,
  textOf,
  wholeFrom,
} from "../text/json-form.ts";
import type { ImageInput, InputTensor, PinnedFile, Resize, TextInput } from "./encoder.ts";
import { isModelId, isModelPath, MODEL_ID_RULE, MODEL_PATH_RULE } from "./model-names.ts";

const MOST_FILES = 100;
/** 64 GiB: a pinned size bounds what is fetched and inflated. */
const LARGEST_FILE = 2 ** 36;
const MOST_DIMENSIONS = 8192;

export const id = textOf(isModelId, MODEL_ID_RULE);
const path = textOf(isModelPath, MODEL_PATH_RULE);
export const repository = matching(/^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/, "owner/name");
export const revision = matching(/^[0-9a-f]{40}$/, "a revision of 40 hex digits");
const sha256 = matching(/^[0-9a-f]{64}$/, "a SHA-256 of 64 hex digits");
const edge = wholeFrom(8, 2048);
const kernel = oneOf("cubic", "linear");
const dimensions = wholeFrom(1, MOST_DIMENSIONS);

const channels: Read<readonly [number, number, number]> = (value, at) =>
  list(numberFrom(-1e6, 1e6), 3, 3)(value, at) as readonly [number, number, number];

export const file = fields<PinnedFile>({
  path,
  bytes: wholeFrom(1, LARGEST_FILE),
  sha256,
  archivePath: optional(line),
  repository: optional(repository),
  revision: optional(revision),
});

const image = fields<ImageInput>({
  model: path,
  input: line,
  resize: tagged<"fit", Resize["fit"], Resize>("fit", {
    squash: fields({ fit: oneOf("squash"), size: edge, kernel }),
    "shortest-edge": fields({ fit: oneOf("shortest-edge"), size: edge, crop: edge, kernel }),
  }),
  tensor: tagged<"layout", InputTensor["layout"], InputTensor>("layout", {
    "nchw-float32": fields({ layout: oneOf("nchw-float32"), mean: channels, std: channels }),
    "nhwc-uint8": fields({ layout: oneOf("nhwc-uint8") }),
  }),
  output: line,
  pooling: oneOf("none", "cls"),
  dimensions,
});

const text = fields<TextInput>({
  model: path,
  input: line,
  tokenizer: path,
  length: wholeFrom(2, 1_000_000),
  padId: orNull(wholeFrom(0, 2 ** 32)),
  endId: wholeFrom(0, 2 ** 32),
  lowerCase: flag,
  output: line,
});

export const ofAnyEncoder = { about: line, licence: line, files: list(file, 1, MOST_FILES), image, text: orNull(text) };
export const similarity = numberFrom(-1, 1);
