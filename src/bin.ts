/**
 * The program: with `bin/` the only user of `process`. Gives the command line its streams, its signals and its exit code.
 */
import { endWithoutClosedTerminals } from "./bin/closed-terminal.ts";
import { OutputWriter } from "./bin/output-stream.ts";
import { listenForSignals } from "./bin/signals.ts";
import { main } from "./cli.ts";
import { EXIT } from "./core/errors.ts";

endWithoutClosedTerminals();
const streams = { output: new OutputWriter(process.stdout), errors: new OutputWriter(process.stderr) };
const writeError = (text: string) => streams.errors.write(text);
const stop = listenForSignals((signal) => {
  const again = signal === "SIGHUP" ? "SIGTERM" : "the same signal again";
  writeError(`dupfind: finishing the current work; send ${again} to stop at once.\n`);
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
  // Once the program is asked to stop, the terminal is as it was: the system may end the program at any moment from there on.
  const restore = () => {
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stop.addEventListener("abort", restore, { once: true });
  // A terminal that was closed gives an error.
  stdin.setEncoding("utf8").on("data", takePiece).on("end", takeEnd).on("error", takeEnd);
  return () => {
    stdin.off("data", takePiece).off("end", takeEnd).pause();
    stop.removeEventListener("abort", restore);
    restore();
  };
}

/** Decoded as a whole: a character may be cut between two pieces. */
async function readInput(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

/** Null where it was removed meanwhile. */
function currentFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

const workingFolder = currentFolder();
if (workingFolder === null) {
  writeError("dupfind: The working folder no longer exists.\nChange to an existing folder and run the command again.\n");
  process.exitCode = EXIT.usage;
} else {
  process.exitCode = await main(process.argv.slice(2), {
    write: (text) => streams.output.write(text),
    writeExact: (output) => streams.output.write(output),
    writeError,
    settle: (stream) => streams[stream].settle(),
    isOutputTerminal: process.stdout.isTTY === true,
    isTerminal: process.stderr.isTTY === true,
    workingFolder,
    environment: process.env,
    listenToKeys,
    readInput,
    stop,
  });
}
