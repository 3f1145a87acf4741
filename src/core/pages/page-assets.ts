/**
 * What a page carries beside its data.
 */

export interface PageAssets {
  readonly script: Asset;
  readonly style: Asset;
}

export interface Asset {
  readonly text: string;
  /** Of the text's UTF-8 bytes, in base64: lets a browser run this text and no other. */
  readonly sha256: string;
}
