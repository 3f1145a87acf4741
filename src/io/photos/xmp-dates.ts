/**
 * The dates of an XMP packet (ISO 16684-1): as attributes of a description or as elements, whatever their prefixes are called.
 */

/** As they stand there; empty for what is missing. */
export interface XmpDates {
  readonly taken: string;
  readonly created: string;
  readonly modified: string;
  /** The program that wrote the file. */
  readonly program: string;
}

/** A packet of many megabytes holds a picture, such as a depth map, and no dates that matter. */
const PACKET_BYTES_AT_MOST = 4 * 1024 * 1024;
/** The first that is there counts. */
const NAMES = {
  taken: ["DateTimeOriginal"],
  created: ["DateTimeDigitized", "CreateDate", "DateCreated"],
  modified: ["ModifyDate"],
  program: ["CreatorTool"],
} as const satisfies Readonly<Record<keyof XmpDates, readonly string[]>>;

export function xmpDates(packet: Buffer | undefined): XmpDates {
  const text = packet === undefined || packet.length > PACKET_BYTES_AT_MOST ? "" : packet.toString("utf8");
  const first = (names: readonly string[]) => names.map((name) => valueIn(text, name)).find((value) => value !== "") ?? "";
  return { taken: first(NAMES.taken), created: first(NAMES.created), modified: first(NAMES.modified), program: first(NAMES.program) };
}

function valueIn(packet: string, name: string): string {
  const found = new RegExp(`[\\s<][\\w-]+:${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)')|\\s*>([^<]*)<)`).exec(packet);
  return (found?.[1] ?? found?.[2] ?? found?.[3] ?? "").trim();
}
