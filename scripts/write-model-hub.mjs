/**
 * Writes dist/model-hub.json: the address that Transformers.js loads models from, read off its source, so that it is written down in one
 * place. The package itself is not loaded: it would load ONNX Runtime.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(
  createRequire(import.meta.url)
    .resolve("@xenova/transformers")
    .replace(/dist\/[^/]+$/, "src/env.js"),
  "utf8",
);
const address = /remoteHost:\s*'(https:[^']+)'/.exec(source)?.[1];
if (address === undefined) throw new Error("Transformers.js no longer says where it loads models from: see src/env.js in its package");
writeFileSync(new URL("../dist/model-hub.json", import.meta.url), `${JSON.stringify({ address })}\n`);
