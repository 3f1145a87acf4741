/**
 * A program whose terminal was closed meanwhile: it must be able to end all the same.
 */
import { closeSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * When it ends, Node puts each terminal among its standard streams back as it found it, and aborts where that fails (`ResetStdio` in
 * its node.cc). A terminal that is gone is no terminal to the system any more: its descriptor is closed, and Node passes it over.
 */
export function endWithoutClosedTerminals(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.on("exit", () => {
    for (const descriptor of terminals) if (!isatty(descriptor)) closeSync(descriptor);
  });
}
