/**
 * Where the trash of a file is, on real mounts.
 */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { FileFault } from "../../../src/core/cleanup/ports.ts";
import { FILE_CALLS } from "../../../src/io/cleanup/file-calls.ts";
import { createTrash } from "../../../src/io/cleanup/trash.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const USER = process.getuid?.() ?? 0;
const MEMORY = "/dev/shm";

function trashIn(home: string, platform = "linux") {
  return createTrash(FILE_CALLS, { platform, homeTrash: join(home, "not/there/Trash"), userId: USER });
}

describe("the trash", () => {
  test("of a file in the home folder's file system is that of the home folder, with a note that has its whole path", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a b%ü.jpg");
    const { to, note } = await trashIn(folder)(path, []);
    expect(to).toBe(join(folder, "not/there/Trash/files/a b%ü.jpg"));
    expect(note?.path).toBe(join(folder, "not/there/Trash/info/a b%ü.jpg.trashinfo"));
    expect(note?.text).toMatch(/^\[Trash Info\]\nPath=\/.*\/a%20b%25%C3%BC\.jpg\nDeletionDate=\d{4}(-\d\d){2}T\d\d(:\d\d){2}\n$/);
  });

  test("has a free name for each file, and gives none away twice", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "not/there/Trash/files"), { recursive: true });
    mkdirSync(join(folder, "not/there/Trash/info"));
    writeFileSync(join(folder, "not/there/Trash/files/a.jpg"), "of somebody");
    writeFileSync(join(folder, "not/there/Trash/info/a.2.jpg.trashinfo"), "left behind");
    const place = trashIn(folder);
    const first = await place(join(folder, "a.jpg"), []);
    expect(first.to).toMatch(/\/a\.3\.jpg$/);
    expect((await place(join(folder, "b/a.jpg"), [first.to])).to).toMatch(/\/a\.4\.jpg$/);
  });

  test("has names that leave room for their note's, cut between letters, with the ending kept", async () => {
    const folder = temporaryFolder();
    const path = join(folder, `${"\u{1f98a}".repeat(62)}.jpg`);
    const place = trashIn(folder);
    const first = await place(path, []);
    const second = await place(path, [first.to]);
    const names = [first, second].flatMap(({ to, note }) => [basename(to), basename(note?.path ?? "")]);
    expect(names.every((name) => Buffer.byteLength(name) <= 255)).toBe(true);
    expect([first, second].map(({ to }) => basename(to))).toEqual([`${"\u{1f98a}".repeat(60)}.jpg`, `${"\u{1f98a}".repeat(59)}.2.jpg`]);
    expect(first.note?.text).toContain(encodeURIComponent("\u{1f98a}").repeat(62));
  });

  test("of a file on another file system lies at the top of that, and its note has the path from there", async () => {
    const folder = realpathSync(mkdtempSync(join(MEMORY, "dupfind-test-")));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { to, note } = await trashIn(temporaryFolder())(join(folder, "a.jpg"), []);
    expect(to).toBe(`${MEMORY}/.Trash-${USER}/files/a.jpg`);
    expect(note?.text).toContain(`\nPath=${folder.slice(MEMORY.length + 1)}/a.jpg\n`);
  });

  test("that all users share is used where its sticky bit keeps them apart, and one that is a link is not", async () => {
    const folder = realpathSync(mkdtempSync(join(MEMORY, "dupfind-test-")));
    const shared = join(MEMORY, ".Trash");
    onTestFinished(() => [folder, shared].forEach((path) => void rmSync(path, { recursive: true, force: true })));
    const place = async () => (await trashIn(temporaryFolder())(join(folder, "a.jpg"), [])).to;
    mkdirSync(shared);
    expect(await place()).toBe(`${MEMORY}/.Trash-${USER}/files/a.jpg`);
    chmodSync(shared, 0o1777);
    expect(await place()).toBe(`${MEMORY}/.Trash/${USER}/files/a.jpg`);
    // Whoever came first to the shared folder may have put a way to their own there.
    symlinkSync(folder, join(shared, String(USER)));
    expect(await place()).toBe(`${MEMORY}/.Trash-${USER}/files/a.jpg`);
    rmSync(shared, { recursive: true });
    symlinkSync(folder, shared);
    expect(await place()).toBe(`${MEMORY}/.Trash-${USER}/files/a.jpg`);
  });

  test("is none where a system does not say what becomes of a file, and the volume's folder on macOS", async () => {
    const folder = temporaryFolder();
    await expect(trashIn(folder, "win32")(join(folder, "a.jpg"), [])).rejects.toThrow(FileFault);
    expect(await trashIn(folder, "darwin")(join(folder, "a.jpg"), [])).toEqual({ to: join(folder, "not/there/Trash/a.jpg"), note: null });
  });
});
