/**
 * Reads the script and the style of a page as the build made them.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { Asset, PageAssets } from "../../core/pages/page-assets.ts";
import { packageFile } from "../package-files.ts";

export function readPageAssets(page: "labels" | "map" | "report" | "review"): PageAssets {
  return { script: readAsset(`${page}.js`), style: readAsset(`${page}.css`) };
}

function readAsset(name: string): Asset {
  const text = readFileSync(packageFile(`dist/page/${name}`), "utf8");
  return { text, sha256: createHash("sha256").update(text).digest("base64") };
}
