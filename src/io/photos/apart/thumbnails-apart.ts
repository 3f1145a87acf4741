/**
 * Small pictures for people to look at, made by a process of its own: a photo that comes to no end, or takes that process with it, has none.
 */
import { UserError } from "../../../core/errors.ts";
import { DEFAULT_MAX_SECONDS } from "../../../core/photos/time-limit.ts";
import type { Thumbnails } from "../thumbnail.ts";
import { ReaderProcess } from "./photo-reader.ts";

const THREADS = 2;

/** As `createThumbnails`. Starts the process when the first picture is asked for. */
export function thumbnailsApart(edge: number, maxMegapixels: number, maxSeconds = DEFAULT_MAX_SECONDS): Thumbnails {
  const resize = { fit: "within", size: edge, kernel: "linear" } as const;
  const reader = new ReaderProcess({ resize, maxMegapixels, maxSeconds, threads: THREADS });
  return {
    make: (path) =>
      reader.ask({ kind: "thumbnail", path }).catch((error: unknown) => {
        if (error instanceof UserError) throw error;
        return null; // the process crashed, or was closed before it came to it
      }),
    close: async () => reader.close(),
  };
}
