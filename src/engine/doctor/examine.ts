/**
 * Examines what dupfind needs of this machine. Each part is loaded by itself, so that one that is missing hides no other; nothing is changed.
 */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FileFault } from "../../core/cleanup/ports.ts";
import { type Check, type CheckName, isNodeSupported, LOW_ON_SPACE, NODE_VERSIONS } from "../../core/doctor/check.ts";
import { DEFAULT_MODEL } from "../../core/encoders/model-lock.ts";
import type { ModelSettings } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import { photoPath } from "../../core/units.ts";
import { folderState, refusalOf } from "../../io/doctor/folder-state.ts";
import { nodeVersion } from "../../io/node-version.ts";

export interface ExamineChoice {
  /** Need not be there yet. */
  readonly library: LibraryPlace;
  readonly models: ModelSettings;
  /** Where the trash of the home folder lies, as `XDG_DATA_HOME` has it; null for the usual place. */
  readonly dataHome: string | null;
}

export async function examine(choice: ExamineChoice): Promise<readonly Check[]> {
  const node = nodeVersion();
  return [
    { name: "node", outcome: isNodeSupported(node) ? "ok" : "fault", found: `${node}; needs ${NODE_VERSIONS}`, fault: null },
    await checked("pictures", loadDecoder),
    await checked("encoders", loadRuntime),
    await checked("database", loadDatabase),
    await checked("model", () => verifyModel(choice.models)),
    await checked("library", () => openLibrary(choice.library)),
    // What was done and decided lies here, also where the library is on a server.
    spaceOf("library-space", dirname(choice.library.ownFiles)),
    spaceOf("models-folder", choice.models.folder),
    await trashOf(choice),
    spaceOf("temporary", tmpdir()),
  ];
}

/** @param examine comes to what was found */
async function checked(name: CheckName, examine: () => Promise<string>): Promise<Check> {
  try {
    return { name, outcome: "ok", found: await examine(), fault: null };
  } catch (error) {
    if (error instanceof UserError) return { name, outcome: "fault", found: error.message, fault: error };
    throw error;
  }
}

async function loadDecoder(): Promise<string> {
  const { decoderVersions } = await import("../../io/photos/sharp.ts");
  const { sharp, libvips } = decoderVersions();
  return `sharp ${sharp}, libvips ${libvips}`;
}

async function loadRuntime(): Promise<string> {
  await import("../../io/encoders/onnx-runtime.ts");
  const { readVersions } = await import("../../io/drift/versions.ts");
  return `ONNX Runtime ${readVersions().onnxruntime}`;
}

async function loadDatabase(): Promise<string> {
  const { Database } = await import("../../io/library/better-sqlite3.ts");
  const db = new Database(":memory:");
  try {
    return `SQLite ${db.prepare<[], string>("SELECT sqlite_version()").pluck().get()}`;
  } finally {
    db.close();
  }
}

async function verifyModel(models: ModelSettings): Promise<string> {
  const { ModelStore } = await import("../../io/encoders/model-store.ts");
  const store = new ModelStore(models);
  const model = store.find(DEFAULT_MODEL);
  await store.verify(model);
  return `${model.id} ${model.version ?? ""}, every byte as published`;
}

async function openLibrary(place: LibraryPlace): Promise<string> {
  const yetToBe = `${place.name} does not exist yet; the first scan creates it`;
  if (place.kind === "file" && !existsSync(place.path)) return yetToBe;
  const { withWholeLibrary } = await import("../open-library.ts");
  try {
    const { photos, roots } = await withWholeLibrary(place, (library) => library.status());
    return `${place.name}: ${place.kind === "file" ? "intact; " : ""}photos: ${photos}, folders: ${roots.length}`;
  } catch (error) {
    if (place.kind === "server" && error instanceof UserError && error.code === "library-missing") return yetToBe;
    throw error;
  }
}

function spaceOf(name: CheckName, folder: string): Check {
  const { nearest, freeBytes, refusal } = folderState(folder);
  const where = nearest === folder ? folder : `${folder}, to be created in ${nearest}`;
  if (refusal !== null) return { name, outcome: "fault", found: `${where}: nothing can be written (${refusal})`, fault: null };
  if (freeBytes === null) return { name, outcome: "ok", found: `${where}: can be written to`, fault: null };
  const found = `${where}: ${(freeBytes / 1e9).toFixed(1)} GB free`;
  return { name, outcome: freeBytes < LOW_ON_SPACE ? "warning" : "ok", found, fault: null };
}

/** Of each scanned folder, since each disk has one of its own; of the working folder where nothing is scanned. */
async function trashOf({ library: place, dataHome }: ExamineChoice): Promise<Check> {
  const { openDisk } = await import("../cleanup/cleanup-ports.ts");
  const disk = openDisk(dataHome);
  const folders = await rootsOf(place);
  const without: string[] = [];
  for (const folder of folders.length > 0 ? folders : [dirname(place.ownFiles)]) {
    try {
      const { to } = await disk.placeInTrash(photoPath(join(folder, "photo.jpg")), []);
      const refusal = refusalOf(dirname(to));
      if (refusal !== null) without.push(`${dirname(to)} (${refusal})`);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      without.push(`${folder} (${error.message})`);
    }
  }
  const found = without.length === 0 ? "available for every scanned folder" : `none for ${without.join(", ")}`;
  return { name: "trash", outcome: without.length === 0 ? "ok" : "warning", found, fault: null };
}

/** None of one that is not there or cannot be read: its own check tells why. */
async function rootsOf(place: LibraryPlace): Promise<readonly string[]> {
  try {
    const { withLibrary } = await import("../open-library.ts");
    return (await withLibrary(place, (library) => library.roots())).map((root) => root.path);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
