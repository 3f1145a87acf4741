/**
 * The one way from a photo's bytes to its place in the encoder's space. Whatever is compared with the vectors of a library has to
 * come this way: another order or another measure of detail would compare what no scan has seen.
 */
import type { Encoder } from "../../core/encoders/ports.ts";
import { measureDetail } from "../../core/photos/detail.ts";
import { type EmbeddedPhoto, handOver, type IdentifiedPhoto } from "../../core/photos/photo.ts";
import type { Decode, Outcome } from "../../core/photos/ports.ts";

export interface EmbedPorts {
  /** To the encoder's input. */
  readonly decode: Decode;
  readonly encoder: Encoder;
}

/** Decodes an identified photo, measures how much there is to see, and encodes it. */
export async function embedPhoto(photo: IdentifiedPhoto, { decode, encoder }: EmbedPorts): Promise<Outcome<EmbeddedPhoto>> {
  const decoded = await decode(photo);
  if (!decoded.ok) return decoded;
  const { facts, pixels } = decoded.value;
  const detail = measureDetail(pixels);
  return { ok: true, value: { photo, facts, detail, vector: await encoder.encode(handOver(pixels)) } };
}

export interface EmbedFilePorts<Named> extends EmbedPorts {
  /** Reads and hashes the file. */
  readonly identify: (file: Named) => Promise<Outcome<IdentifiedPhoto>>;
}

/** Reads a file, then embeds what it holds. */
export async function embedFile<Named>(file: Named, ports: EmbedFilePorts<Named>): Promise<Outcome<EmbeddedPhoto>> {
  const identified = await ports.identify(file);
  return identified.ok ? embedPhoto(identified.value, ports) : identified;
}
