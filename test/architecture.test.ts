/**
 * Holds the dependency rule of docs/internals/architecture.md by reading the import lines.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = join(ROOT, "src");

type Layer = "bin" | "cli" | "commands" | "index" | "engine" | "pipeline" | "io" | "render" | "page" | "core";
const MAY_IMPORT: Readonly<Record<Layer, readonly Layer[]>> = {
  bin: ["bin", "cli", "core"],
  cli: ["cli", "commands", "core"],
  commands: ["commands", "engine", "pipeline", "io", "render", "core"],
  index: ["engine", "core"],
  engine: ["engine", "pipeline", "io", "core"],
  pipeline: ["pipeline", "core"],
  io: ["io", "core"],
  render: ["render", "core"],
  page: ["page", "core"],
  core: ["core"],
};
/** Each package that is not ours has one adapter. */
const ONLY_IMPORTER: Readonly<Record<string, string>> = {
  "fast-glob": "io/photos/walk.ts",
  picomatch: "io/photos/exclusion.ts",
  ignore: "io/photos/ignore-files.ts",
  exifreader: "io/photos/exif.ts",
  "@xmldom/xmldom": "io/metadata/xmp.ts",
  "libheif-js/libheif-wasm/libheif.js": "io/photos/codecs/libheif.ts",
  "jxl-oxide-wasm": "io/photos/codecs/jxl-worker.ts",
  "@cornerstonejs/codec-openjpeg/decodewasmjs": "io/photos/codecs/jp2-worker.ts",
  "better-sqlite3": "io/library/better-sqlite3.ts",
  "better-sqlite3-node20": "io/library/better-sqlite3.ts",
  pg: "io/shared-library/pg.ts",
  pgpass: "io/shared-library/pg.ts",
  sharp: "io/photos/sharp.ts",
  // Sends telemetry unless it is loaded by way of here.
  "onnxruntime-node": "io/encoders/onnx-runtime.ts",
  "@huggingface/tokenizers": "io/encoders/tokenizer.ts",
  chokidar: "io/watch/watch-folders.ts",
  undici: "io/encoders/http-client.ts",
  yauzl: "io/encoders/zip-archive.ts",
  "cli-progress": "io/progress-bar.ts",
  "env-paths": "io/library/library-path.ts",
  "umap-js": "io/vectors/umap-worker.ts",
  usearch: "io/vectors/usearch.ts",
  "csv-parse/sync": "io/csv.ts",
};

/** The command line: one file for each group of commands. */
const COMMANDER = /^cli(\.ts$|\/)/;

/** The runtime reads its switch in the process's own environment; which database runs depends on Node's version, which canaries note too. */
const PROCESS = [
  "io/drift/versions.ts",
  "io/library/better-sqlite3.ts",
  "io/node-version.ts",
  "io/telemetry.ts",
  // The other side of a program of its own.
  "io/workers/program-channel.ts",
];

/** Rooms that every feature may use: what they hold is the library's own ground. */
const SHARED_ROOMS: ReadonlySet<string> = new Set([
  "photos",
  "library",
  "encoders",
  "vectors",
  "pairs",
  "pages",
  "html",
  "statistics",
  "text",
]);

/** Which other features a feature builds on, on the floors that know features; adapters fulfil the ports of all. */
const FEATURE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  adaptation: ["calibration", "drift", "look", "synthetic"],
  calibration: ["decisions", "labels", "look", "synthetic"],
  cleanup: ["duplicates", "metadata"],
  decisions: ["labels"],
  doctor: ["cleanup", "drift"],
  drift: ["calibration"],
  duplicates: ["calibration", "cleanup", "decisions", "look"],
  labels: ["calibration", "decisions", "look"],
  map: ["calibration", "duplicates", "look", "search"],
  review: ["cleanup", "decisions", "duplicates", "look"],
  search: ["calibration", "duplicates", "look"],
  synthetic: ["calibration"],
};

interface Import {
  readonly file: string;
  readonly from: Layer;
  readonly target: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/(?:from|import|import\()\s*"([^"\s]+)"/g)].map((match) => ({
    file,
    from: layerOf(file),
    target: match[1] as string,
  }));
});

function layerOf(file: string): Layer {
  return file.split("/")[0]?.replace(/\.ts$/, "") as Layer;
}

/** The subject of a file, the same on every floor; null for a floor's own files. */
function roomOf(file: string): string | null {
  const [, room, name] = file.split("/");
  return name === undefined ? null : (room ?? null);
}

function reaches(arrows: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string, seen = new Set<string>()): boolean {
  return [...(arrows.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && reaches(arrows, next, to, seen.add(next))));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/[^\n]*/g, "");
}

function isOurs({ target }: Import): boolean {
  return target.startsWith(".");
}

function mayImportPackage({ target, file }: Import): boolean {
  return target === "commander" ? COMMANDER.test(file) : ONLY_IMPORTER[target] === file;
}

function targetFile({ file, target }: Import): string {
  return relative(SRC, resolve(SRC, dirname(file), target));
}

describe("the house", () => {
  test("arrows point from bin to core and never back or sideways", () => {
    const wrong = imports.filter((line) => isOurs(line) && !MAY_IMPORT[line.from].includes(layerOf(targetFile(line))));
    expect(wrong).toEqual([]);
  });

  test("only adapters, the engine and commands know Node, and only adapters and the command line know packages", () => {
    const node = imports.filter((line) => line.target.startsWith("node:") && !["bin", "io", "commands", "engine"].includes(line.from));
    const packages = imports.filter((line) => !isOurs(line) && !line.target.startsWith("node:") && !mayImportPackage(line));
    expect({ node, packages }).toEqual({ node: [], packages: [] });
  });

  test("ONNX Runtime is loaded in one place, with its telemetry off, by benchmarks, examples and scripts too", () => {
    const outside = ["bench", "examples", "scripts", "test"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    );
    const users = [...outside, ...files.map((file) => join("src", file))]
      .filter((file) => /\.m?[jt]s$/.test(file))
      .filter((file) =>
        /(?:from|import|import\(|require\()\s*["'`](?:onnxruntime-node|@xenova\/transformers|@huggingface\/transformers)["'`]/.test(
          readFileSync(join(ROOT, file), "utf8"),
        ),
      );
    expect(users.sort()).toEqual(["src/io/encoders/onnx-runtime.ts", "test/io/encoders/transformers-parity.test.ts"]);
    for (const file of users) {
      // A plain import of the package would run before anything in the file does.
      const text = readFileSync(join(ROOT, file), "utf8");
      expect(text.match(/^import (?!type ).*"(?:onnxruntime-node|@xenova\/transformers)"/m)).toBeNull();
    }
  });

  test("no layer below the commands speaks of commands, options or the command line's variables: who embeds the engine has none", () => {
    // But for what V8 is told of its heap.
    const spoken =
      /["'`][^"'`\n]*(?:(?<![\w-])--(?!max-old-space-size)[a-z]|(?<=\s)-[a-z]\b|DUPFIND_|\bdupfind (?:adapt|calibrate|drift|embed|label|map|models|neighbours|prune|reindex|report|scan|search|status)\b)[^"'`\n]*["'`]/g;
    const found = files
      .filter((file) => !["bin", "cli", "commands", "render", "page"].includes(layerOf(file)))
      .flatMap((file) => [...withoutComments(readFileSync(join(SRC, file), "utf8")).matchAll(spoken)].map(([text]) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });

  test("what reading photos takes is opened in one place, and a photo is seen in one way", () => {
    const users = (name: string) => files.filter((file) => new RegExp(`\\b${name}\\(`).test(readFileSync(join(SRC, file), "utf8"))).sort();
    expect({
      encoders: users("createEncoderPool"),
      decoders: users("createDecoder"),
      displays: users("createProgressDisplay"),
      detail: users("measureDetail"),
    }).toEqual({
      encoders: ["engine/workbench.ts", "io/encoders/encoder-pool.ts"],
      decoders: ["engine/workbench.ts", "io/photos/apart/photo-reader-worker.ts", "io/photos/decode.ts"],
      // A fetch has a display of its own, which is a line now and then where there is no terminal.
      displays: ["commands/encoders/pull-display.ts", "commands/with-run.ts", "io/progress-bar.ts"],
      detail: ["core/photos/detail.ts", "pipeline/photos/embed-photo.ts"],
    });
  });

  test("what is wrong with a command line is said by the command line alone", () => {
    const users = files.filter((file) => /code: "usage"|usageFault\(/.test(readFileSync(join(SRC, file), "utf8")));
    expect(users.filter((file) => !["cli", "commands"].includes(layerOf(file)) && file !== "core/errors.ts")).toEqual([]);
  });

  test("only the program itself uses the process, and the core has no clock and no dice", () => {
    const users = (word: RegExp) => files.filter((file) => word.test(readFileSync(join(SRC, file), "utf8")));
    expect(users(/\bprocess\.\w/).filter((file) => layerOf(file) !== "bin")).toEqual([]);
    expect(users(/"(?:node:)?process"/).sort()).toEqual(PROCESS);
    expect(users(/Date\.now|Math\.random|performance\.now|new Date\(\)/).filter((file) => layerOf(file) === "core")).toEqual([]);
  });

  test("durations are measured by the steady clock: the one on the wall is set back now and then", () => {
    expect(files.filter((file) => /\bDate\.now\b|\bhrtime\b/.test(readFileSync(join(SRC, file), "utf8")))).toEqual([]);
  });

  test("the rooms of the core import each other one way only", () => {
    const arrows = new Map<string, Set<string>>();
    for (const line of imports) {
      const [from, to] = [roomOf(line.file), isOurs(line) ? roomOf(targetFile(line)) : null];
      if (line.from !== "core" || from === null || to === null || from === to) continue;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
    const circles = [...arrows.keys()].filter((room) => reaches(arrows, room, room));
    expect(circles).toEqual([]);
  });

  test("a feature imports another feature only where it is listed", () => {
    const met = new Set<string>();
    for (const line of imports) {
      const [from, to] = [roomOf(line.file), isOurs(line) ? roomOf(targetFile(line)) : null];
      if (line.from === "io" || from === null || to === null || from === to || SHARED_ROOMS.has(to) || SHARED_ROOMS.has(from)) continue;
      met.add(`${from} → ${to}`);
    }
    const listed = new Set(Object.entries(FEATURE_IMPORTS).flatMap(([from, tos]) => tos.map((to) => `${from} → ${to}`)));
    expect({
      unlisted: [...met].filter((arrow) => !listed.has(arrow)).sort(),
      unused: [...listed].filter((arrow) => !met.has(arrow)).sort(),
    }).toEqual({
      unlisted: [],
      unused: [],
    });
  });

  test("no file imports itself by way of others", () => {
    const arrows = new Map<string, string[]>();
    for (const line of imports) if (isOurs(line)) arrows.set(line.file, [...(arrows.get(line.file) ?? []), targetFile(line)]);
    const seen = new Set<string>();
    const visit = (file: string, trail: readonly string[]): readonly string[] | null => {
      if (trail.includes(file)) return [...trail, file];
      if (seen.has(file)) return null;
      for (const next of arrows.get(file) ?? []) {
        const cycle = visit(next, [...trail, file]);
        if (cycle !== null) return cycle;
      }
      seen.add(file);
      return null;
    };
    expect(files.map((file) => visit(file, [])).filter((cycle) => cycle !== null)).toEqual([]);
  });

  test("every file says in its first lines what it is for, and none is longer than 300 lines", () => {
    const texts = files.map((file) => ({ file, lines: readFileSync(join(SRC, file), "utf8").split("\n") }));
    expect(texts.filter(({ lines }) => !(lines[0] === "/**" || lines[1] === "/**")).map(({ file }) => file)).toEqual([]);
    expect(texts.filter(({ lines }) => lines.length > 300).map(({ file }) => file)).toEqual([]);
  });
});
