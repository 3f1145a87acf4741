/**
 * Joins the compiled modules of a page into one script, since a page opened from a file can import none, and one that is served asks
 * for its script once: each module once, behind those that it imports, without its import lines and its export words. Names at the top
 * of modules must therefore differ.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const PAGES = ["labels", "map", "report", "review"];
const IMPORT = /^import\s[^;]*?from\s*"([^"]+)";\n/gm;
const TOP_NAME = /^(?:export )?(?:async )?(?:const|let|class|function\*?)\s+([\w$]+)/gm;

for (const page of PAGES) {
  const modules = inOrder(join(root, `dist/page-modules/page/${page}/main.js`));
  refuseEqualNames(modules);
  mkdirSync(join(root, "dist/page"), { recursive: true });
  writeFileSync(join(root, `dist/page/${page}.js`), modules.map(({ text }) => withoutLinks(text)).join(""));
  cpSync(join(root, `src/page/${page}/${page}.css`), join(root, `dist/page/${page}.css`));
}
rmSync(join(root, "dist/page-modules"), { recursive: true });

function inOrder(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const imported = [...text.matchAll(IMPORT)].flatMap(([, target]) => inOrder(resolve(dirname(file), target), seen));
  return [...imported, { file, text }];
}

function withoutLinks(text) {
  const linked = text
    .replace(IMPORT, "")
    .replace(/^export \{\};\n/gm, "")
    .replace(/^export (?=(async |const|let|class|function))/gm, "");
  if (/^(import|export)\b/m.test(linked)) throw new Error(`There is a form of import or export that cannot be joined:\n${linked}`);
  return linked;
}

function refuseEqualNames(modules) {
  const owners = new Map();
  for (const { file, text } of modules) {
    for (const [, name] of text.matchAll(TOP_NAME)) {
      if (owners.has(name)) throw new Error(`${name} stands at the top of both ${owners.get(name)} and ${file}: rename one`);
      owners.set(name, file);
    }
  }
}
