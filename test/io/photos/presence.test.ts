import { chmodSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { photoPath } from "../../../src/core/units.ts";
import { createPresence } from "../../../src/io/photos/presence.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function place(exclude: readonly string[] = []) {
  const root = join(temporaryFolder(), "root");
  mkdirSync(join(root, "album"), { recursive: true });
  writeFileSync(join(root, "album/a.jpg"), "a");
  const here = new Set([String(statSync(root).dev)]);
  const presence = createPresence([{ path: root, exclude, followLinks: false }]);
  const why = (path: string, devices: ReadonlySet<string> = here) =>
    presence.whyUnmet({ path: photoPath(join(root, path)), root, devices });
  return { root, presence, why };
}

describe("a photo that a walk did not meet", () => {
  test("is gone when its folder, or the nearest that is left of its folders, has no such name", async () => {
    const { why } = place();
    expect(await why("album/b.jpg")).toBe("gone");
    expect(await why("other/deep/b.jpg")).toBe("gone");
  });

  test("may be there when it is on a device that its folder does not stand on: a drive is away", async () => {
    const { why } = place();
    expect(await why("album/b.jpg", new Set(["1"]))).toBe("unsure");
    expect(await why("album/deep/b.jpg", new Set(["1"]))).toBe("unsure");
  });

  test("may be there when its name is listed, or no folder of it can be read", async () => {
    const { root, why } = place();
    expect(await why("album/a.jpg")).toBe("unsure");
    renameSync(root, `${root}-away`);
    expect(await why("new/b.jpg")).toBe("unsure");
  });

  test("is left out when a folder or the user keeps it out, or when it became a link", async () => {
    const { root, why } = place(["drafts"]);
    mkdirSync(join(root, "drafts"));
    writeFileSync(join(root, "drafts/a.jpg"), "a");
    symlinkSync(join(root, "album"), join(root, "linked"));
    symlinkSync(join(root, "album/a.jpg"), join(root, "link.jpg"));
    for (const path of ["drafts/a.jpg", "@eaDir/a.jpg", "linked/b.jpg", "link.jpg"])
      expect(await why(path), path).toBe(path.startsWith("@") ? "gone" : "excluded");
  });

  test("may be there when its folder may not be listed", async (context) => {
    if (process.geteuid?.() !== 0) return context.skip("changes the user");
    const { root, why } = place();
    chmodSync(join(root, ".."), 0o755);
    chmodSync(join(root, "album"), 0o000);
    process.seteuid?.(65534);
    try {
      expect(await why("album/b.jpg")).toBe("unsure");
    } finally {
      process.seteuid?.(0);
      chmodSync(join(root, "album"), 0o755);
    }
  });
});

test("a root is lost once it cannot be listed, and not any more when it is back", async () => {
  const { root, presence } = place();
  expect(await presence.lostRoots()).toEqual([]);
  renameSync(root, `${root}-away`);
  expect(await presence.lostRoots()).toEqual([root]);
  renameSync(`${root}-away`, root);
  expect(await presence.lostRoots()).toEqual([]);
  rmSync(root, { recursive: true });
  writeFileSync(root, "a file");
  expect(await presence.lostRoots()).toEqual([root]);
});
