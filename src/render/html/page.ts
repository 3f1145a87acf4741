/**
 * The shell of every page dupfind writes: one file that needs no server, no network and no script, reads well on a phone and in
 * the dark, and shows names as text whatever is in them.
 */

/** Markup that is safe to stand in a page: only `html` makes it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Fragment = string | number | Markup | readonly Fragment[];

/** A template whose strings are escaped; numbers, markup and lists of these stand as they are. */
export function html(parts: TemplateStringsArray, ...fragments: readonly Fragment[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + toMarkup(fragments[index - 1] ?? "") + part));
}

function toMarkup(fragment: Fragment): string {
  if (fragment instanceof Markup) return fragment.text;
  if (Array.isArray(fragment)) return fragment.map(toMarkup).join("");
  return escapeHtml(String(fragment));
}

/** For text between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Style of this kind of page, behind the shell's; no text from outside belongs in it. */
  readonly style: string;
}

/** Up to where the body begins: of a document that carries all it needs, and asks nobody for anything. */
export function documentHead(title: string, policy: string | Markup, style: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
`;
}

/** The whole document. Its policy lets in no script and nothing from elsewhere, should a name ever slip through unescaped. */
export function renderPage({ title, body, style }: Page): string {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return `${
    html`${documentHead(title, policy, new Markup(STYLE + style))}${body}
</body>
</html>`.text
  }\n`;
}

const STYLE = `
:root { color-scheme: light dark; --paper: #fdfdfc; --ink: #1d1f21; --faint: #62666b; --line: #d5d8dc; --one: #0b6bcb; --two: #c4450c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #17191b; --ink: #e7e8ea; --faint: #9ea3a9; --line: #3a3e43; --one: #6cb2ff; --two: #ff9563; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { margin-top: 2.5rem; font-size: 1.15rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.8rem 0.2rem 0; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
figure { margin: 1rem 0; }
figcaption, .faint { color: var(--faint); }
.scroll { overflow-x: auto; }
.path { overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; }
summary { cursor: pointer; }
`;
