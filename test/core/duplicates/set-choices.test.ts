/** What `--protect`, `--across` and `--keep` make of the sets. */
import { describe, expect, test } from "vitest";
import type { LibraryContent, Pair } from "../../../src/core/library/contents.ts";
import { content, pair, setsOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const small = { width: 800, height: 600, bytes: 1000 };

describe("protected photos", () => {
  const protectedFolders = ["/originals"];

  test("are kept, however much better the others are", () => {
    const contents = [content(1), content(2, { ...small, paths: ["/originals/2.jpg"] })];
    const [set] = setsOf(contents, [pair(1, 2, 0.9)], { protectedFolders });
    expect(set).toMatchObject({ keeper: { photo: { path: "/originals/2.jpg" } }, keeperReason: { rule: "protected-folder" } });
  });

  test("are no set among themselves", () => {
    const same = content(3, { paths: ["/originals/3.jpg", "/originals/3-copy.jpg"] });
    const near = [content(1, { paths: ["/originals/1.jpg"] }), content(2, { ...small, paths: ["/originals/2.jpg"] })];
    expect(setsOf([...near, same], [pair(1, 2, 0.9)], { protectedFolders })).toEqual([]);
  });

  test("of an extra's content stay while its other photos go, and count for nothing", () => {
    const contents = [content(1, { paths: ["/originals/1.jpg"] }), content(2, { ...small, paths: ["/originals/2.jpg", "/photos/2.jpg"] })];
    const [set] = setsOf(contents, [pair(1, 2, 0.9)], { protectedFolders });
    expect(set?.extras.map(({ photo }) => photo.path)).toEqual(["/photos/2.jpg"]);
    expect(set?.reclaimableBytes).toBe(1000);
  });

  test("never are extras of copies", () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = seededRandom(seed);
      const contents: LibraryContent[] = [];
      const pairs: Pair[] = [];
      for (let id = 1; id <= 12; id++) {
        const folder = () => (random() < 0.4 ? "/originals" : "/photos");
        const paths = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, i) => `${folder()}/${id}-${i}.jpg`);
        contents.push(content(id, { paths, width: 1000 + Math.floor(random() * 4) * 1000 }));
        for (let other = 1; other < id; other++) if (random() < 0.3) pairs.push(pair(other, id, 0.7 + random() * 0.3));
      }
      for (const linkage of ["star", "complete", "single"] as const) {
        const extras = setsOf(contents, pairs, { protectedFolders, linkage }).flatMap((set) => set.extras.map(({ photo }) => photo.path));
        expect(extras.filter((path) => path.startsWith("/originals/"))).toEqual([]);
        expect(new Set(extras).size).toBe(extras.length);
      }
    }
  });
});

describe("--across", () => {
  const acrossRoots = ["/phone", "/archive"];
  const [phone, archive, second] = ["/phone/1.jpg", "/archive/2.jpg", "/phone/3.jpg"].map((path, i) =>
    content(i + 1, { paths: [path], width: 4000 - i }),
  ) as [LibraryContent, LibraryContent, LibraryContent];

  test("shows sets whose members lie under two of the folders", () => {
    expect(setsOf([phone, archive], [pair(1, 2, 0.9)], { acrossRoots })).toHaveLength(1);
    const same = content(4, { paths: ["/phone/4.jpg", "/archive/4.jpg"] });
    expect(setsOf([same], [], { acrossRoots })).toHaveLength(1);
  });

  test("leaves out sets within one of them", () => {
    expect(setsOf([phone, second], [pair(1, 3, 0.9)], { acrossRoots })).toEqual([]);
  });

  test("shows a whole set that spans them, with what lies beside the keeper too", () => {
    const [set] = setsOf([phone, archive, second], [pair(1, 2, 0.9), pair(1, 3, 0.8)], { acrossRoots });
    expect(set?.extras.map(({ photo }) => photo.path)).toEqual(["/archive/2.jpg", "/phone/3.jpg"]);
  });

  test("counts a photo for the innermost of nested folders", () => {
    const nested = { acrossRoots: ["/phone", "/phone/exports"] };
    const exported = content(4, { paths: ["/phone/exports/4.jpg"], width: 100 });
    expect(setsOf([phone, exported], [pair(1, 4, 0.9)], nested)).toHaveLength(1);
    expect(setsOf([phone, second], [pair(1, 3, 0.9)], nested)).toEqual([]);
  });
});

describe("--keep", () => {
  test("a folder rule decides which of the same bytes stays", () => {
    const same = content(1, { paths: ["/a/1.jpg", "/best/2019/1.jpg"] });
    const [set] = setsOf([same], [], { rules: [{ rule: "folder", folder: "/best" }] });
    expect(set).toMatchObject({ keeper: { photo: { path: "/best/2019/1.jpg" } }, keeperReason: { rule: "folder", folder: "/best" } });
  });

  test("a content is ranked by its best photo", () => {
    const contents = [content(1), content(2, { ...small, paths: ["/photos/2.jpg", "/best/2.jpg"] })];
    const [set] = setsOf(contents, [pair(1, 2, 0.9)], { rules: [{ rule: "folder", folder: "/best" }, { rule: "resolution" }] });
    expect(set?.keeper.photo.path).toBe("/best/2.jpg");
    expect(set?.extras.map(({ photo }) => photo.path)).toEqual(["/photos/2.jpg", "/photos/1.jpg"]);
  });
});
