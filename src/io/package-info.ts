/**
 * What the package says of itself.
 */
import { readFileSync } from "node:fs";
import { packageFile } from "./package-files.ts";

export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { readonly version: string };
  return manifest.version;
}
