/** The parts of OpenJPEG's decoder, compiled to WebAssembly, that dupfind calls. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  export interface FrameInfo {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  }

  export interface J2KDecoder {
    /** Where the file is to be written to, in the decoder's memory. */
    getEncodedBuffer(bytes: number): Uint8Array<ArrayBuffer>;
    decode(): void;
    getFrameInfo(): FrameInfo;
    /** Interleaved, a byte a sample or two with the low one first, in the decoder's memory. */
    getDecodedBuffer(): Uint8Array<ArrayBuffer>;
  }

  export interface OpenJpeg {
    readonly J2KDecoder: new () => J2KDecoder;
  }

  export interface OpenJpegOptions {
    readonly instantiateWasm: (imports: object, receive: (instance: WebAssembly.Instance) => void) => object;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }

  export default function createOpenJpeg(options: OpenJpegOptions): Promise<OpenJpeg>;
}
