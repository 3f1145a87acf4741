#!/usr/bin/env node
/**
 * The program: the only user of `process`. Gives the command line its streams, its signals and its exit code.
 */
import { availableParallelism } from "node:os";
import { main } from "./cli.ts";

// Node reads this when its thread pool is first used: photos are decoded there, one on each processor.
process.env["UV_THREADPOOL_SIZE"] ??= String(Math.max(4, availableParallelism()));

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(signal === "SIGINT" ? 130 : 143);
    stop.abort(signal);
    process.stderr.write("dupfind: finishing what is under way; the same signal once more stops at once.\n");
  });
}
// A reader that has seen enough, such as head, is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

/** A terminal gives each key at once, and Ctrl-C as a key. */
function listenToKeys(take: (key: string | null) => void): () => void {
  const { stdin } = process;
  const takePiece = (piece: string) => {
    if (stdin.isTTY && piece.includes("\u0003")) process.emit("SIGINT");
    // An arrow or a function key is several characters that begin with ESC.
    for (const key of piece.startsWith("\u001b") ? [piece] : piece) take(key);
  };
  const takeEnd = () => take(null);
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.setEncoding("utf8").on("data", takePiece).on("end", takeEnd);
  return () => {
    stdin.off("data", takePiece).off("end", takeEnd).pause();
    if (stdin.isTTY) stdin.setRawMode(false);
  };
}

process.exitCode = await main(process.argv.slice(2), {
  write: (output) => void process.stdout.write(output),
  writeError: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  workingFolder: process.cwd(),
  environment: process.env,
  nodeVersion: process.versions.node,
  listenToKeys,
  stop: stop.signal,
});
