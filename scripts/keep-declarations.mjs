/**
 * Of the declarations that the compiler wrote for every module, keeps those that the public one, `dist/index.d.ts`, is made of, and names
 * modules in them as they are named in the package: a program's compiler is to see what it can import, and nothing else.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const IMPORTED = /(?<=\b(?:from|import\() ?")(\.[^"]+)\.ts(?=")/g;

const kept = new Set();
const waiting = [join(dist, "index.d.ts")];
for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
  if (kept.has(file)) continue;
  kept.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, module] of text.matchAll(IMPORTED)) waiting.push(resolve(dirname(file), `${module}.d.ts`));
  writeFileSync(file, text.replace(IMPORTED, "$1.js"));
}
for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  const file = join(dist, name);
  if (file.endsWith(".d.ts") && !kept.has(file)) rmSync(file);
}
