/**
 * What the program asks of the process that reads photos for it, and what it is told.
 */
import type { UserError } from "../../../core/errors.ts";
import type { DecodedPhoto, IdentifiedPhoto, PhotoFile } from "../../../core/photos/photo.ts";
import type { FactsAgain, Outcome } from "../../../core/photos/ports.ts";
import type { DecoderOptions } from "../decode.ts";

/** Said once, before anything is asked. */
export interface ReaderSettings extends DecoderOptions {
  readonly maxSeconds: number;
}

export interface Answers {
  readonly identify: Outcome<IdentifiedPhoto>;
  readonly decode: Outcome<DecodedPhoto>;
  readonly readFacts: Outcome<FactsAgain>;
  /** Of a folder that can be listed, the device that it lies on; null of any other. */
  readonly listedOn: string | null;
  /** As `Thumbnails.make` gives it. */
  readonly thumbnail: Uint8Array | null;
}

export type Task =
  | { readonly kind: "identify" | "readFacts"; readonly file: PhotoFile }
  | { readonly kind: "decode"; readonly photo: IdentifiedPhoto }
  | { readonly kind: "listedOn"; readonly folder: string }
  /** As large as the reader's settings say. */
  | { readonly kind: "thumbnail"; readonly path: string };

export interface Request {
  readonly id: number;
  readonly task: Task;
}

export type Told =
  | { readonly kind: "ready" }
  /** Its parts cannot be loaded. */
  | { readonly kind: "unfit"; readonly fault: UserError["fault"]; readonly message: string }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly kind: "bug"; readonly id: number; readonly stack: string }
  /** It holds threads that may never come back: nothing more is to be asked of it. */
  | { readonly kind: "spent" };
