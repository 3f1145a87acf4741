/**
 * The Node that runs this.
 */
import { versions } from "node:process";

export function nodeVersion(): string {
  return versions.node;
}
