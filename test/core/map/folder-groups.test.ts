import { describe, expect, test } from "vitest";
import { groupByFolder } from "../../../src/core/map/folder-groups.ts";

/** As many photos in a folder as its number says. */
const photos = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([folder, count]) => Array.from({ length: count }, (_, i) => `${folder}/${i}.jpg`));

describe("folders told apart", () => {
  test("are those that hold the photos, the largest first, where there is room for all", () => {
    const paths = photos({ "/home/me/2019": 2, "/home/me/2020/summer": 5, "/home/me/2020/winter": 3 });
    const { folders, groupOf } = groupByFolder(paths, 12);
    expect(folders).toEqual(["/home/me/2020/summer", "/home/me/2020/winter", "/home/me/2019"]);
    expect(paths.map((path, i) => path.startsWith(`${folders[groupOf[i] as number]}/`))).not.toContain(false);
  });

  test("stand for all below them where one more split would be too many", () => {
    const paths = photos({ "/a/1": 4, "/a/2": 4, "/b/1": 1, "/b/2": 1, "/c": 1 });
    expect(groupByFolder(paths, 3).folders).toEqual(["/a", "/b", "/c"]);
  });

  test("leave the smallest without a group where one folder has more below it than there is room for", () => {
    const paths = photos(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`/all/${String(i).padStart(2, "0")}`, 20 - i])));
    const { folders, groupOf } = groupByFolder(paths, 5);
    expect(folders).toEqual(["/all/00", "/all/01", "/all/02", "/all/03", "/all/04"]);
    expect(groupOf.filter((group) => group === 5)).toHaveLength(15 * 8);
  });

  test("are one where all photos lie in one, and hold their own photos beside those below", () => {
    expect(groupByFolder(["/a/1.jpg", "/a/2.jpg"], 12)).toEqual({ folders: ["/a"], groupOf: [0, 0] });
    expect(groupByFolder(["/a/1.jpg", "/a/2.jpg", "/a/b/3.jpg"], 12)).toEqual({ folders: ["/a", "/a/b"], groupOf: [0, 0, 1] });
  });

  test("are told apart on Windows too", () => {
    expect(groupByFolder(["C:\\P\\a\\1.jpg", "C:\\P\\a\\2.jpg", "C:\\P\\b\\3.jpg"], 12).folders).toEqual(["C:\\P\\a", "C:\\P\\b"]);
  });
});
