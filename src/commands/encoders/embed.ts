/**
 * `dupfind embed <photo...>`: the photos' vectors, for programs of the user's own. Reads and writes no library.
 */
import { resolve } from "node:path";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { SKIP_REASONS } from "../../core/photos/photo.ts";
import type { Outcome } from "../../core/photos/ports.ts";
import { createEncoderPool, type EncoderPool } from "../../io/encoders/encoder-pool.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { createDecoder, type Decoder } from "../../io/photos/decode.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { type EmbeddedFile, renderJsonLine, renderNpy } from "../../render/encoders/vectors.ts";
import type { Host } from "../host.ts";
import type { EmbedSettings } from "./settings.ts";

export async function runEmbed(settings: EmbedSettings, host: Host): Promise<ExitCode> {
  const encoder = await new ModelStore(settings.models).open(settings.model);
  const { image } = encoder.spec;
  const decoder = createDecoder({ resize: image.resize, maxMegapixels: settings.maxMegapixels, threads: settings.threads });
  const pool = createEncoderPool(encoder, settings.threads);
  const embedded: EmbeddedFile[] = [];
  let skipped = 0;
  try {
    for (const path of settings.photos) {
      // No vector is made for nobody; one that is not written at all is told at the end.
      if (host.stop.aborted || (await host.settle("output")).kind !== "taken") return skipped > 0 ? EXIT.photosNotCompared : EXIT.ok;
      const outcome = await embedFile(resolve(host.workingFolder, path), decoder, pool);
      if (outcome.ok) {
        if (settings.format === "jsonl") host.write(renderJsonLine(outcome.value, encoder));
        else embedded.push(outcome.value);
      } else {
        const { reason, detail } = outcome.skipped;
        const fault = `${path}: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`;
        // Rows of a matrix are known by their place alone: one that is missing would shift all behind it.
        if (settings.format === "npy")
          throw new UserError(fault, "Remove it from the list, or use --format jsonl, which names every photo");
        host.writeError(`dupfind: ${fault}\n`);
        skipped++;
      }
    }
  } finally {
    await Promise.all([decoder.close(), pool.close()]);
  }
  if (settings.format === "npy")
    host.writeExact(
      renderNpy(
        embedded.map(({ vector }) => vector),
        image.dimensions,
      ),
    );
  return skipped > 0 ? EXIT.photosNotCompared : EXIT.ok;
}

async function embedFile(path: string, decoder: Decoder, pool: EncoderPool): Promise<Outcome<EmbeddedFile>> {
  const identified = await identifyPath(path);
  if (!identified.ok) return identified;
  const decoded = await decoder.decode(identified.value);
  if (!decoded.ok) return decoded;
  return { ok: true, value: { photo: identified.value, vector: await pool.encode(decoded.value.pixels) } };
}
