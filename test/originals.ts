/**
 * Camera originals for tests: the heads that real cameras wrote (test/fixtures/originals), with a picture put where the camera's preview
 * stood. The sensor's data is not in them.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Head {
  readonly file: string;
  /** Where the head says where the preview stands, and where how long it is; little-endian unless it says otherwise. */
  readonly start: number;
  readonly bytes: number;
  readonly isBigEndian?: true;
  readonly camera: string;
  readonly time: string;
}

export const ORIGINALS = {
  cr2: { file: "CanonRaw.cr2", start: 98, bytes: 122, camera: "Canon Canon EOS 350D DIGITAL", time: "2005:08:03 18:59:18" },
  nef: { file: "Nikon.nef", start: 1084, bytes: 1096, camera: "NIKON CORPORATION NIKON D70", time: "2004:06:09 16:02:35" },
  dng: {
    file: "DNG.dng",
    start: 12888,
    bytes: 12924,
    isBigEndian: true,
    camera: "Canon Canon EOS 350D DIGITAL",
    time: "2005:08:03 18:59:18",
  },
  rw2: { file: "Panasonic.rw2", start: 0, bytes: 0, camera: "Panasonic DMC-LX3", time: "2008:08:06 15:21:56" },
  cr3: { file: "CanonRaw.cr3", start: 9376, bytes: 9333, isBigEndian: true, camera: "Canon Canon EOS M50", time: "" },
  raf: { file: "FujiFilm.raf", start: 84, bytes: 88, isBigEndian: true, camera: "", time: "" },
} as const satisfies Readonly<Record<string, Head>>;
export type OriginalKind = keyof typeof ORIGINALS;

/** @param jpeg becomes the largest picture in it */
export function originalWith(kind: OriginalKind, jpeg: Buffer): Buffer {
  const head: Head = ORIGINALS[kind];
  const bytes = headOf(kind);
  const write = (value: number, at: number) => (head.isBigEndian ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at));
  const [start, length] = kind === "rw2" ? panasonicField(bytes) : [head.start, head.bytes];
  write(bytes.length, start);
  write(jpeg.length, length);
  return Buffer.concat([bytes, jpeg]);
}

/** As the camera wrote it, without a picture large enough to compare. */
export function headOf(kind: OriginalKind): Buffer {
  return readFileSync(fileURLToPath(new URL(`fixtures/originals/${ORIGINALS[kind].file}`, import.meta.url)));
}

/** The field whose value is the preview: its place, and its number of bytes. */
function panasonicField(bytes: Buffer): readonly [start: number, length: number] {
  const field = bytes.indexOf(Buffer.from([0x2e, 0, 7, 0]));
  return [field + 8, field + 4];
}
