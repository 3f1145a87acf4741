/**
 * Opens pages in Debian's Chromium. Where there is none, the tests that need it are skipped; where CI runs them, they fail.
 */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";

/** Where the browser is; `CHROMIUM_PATH` names another one. */
const EXECUTABLE = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const IS_HERE = existsSync(EXECUTABLE);

/** Of these, `--no-sandbox` lets it run as root and the others keep it from talking to anyone by itself. */
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** As `describe`. @param title goes on after "in Chromium, " */
export function describeInBrowser(title: string, tests: () => void): void {
  if (IS_HERE || process.env["CI"] === "true") describe(`in Chromium, ${title}`, tests);
  else describe.skip(`in Chromium, which is not at ${EXECUTABLE} (set CHROMIUM_PATH), ${title}`, tests);
}

/** With a profile of its own, which is gone when it is closed. */
export function openBrowser(): Promise<Browser> {
  if (!IS_HERE) throw new Error(`Expected Chromium at ${EXECUTABLE}. Run apt-get install chromium, or set CHROMIUM_PATH`);
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}
