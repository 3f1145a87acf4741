/**
 * What of a folder is kept elsewhere.
 */
import { describe, expect, test } from "vitest";
import { type FolderStanding, isKeptElsewhere, summarizeFolders } from "../../../src/core/duplicates/folder-summary.ts";
import { countByFolder } from "../../../src/core/duplicates/folder-tally.ts";
import { folderOf, isWithin } from "../../../src/core/paths.ts";
import { content, looksAt, pair, setsOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

/** @param groups paths of one content each @param lone photos without a copy @param notCompared files beside them */
async function summary(groups: readonly (readonly string[])[], lone: readonly string[] = [], notCompared: readonly string[] = []) {
  const sets = setsOf(
    groups.map((paths, i) => content(i + 1, { paths })),
    [],
  );
  const tally = { photos: await countByFolder([groups.flat(), lone]), notCompared: await countByFolder([notCompared]) };
  return { sets, standings: summarizeFolders(sets, tally) };
}

const outline = (standings: readonly FolderStanding[]) =>
  standings.map((one) => [one.folder, one.elsewhere, one.photos, ...one.places.map(({ folder, photos }) => `${folder} ${photos}`)]);
/** Kept in "Phone", since "Phone (old)" is the longer path. */
const backup = (count: number) => Array.from({ length: count }, (_, i) => [`/p/Phone/${i}.jpg`, `/p/Phone (old)/${i}.jpg`]);

describe("a folder", () => {
  test("whose photos are all kept in another says so, and the other does not", async () => {
    const { standings } = await summary(backup(80), ["/p/Phone/more.jpg"]);
    expect(outline(standings)).toEqual([["/p/Phone (old)", 80, 80, "/p/Phone 80"]]);
    expect(standings.map(isKeptElsewhere)).toEqual([true]);
    expect(standings[0]?.bytes).toBe(80 * 4_000_000);
  });

  test("with a photo of its own is not kept as a whole", async () => {
    const { standings } = await summary(backup(3), ["/p/Phone (old)/alone.jpg"]);
    expect(outline(standings)).toEqual([["/p/Phone (old)", 3, 4, "/p/Phone 3"]]);
    expect(standings.map(isKeptElsewhere)).toEqual([false]);
  });

  test("with a file that nobody compared is not kept as a whole, however deep that lies", async () => {
    const { standings } = await summary(backup(3), [], ["/p/Phone (old)/raw/1.dng"]);
    expect(standings.map(({ folder, notCompared }) => [folder, notCompared])).toEqual([["/p/Phone (old)", 1]]);
    expect(standings.map(isKeptElsewhere)).toEqual([false]);
  });

  test("is spoken of as a whole, not folder by folder, and by the name of where its photos are", async () => {
    const { standings } = await summary([
      ["/home/2019/a.jpg", "/mnt/disk/old photos/2019/a (1).jpg"],
      ["/home/2020/b.jpg", "/mnt/disk/old photos/2020/b (1).jpg"],
    ]);
    expect(outline(standings)).toEqual([["/mnt/disk/old photos", 2, 2, "/home 2"]]);
  });

  test("that is kept as a whole is named below one that is not", async () => {
    const { standings } = await summary(
      [
        ["/home/a.jpg", "/mnt/2019/a (1).jpg"],
        ["/home/b.jpg", "/mnt/2020/b (1).jpg"],
      ],
      ["/mnt/2020/alone.jpg"],
    );
    expect(outline(standings)).toEqual([
      ["/mnt/2019", 1, 1, "/home 1"],
      ["/mnt", 2, 3, "/home 2"],
    ]);
  });

  test("tells of copies beside it that the folder above does not tell of", async () => {
    const { standings } = await summary([["/p/Best/a.jpg", "/p/2019/a (1).jpg"]], ["/p/2019/b.jpg", "/p/2020/c.jpg"]);
    expect(outline(standings)).toEqual([["/p/2019", 1, 2, "/p/Best 1"]]);
  });

  test("with copies in itself alone is in no line", async () => {
    expect((await summary([["/p/a.jpg", "/p/a (1).jpg"]])).standings).toEqual([]);
  });

  test("on a Windows drive is as any other", async () => {
    const { standings } = await summary([["C:\\Photos\\a.jpg", "D:\\Old\\Backup\\a (1).jpg"]]);
    expect(outline(standings)).toEqual([["D:\\Old\\Backup", 1, 1, "C:\\Photos 1"]]);
  });

  test("does not count what leaves a companion behind, nor what is not the same picture", async () => {
    const tally = { photos: await countByFolder([["/a/1.jpg", "/b/1 (1).jpg", "/a/2.jpg", "/b/3.jpg"]]), notCompared: new Map() };
    const parting = setsOf([content(1, { paths: ["/a/1.jpg", "/b/1 (1).jpg"] })], [], {}, ["/a/1.mov", "/b/1 (1).jpg.json"]);
    expect(parting[0]?.extras[0]?.parted).toHaveLength(1);
    expect(summarizeFolders(parting, tally)).toEqual([]);
    const pairs = [pair(2, 3, 0.95)];
    const altered = setsOf(
      [content(2, { paths: ["/a/2.jpg"] }), content(3, { paths: ["/b/3.jpg"], width: 800 })],
      pairs,
      {},
      [],
      looksAt(pairs, { "2 3": { verdict: "altered" } }),
    );
    expect(altered.map(({ kind }) => kind)).toEqual(["altered"]);
    expect(summarizeFolders(altered, tally)).toEqual([]);
  });
});

describe("all folders that are kept elsewhere", () => {
  test("can go together, and a copy of every photo is left", async () => {
    let emptied = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const folder = () => ["/p", "/p/a", "/p/a/b", "/p/c", "/q", "/q/d", "/q/d/e"][Math.floor(random() * 7)] as string;
      const groups = Array.from({ length: 6 }, (_, i) => [
        ...new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, (_, k) => `${folder()}/${i}-${k}.jpg`)),
      ]);
      const { standings } = await summary(groups);
      const whole = standings.filter(isKeptElsewhere).map((one) => one.folder);
      emptied += whole.length;
      const stays = (path: string) => !whole.some((one) => isWithin(path, one));
      for (const paths of groups) expect(paths.some(stays), `${seed}: ${paths}`).toBe(true);
      // And none that could be told of was left out: the shares are those of a count by hand.
      for (const { folder, photos } of standings)
        expect(groups.flat().filter((path) => isWithin(folderOf(path), folder)).length).toBe(photos);
    }
    expect(emptied).toBeGreaterThan(50);
  });
});
