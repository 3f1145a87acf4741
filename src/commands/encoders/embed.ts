/**
 * `dupfind embed <photo...>`: the photos' vectors, for programs of the user's own. Reads and writes no library.
 */
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { SKIP_REASONS } from "../../core/photos/photo.ts";
import { embedPhotos } from "../../engine/encoders/embed.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { renderJsonLine, renderNpy } from "../../render/encoders/vectors.ts";
import { usageFault } from "../faults.ts";
import type { Host } from "../host.ts";
import type { EmbedSettings } from "./settings.ts";

export async function runEmbed(settings: EmbedSettings, host: Host): Promise<ExitCode> {
  const encoder = await new ModelStore(settings.models).open(settings.model);
  const photos = settings.photos.map((path) => resolve(host.workingFolder, path));
  const vectors: Float32Array[] = [];
  let [done, skipped] = [0, 0];
  const result = () => (skipped > 0 ? EXIT.photosNotCompared : EXIT.ok);
  for await (const outcome of embedPhotos(encoder, photos, settings, { signal: host.stop })) {
    const named = settings.photos[done++];
    if (outcome.ok) {
      if (settings.format === "jsonl") host.write(renderJsonLine(outcome.value, encoder));
      else vectors.push(outcome.value.vector);
    } else {
      const { reason, detail } = outcome.skipped;
      const fault = `${named}: ${SKIP_REASONS[reason]}${detail === "" ? "" : ` (${detail})`}`;
      // Rows of a matrix are known by their place alone: one that is missing would shift all behind it.
      if (settings.format === "npy") throw usageFault(fault, "Remove it from the list, or use --format jsonl, which names every photo");
      host.writeError(`dupfind: ${fault}\n`);
      skipped++;
    }
    // No vector is made for nobody; one that is not written at all is told at the end.
    if ((await host.settle("output")).kind !== "taken") return result();
  }
  if (done < photos.length) return result(); // stopped
  if (settings.format === "npy") host.writeExact(renderNpy(vectors, encoder.spec.image.dimensions));
  return result();
}
