/**
 * What a file holds, by its first bytes: a decoder that does not know a kind calls it no picture, and one that knows it in part calls
 * it damaged.
 */

export interface ContentKind {
  /** In the plural, as in "… are not decoded". */
  readonly name: string;
  /** `decoded`: a picture that dupfind reads; `undecoded`: a picture that it does not; `other`: no picture at all. */
  readonly is: "decoded" | "undecoded" | "other";
}

/** As many of a file's first bytes as any kind asks for. */
export const HEAD_BYTES = 4096;

/** Bytes that stand at a place of the file, one for each character. */
type Mark = readonly [at: number, bytes: string];

interface Signature extends ContentKind {
  /** One of these rows: all of its marks, or the pattern in the first bytes as text. */
  readonly rows: readonly (readonly Mark[] | RegExp)[];
}

const decoded = (name: string, ...rows: Signature["rows"]): Signature => ({ name, is: "decoded", rows });
const undecoded = (name: string, ...rows: Signature["rows"]): Signature => ({ name, is: "undecoded", rows });
const other = (name: string, ...rows: Signature["rows"]): Signature => ({ name, is: "other", rows });

const starts = (bytes: string): readonly Mark[] => [[0, bytes]];
/** The brand of an ISO base media file (ISO/IEC 14496-12, 4.3) is in its first box, behind four bytes of length. */
const brands = (...names: readonly string[]) => names.map((name) => [[4, `ftyp${name}`]] as const);
const riff = (kind: string): readonly Mark[] => [
  [0, "RIFF"],
  [8, kind],
];

/** The first that fits counts. */
const SIGNATURES: readonly Signature[] = [
  decoded("JPEG images", starts("\xff\xd8\xff")),
  decoded("PNG images", starts("\x89PNG\r\n\x1a\n")),
  decoded("GIF images", starts("GIF87a"), starts("GIF89a")),
  decoded("WebP images", riff("WEBP")),
  decoded("HEIC images", ...brands("heic", "heix", "heim", "heis", "mif1")),
  decoded("AVIF images", ...brands("avif")),
  undecoded("AVIF sequences", ...brands("avis")),
  undecoded("HEIC sequences", ...brands("hevc", "hevx", "hevm", "hevs", "msf1")),
  undecoded("HEIF images of other codecs", ...brands("mif2", "avci", "avcs", "vvic", "vvis", "evbi", "evbs", "j2ki", "j2is")),
  decoded("Canon CR3 originals", ...brands("crx ")),
  decoded("Canon CR2 originals", [
    [0, "II*\0"],
    [8, "CR"],
  ]),
  decoded("Panasonic RW2 originals", starts("IIU\0")),
  decoded("Olympus ORF originals", starts("IIRO"), starts("IIRS"), starts("MMOR")),
  decoded("Fujifilm RAF originals", starts("FUJIFILMCCD-RAW")),
  undecoded("Sigma X3F originals", starts("FOVb")),
  undecoded("Minolta MRW originals", starts("\0MRM")),
  decoded("TIFF images", starts("II*\0"), starts("MM\0*"), starts("II+\0"), starts("MM\0+")),
  undecoded("JPEG XR images", starts("II\xbc\x01"), starts("II\xbc\0")),
  decoded("JPEG XL images", starts("\xff\x0a"), starts("\0\0\0\x0cJXL \r\n\x87\n")),
  decoded("JPEG 2000 images", starts("\xff\x4f\xff\x51"), starts("\0\0\0\x0cjP  \r\n\x87\n")),
  // Two letters are too few: what is always zero in the header has to be.
  decoded("BMP images", [
    [0, "BM"],
    [6, "\0\0\0\0"],
    [15, "\0\0\0"],
  ]),
  decoded("Photoshop images", starts("8BPS\0\x01"), starts("8BPS\0\x02")),
  undecoded("GIMP images", starts("gimp xcf")),
  // Zeros and a one or two are how many other files begin: a TGA too.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes of a file, and no text
  decoded("icons", /^\0\0[\x01\x02]\0[\x01-\xff]\0..\0/s),
  undecoded("OpenEXR images", starts("v/1\x01")),
  undecoded("Radiance HDR images", starts("#?RADIANCE"), starts("#?RGBE")),
  decoded("QOI images", starts("qoif")),
  undecoded("FLIF images", starts("FLIF")),
  undecoded("BPG images", starts("BPG\xfb")),
  undecoded("DDS images", starts("DDS ")),
  undecoded("DPX images", starts("SDPX"), starts("XPDS")),
  undecoded("FITS images", starts("SIMPLE  =")),
  decoded("PNM images", /^P[1-6][\s#]/),
  undecoded("PAM images", /^P7\s/),
  undecoded("SVG images", /<svg[\s>]/),
  other("web pages", /^\s*<(?:!doctype html|html|head|body)[\s>]/i),
  other("PDF documents", starts("%PDF-")),
  other("videos", ...brands(""), riff("AVI "), starts("\x1aE\xdf\xa3"), starts("\0\0\x01\xba")),
  other("sound files", riff("WAVE"), starts("ID3"), starts("OggS"), starts("fLaC")),
  other("archives", starts("PK\x03\x04"), starts("\x1f\x8b"), starts("Rar!"), starts("7z\xbc\xaf")),
  other("programs", starts("\x7fELF"), starts("MZ")),
  other("the halves that macOS writes beside files on other disks", starts("\0\x05\x16\x07")),
];

/** What other files begin with too: icons never count, Netpbm only with numbers behind its mark ("P4 is the fourth of our printers"). */
const WEAK: ReadonlyMap<string, RegExp | null> = new Map([
  ["icons", null],
  ["PNM images", /^P[1-6](?:\s+#[^\n]*)*\s+\d+(?:\s+#[^\n]*)*\s+\d+\s/],
]);

/**
 * Whether a file whose name does not say so is a photo that is decoded.
 * @param head as `contentKind` takes it
 */
export function beginsAsPhoto(head: Uint8Array): boolean {
  const kind = contentKind(head);
  if (kind?.is !== "decoded") return false;
  const further = WEAK.get(kind.name);
  return further === undefined || (further?.test(String.fromCharCode(...head.subarray(0, HEAD_BYTES))) ?? false);
}

/**
 * @param head the first `HEAD_BYTES` of the file, or all of a shorter one
 * @returns null for what no signature fits
 */
export function contentKind(head: Uint8Array): ContentKind | null {
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES));
  const fits = (row: readonly Mark[] | RegExp) =>
    row instanceof RegExp ? row.test(text) : row.every(([at, bytes]) => text.startsWith(bytes, at));
  return SIGNATURES.find(({ rows }) => rows.some(fits)) ?? null;
}
