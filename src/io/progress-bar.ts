/**
 * Draws progress on a terminal. Only user of cli-progress, which loads with the first progress there is: a search or a status has none.
 */
import type { SingleBar } from "cli-progress";
import type { OnProgress, Progress } from "../core/progress.ts";

export interface ProgressDisplay {
  readonly onProgress: OnProgress;
  /** Ends the line that is being drawn. */
  close(): void;
}

const SILENT: ProgressDisplay = { onProgress: () => {}, close: () => {} };

const FORMAT: Readonly<Record<Progress["step"], string>> = {
  walk: "Finding photos       {value} found",
  embed: "Reading photos       {bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left",
  "read-facts": "Reading headers      {bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left",
  edit: "Editing photos       {bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left",
  compare: "Comparing            {bar} {percentage}%  {eta_formatted} left",
  look: "Looking at pairs     {bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left",
  neighbours: "Finding neighbours   {bar} {percentage}%  {eta_formatted} left",
  learn: "Learning             {bar} {percentage}%  {eta_formatted} left",
  "lay-out": "Drawing the map      {bar} {percentage}%  {eta_formatted} left",
  thumbnails: "Making thumbnails    {bar} {percentage}%  {value}/{total}  {eta_formatted} left",
  "clean-up": "Cleaning up          {bar} {percentage}%  {value}/{total}  {eta_formatted} left",
  undo: "Bringing back        {bar} {percentage}%  {value}/{total}  {eta_formatted} left",
  copy: "Copying the library  {bar} {percentage}%  {value}/{total}  {eta_formatted} left",
  pull: "Downloading          {bar} {percentage}%  {rate} MB/s  {eta_formatted} left",
};

/**
 * @param visible false draws nothing, as in a pipe or with --quiet
 * @param stop ends the drawing when it fires, so that what is printed then stands on a line of its own
 */
export function createProgressDisplay(visible: boolean, stop: AbortSignal): ProgressDisplay {
  if (!visible) return SILENT;
  let Bar: typeof SingleBar | null = null;
  let isLoading = false;
  let latest: Progress | null = null;
  let bar: SingleBar | null = null;
  let step: Progress["step"] | null = null;
  let begun = 0;
  const endLine = () => {
    bar?.stop();
    bar = null;
    step = null;
  };
  const close = () => {
    latest = null;
    endLine();
  };
  const draw = (progress: Progress, Drawn: typeof SingleBar) => {
    if (progress.step !== step) {
      endLine();
      step = progress.step;
      begun = performance.now();
      bar = new Drawn({ format: FORMAT[step], barsize: 20, hideCursor: true, etaBuffer: 200, fps: 5, clearOnComplete: true });
      bar.start(progress.step === "walk" ? 0 : progress.total, 0, { rate: "0" });
    }
    const done = progress.step === "walk" ? progress.found : progress.done;
    const seconds = (performance.now() - begun) / 1000;
    const perSecond = progress.step === "pull" ? progress.bytesPerSecond / 1e6 : seconds > 0 ? done / seconds : 0;
    bar?.update(done, { rate: perSecond.toFixed(perSecond < 10 ? 1 : 0) });
  };
  const load = async () => {
    isLoading = true;
    const { SingleBar } = await import("cli-progress");
    Bar = SingleBar;
    // The next may be long in coming.
    if (latest !== null) draw(latest, SingleBar);
  };
  stop.addEventListener("abort", close, { once: true });
  return {
    close,
    onProgress: (progress) => {
      if (stop.aborted) return;
      latest = progress;
      if (Bar !== null) draw(progress, Bar);
      else if (!isLoading) void load();
    },
  };
}
