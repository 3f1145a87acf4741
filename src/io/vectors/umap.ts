/**
 * Lays a library out in the plane, in a worker thread, so that the program still hears a signal.
 */
import { Worker } from "node:worker_threads";
import type { LayOut } from "../../core/map/ports.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { UmapMessage, UmapWorkerData } from "./umap-worker.ts";

/** @param stop ends the thread at once; the layout is then null */
export function createLayOut(onProgress: OnProgress, stop: AbortSignal): LayOut {
  return (neighbours, start, seed) =>
    new Promise((resolve, reject) => {
      const workerData: UmapWorkerData = { neighbours, start, seed };
      const worker = new Worker(new URL("./umap-worker.js", import.meta.url), { workerData });
      const end = () => void worker.terminate();
      stop.addEventListener("abort", end, { once: true });
      worker.on("message", (message: UmapMessage) => {
        if (message.kind === "done") resolve(message.plane);
        else onProgress({ step: "lay-out", done: message.done, total: message.total });
      });
      worker.on("error", reject);
      worker.on("exit", () => {
        stop.removeEventListener("abort", end);
        if (stop.aborted) resolve(null);
        else reject(new Error("The layout's thread ended before it was done"));
      });
      if (stop.aborted) end();
    });
}
