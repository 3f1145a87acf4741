/**
 * Which sets a reader of a report's page asked for.
 */
import { describe, expect, test } from "vitest";
import { type Asked, chosenSets, type ListedSet } from "../../../src/page/report/listed-set.ts";

const NOTHING: Asked = { class: "", path: "", from: "", to: "", low: "", high: "", order: "" };
const set = (place: number, sketch: Partial<ListedSet>): ListedSet => ({
  ...{ place, classes: ["same-bytes"], similarity: 1, bytes: 0, taken: "", paths: [`/photos/${place}.jpg`] },
  ...sketch,
});
const SETS = [
  set(0, { bytes: 9, taken: "2019-03-21T23:59:59", paths: ["/b/keeper.jpg", "/phone/extra.jpg"] }),
  set(1, { classes: ["same-picture", "same-pixels"], similarity: 0.9, bytes: 50, paths: ["/a/keeper.jpg"] }),
  set(2, { classes: ["altered"], similarity: 0.8, bytes: 20, taken: "2010-01-01T00:00:00", paths: ["/c/keeper.jpg"] }),
];
const chosen = (asked: Partial<Asked>) => chosenSets(SETS, { ...NOTHING, ...asked }).map(({ place }) => place);

describe("the sets of a page", () => {
  test.each<readonly [string, Partial<Asked>, readonly number[]]>([
    ["are all", {}, [0, 1, 2]],
    ["are those with an extra of the class", { class: "same-pixels" }, [1]],
    ["are those with a photo whose path holds the text, in capitals or not", { path: " Phone/ " }, [0]],
    ["are those taken on the days and between them", { from: "2010-01-01", to: "2019-03-21" }, [0, 2]],
    ["are without those of no known date, where one is asked for", { to: "2030-01-01" }, [0, 2]],
    ["are those within the similarities", { low: "0.8", high: "0.9" }, [1, 2]],
    ["by size, what frees most first", { order: "size" }, [1, 2, 0]],
    ["by similarity, the least alike first", { order: "similarity" }, [2, 1, 0]],
    ["by date, those without one last", { order: "date" }, [2, 0, 1]],
    ["by folder", { order: "folder" }, [1, 0, 2]],
  ])("%s", (_, asked, expected) => expect(chosen(asked)).toEqual(expected));

  test("stay in the report's order where the order asked for leaves them equal", () => {
    const equal = [set(0, {}), set(1, {}), set(2, { similarity: 0.5 })];
    expect(chosenSets(equal, { ...NOTHING, order: "similarity" }).map(({ place }) => place)).toEqual([2, 0, 1]);
  });
});
