/**
 * The colours of the page, as its style sheet has them in the light and in the dark.
 */

export interface Theme {
  /** Each "#rrggbb". */
  readonly background: string;
  /** Of points that do not stand out. */
  readonly quiet: string;
  readonly line: string;
  readonly ink: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return { background: color("--background"), quiet: color("--quiet"), line: color("--line"), ink: color("--ink") };
}

/** Calls back when the system turns from light to dark or back. */
export function onThemeChange(tell: (theme: Theme) => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tell(readTheme()));
}
