/**
 * The metadata in a photo's own file: EXIF as a scan reads it, IPTC of a JPEG, and XMP. Each is bounded: whatever a file claims to hold, a
 * photo with strange metadata is still a photo, and tells what it can.
 */
import { open } from "node:fs/promises";
import type { Metadata } from "../../core/metadata/metadata.ts";
import { CODECS } from "../photos/codecs/codecs.ts";
import { readWrittenMetadata } from "../photos/exif.ts";
import { inspectPicture } from "../photos/inspect-picture.ts";
import { readXmp, XmpFault } from "./xmp.ts";

/** What stands before a JPEG's picture is smaller, thumbnails and colours included. */
const HEAD_BYTES = 2_000_000;
/** A packet of many megabytes holds a picture, such as a depth map, and no words. */
const PACKET_BYTES_AT_MOST = 4 * 1024 * 1024;

/** In the order in which they count. Nothing for a file whose header cannot be read. */
export async function embeddedMetadata(photo: string): Promise<readonly Metadata[]> {
  // What cannot be read as a picture tells nothing; whether it can be read at all is seen by whoever compares its bytes.
  const inspection = await inspectPicture(photo, Number.POSITIVE_INFINITY, CODECS).catch(() => null);
  if (inspection === null || !inspection.ok) return [];
  const { shape, exif, xmp } = inspection.picture;
  const block = exif ?? (await CODECS[shape.format].exif?.(photo));
  const head = shape.format === "jpeg" ? await readHead(photo) : undefined;
  const written = readWrittenMetadata(block, head);
  return [written, ...(xmp === undefined ? [] : packetMetadata(xmp))];
}

function packetMetadata(packet: Buffer): readonly Metadata[] {
  if (packet.length > PACKET_BYTES_AT_MOST) return [];
  try {
    return [readXmp(packet.toString("utf8").replace(/\0+$/, ""))];
  } catch (error) {
    if (error instanceof XmpFault) return [];
    throw error;
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(Math.min(HEAD_BYTES, (await file.stat()).size));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
