/**
 * What becomes of pictures that others gathered to try decoders with: how many are compared, why the others are not, whether other decoders
 * would draw those, and whether camera, time and place are what exiftool reads.
 *
 *     npm run build && node bench/conformance.mjs <folder> [<folder> ...] [--list] [--most=n]
 *
 * Each folder is a set: a clone of a repository, or a part of one. Asks ImageMagick, and for its own format heif-convert, djxl, opj_decompress
 * or tiff2rgba, and exiftool; what is not installed has no say. `--list` names every file whose reason does not hold, and every difference; `--most` takes so many files of a set, evenly.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileKind, isRaw } from "../dist/core/photos/file-kinds.js";
import { createDecoder } from "../dist/io/photos/decode.js";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const args = process.argv.slice(2);
const most = Number(args.find((arg) => arg.startsWith("--most="))?.slice("--most=".length) ?? Number.POSITIVE_INFINITY);
const lists = args.includes("--list");
const temporary = makeTemporaryFolder();
const decoder = createDecoder({ resize: { fit: "squash", size: 64, kernel: "cubic" }, maxMegapixels: 250, threads: 2 });
/** Of one run of another decoder. */
const LIMIT_MS = 20_000;
/** What ImageMagick says of its own configuration on some systems. */
const OF_NO_PICTURE = /xml-tree/;
/** Reasons that another decoder can prove wrong. */
const DISPUTABLE = new Set(["damaged", "not-an-image"]);

for (const folder of args.filter((arg) => !arg.startsWith("--"))) {
  const files = pictures(folder);
  const outcomes = [];
  for (const path of files) outcomes.push({ path, outcome: await decode(path) });
  report(basename(folder), outcomes);
}
await decoder.close();

function pictures(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const all = paths.filter((path) => (fileKind(path) === "photo" || isRaw(path)) && statSync(path).size > 0).sort();
  const step = Math.max(1, all.length / most);
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function decode(path) {
  const { size, mtimeMs } = statSync(path);
  return decoder.decode({ file: { path, bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: "1" }, hash: "" });
}

function report(name, outcomes) {
  const skipped = outcomes.filter(({ outcome }) => !outcome.ok);
  const reasons = new Map();
  for (const { outcome } of skipped) reasons.set(outcome.skipped.reason, (reasons.get(outcome.skipped.reason) ?? 0) + 1);
  const disputed = skipped
    .filter(({ outcome }) => DISPUTABLE.has(outcome.skipped.reason))
    .map((one) => ({ ...one, drawnBy: otherDecoders(one.path) }))
    .filter(({ drawnBy }) => drawnBy.length > 0);
  const exif = exifDifferences(outcomes.filter(({ outcome }) => outcome.ok));
  const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(", ") || "none";
  console.log(
    `| ${name} | ${outcomes.length} | ${outcomes.length - skipped.length} | ${why} | ${disputed.length} | ${exif.asked} | ${exif.differences.length} |`,
  );
  if (!lists) return;
  for (const { path, outcome, drawnBy } of disputed)
    console.log(`    ${outcome.skipped.reason}: ${path}: ${outcome.skipped.detail} (drawn by ${drawnBy.join(", ")})`);
  for (const { path, outcome } of skipped)
    if (!DISPUTABLE.has(outcome.skipped.reason)) console.log(`    ${outcome.skipped.reason}: ${path}: ${outcome.skipped.detail}`);
  for (const line of exif.differences) console.log(`    ${line}`);
}

/** Who draws it whole, without a complaint. */
function otherDecoders(path) {
  const to = (ending) => join(temporary, `drawn.${ending}`);
  const own = {
    ".heic": ["heif-convert", [path, to("png")]],
    ".heif": ["heif-convert", [path, to("png")]],
    ".avif": ["heif-convert", [path, to("png")]],
    ".jxl": ["djxl", [path, to("png")]],
    ".jp2": ["opj_decompress", ["-i", path, "-o", to("png")]],
    ".j2k": ["opj_decompress", ["-i", path, "-o", to("png")]],
    ".tif": ["tiff2rgba", [path, to("tif")]],
    ".tiff": ["tiff2rgba", [path, to("tif")]],
  }[extname(path).toLowerCase()];
  const decoders = [["convert", ["-limit", "time", "20", `${path}[0]`, to("png")]], ...(own === undefined ? [] : [own])];
  return decoders.filter(([program, options]) => draws(program, options)).map(([program]) => program);
}

function draws(program, options) {
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const { status, stderr } = spawnSync(program, options, { encoding: "utf8", timeout: LIMIT_MS });
  const complaints = stderr.split("\n").filter((line) => line.trim() !== "" && !OF_NO_PICTURE.test(line));
  return status === 0 && complaints.length === 0;
}

/** Camera, capture time to the second, and whether a place is told, beside exiftool's. */
function exifDifferences(outcomes) {
  const differences = [];
  let asked = 0;
  for (let i = 0; i < outcomes.length; i += 200) {
    const page = outcomes.slice(i, i + 200);
    const options = [
      "-json",
      "-q",
      "-fast",
      "-api",
      "MissingTagValue=",
      "-EXIF:Make",
      "-EXIF:Model",
      "-EXIF:DateTimeOriginal",
      "-EXIF:CreateDate",
      "-EXIF:GPSLatitude",
      "-EXIF:GPSLongitude",
    ];
    const { stdout, error } = spawnSync("exiftool", [...options, ...page.map(({ path }) => path)], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (error !== undefined || stdout === "") continue;
    const told = new Map(JSON.parse(stdout).map((one) => [one.SourceFile, one]));
    for (const { path, outcome } of page) {
      const { Make = "", Model = "", DateTimeOriginal = "", CreateDate = "", GPSLatitude = "", GPSLongitude = "" } = told.get(path) ?? {};
      const camera = [Make, Model]
        .map((part) => String(part).trim())
        .filter((part) => part !== "")
        .join(" ");
      const time =
        [DateTimeOriginal, CreateDate]
          .map(String)
          .find((text) => /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d/.test(text) && !text.startsWith("0000")) ?? "";
      const { exposure } = outcome.value.facts;
      if (camera === "" && time === "" && exposure.camera === null) continue;
      asked++;
      const ours = exposure.takenAt === null ? "" : new Date(exposure.takenAt.wallSeconds * 1000).toISOString().slice(0, 19);
      const isPlaced = GPSLatitude !== "" && GPSLongitude !== "";
      if (isPlaced !== outcome.value.facts.hasPlace) differences.push(`place: ${path}: ${!isPlaced}, exiftool ${isPlaced}`);
      if ((exposure.camera ?? "") !== camera)
        differences.push(`camera: ${path}: ${JSON.stringify(exposure.camera)}, exiftool ${JSON.stringify(camera)}`);
      else if (time !== "" && ours.replace(/\D/g, "") !== time.slice(0, 19).replace(/\D/g, ""))
        differences.push(`time: ${path}: ${JSON.stringify(exposure.takenAt)}, exiftool ${JSON.stringify(time)}`);
    }
  }
  return { asked, differences };
}
