/**
 * Standard output and standard error: their reader may be gone, their disk full, and neither is a fault of the program.
 */
import type { Delivery } from "../core/process-edge.ts";

/** What the system says when nobody reads any more; EIO is what a terminal that was closed says. */
const READER_GONE: readonly (string | undefined)[] = ["EPIPE", "ECONNRESET", "EOF"];

export class OutputWriter {
  readonly #stream: NodeJS.WriteStream;
  #delivery: Delivery = { kind: "taken" };

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // Others write here too, as a progress bar does: a fault that nobody takes would end the program.
    stream.on("error", (error) => this.#note(error));
  }

  /** What is written after a fault is dropped. */
  write(output: string | Uint8Array): void {
    if (this.#delivery.kind === "taken") this.#stream.write(output, (error) => this.#note(error));
  }

  async settle(): Promise<Delivery> {
    if (this.#delivery.kind === "taken") await new Promise<void>((resolve) => this.#stream.write("", () => resolve()));
    return this.#delivery;
  }

  /** The first fault counts: those behind it say only that the stream is closed. */
  #note(error: NodeJS.ErrnoException | null | undefined): void {
    if (error == null || this.#delivery.kind !== "taken") return;
    const isUnread = READER_GONE.includes(error.code) || (error.code === "EIO" && this.#stream.isTTY);
    this.#delivery = isUnread ? { kind: "unread" } : { kind: "refused", code: error.code ?? error.message };
  }
}
