import { describe, expect, test } from "vitest";
import { cleanMetadata, type Metadata, mergeMetadata, NOTHING_TOLD, tellsNothing } from "../../../src/core/metadata/metadata.ts";
import { isAlbumRecord, readAlbumRecord, readPhotoRecord } from "../../../src/core/metadata/takeout-record.ts";
import { parseCaptureTime } from "../../../src/core/photos/exposure.ts";

const told = (some: Partial<Metadata>): Metadata => ({ ...NOTHING_TOLD, ...some });
const at = (time: string) => parseCaptureTime(time);
const PARIS = { latitude: 48.8584, longitude: 2.2945 };
const SYDNEY = { latitude: -33.8568, longitude: 151.2153 };

describe("what a photo learns from others of the same picture", () => {
  test("is what they tell and it does not", () => {
    const extra = told({
      takenAt: at("2019:03:21 11:04:22"),
      place: PARIS,
      rating: 4,
      caption: "On the tower",
      people: ["Ann"],
      albums: ["Paris"],
    });
    expect(mergeMetadata([told({ keywords: ["tower"] })], [[extra]])).toEqual({ added: extra, conflicts: [] });
  });

  test("is nothing where it tells all of that itself", () => {
    const keeper = told({ takenAt: at("2019:03:21 11:04:22"), place: PARIS, rating: 4, caption: "On the  tower", keywords: ["Café"] });
    const extra = told({ ...keeper, caption: "On the tower", keywords: ["Cafe\u0301"], place: { latitude: 48.85841, longitude: 2.29449 } });
    const { added, conflicts } = mergeMetadata([keeper], [[extra]]);
    expect([tellsNothing(added), conflicts]).toEqual([true, []]);
  });

  test("never replaces what it tells: what contradicts it is listed", () => {
    const keeper = told({ takenAt: at("2019:03:21 11:04:22"), place: PARIS, rating: 2, caption: "One" });
    const extra = told({ takenAt: at("2018:01:01 08:00:01"), place: SYDNEY, rating: 5, caption: "Two" });
    const { added, conflicts } = mergeMetadata([keeper], [[extra], [extra]]);
    expect(tellsNothing(added)).toBe(true);
    expect(conflicts).toEqual([
      { field: "takenAt", kept: "2019-03-21T11:04:22", other: "2018-01-01T08:00:01" },
      { field: "place", kept: "48.858400, 2.294500", other: "-33.856800, 151.215300" },
      { field: "rating", kept: "2", other: "5" },
      { field: "caption", kept: "One", other: "Two" },
    ]);
  });

  test("is the earliest capture time and the highest rating of several, and every word once", () => {
    const extras = [
      told({ takenAt: at("2019:03:21 11:04:22"), rating: 3, keywords: ["a", "b"], albums: ["Paris"] }),
      told({ takenAt: at("2017:03:21 11:04:22"), rating: 5, keywords: ["b", "c"], albums: ["Paris"] }),
    ];
    const merged = mergeMetadata(
      [told({ keywords: ["c"] })],
      extras.map((extra) => [extra]),
    );
    const { added, conflicts } = merged;
    expect(added).toEqual(told({ takenAt: at("2017:03:21 11:04:22"), rating: 5, keywords: ["a", "b"], albums: ["Paris"] }));
    expect(conflicts.map(({ field, other }) => [field, other])).toEqual([
      ["takenAt", "2019-03-21T11:04:22"],
      ["rating", "3"],
    ]);
  });

  test.each([
    ["2019:03:21 11:04:22", "2019-03-21T10:04:22Z", "a zone apart"],
    ["2019:03:21 11:04:22", "2019-03-21T05:34:22Z", "a zone with half an hour apart"],
    ["2019-03-21T11:04:22+01:00", "2019-03-21T10:04:22Z", "one moment"],
  ])("%s and %s are %s, and no contradiction", (one, other) => {
    expect(mergeMetadata([told({ takenAt: at(one) })], [[told({ takenAt: at(other) })]]).conflicts).toEqual([]);
  });

  test.each([
    ["2019:03:21 11:04:22", "2019-03-21T10:04:27Z"],
    ["2019:03:21 11:04:22", "2019-03-23T11:04:22Z"],
    ["2019-03-21T11:04:22+01:00", "2019-03-21T11:04:22Z"],
  ])("%s and %s are two times", (one, other) => {
    expect(mergeMetadata([told({ takenAt: at(one) })], [[told({ takenAt: at(other) })]]).conflicts).toHaveLength(1);
  });
});

describe("what several files tell of one photo", () => {
  test("counts in their order, and what comes behind is not lost in silence", () => {
    const extra = [
      told({ takenAt: at("2019:03:21 11:04:22"), caption: "One" }),
      told({ takenAt: at("2019-03-21T10:04:22Z"), caption: "Two" }),
    ];
    expect(mergeMetadata([], [extra])).toEqual({
      added: told({ takenAt: at("2019:03:21 11:04:22"), caption: "One" }),
      conflicts: [{ field: "caption", kept: "One", other: "Two" }],
    });
    // The keeper's record says the same as the extra's: nothing is contradicted.
    expect(mergeMetadata(extra, [[told({ caption: "Two" })]]).conflicts).toEqual([]);
  });

  test.each<readonly [Partial<Metadata>, Partial<Metadata>]>([
    [{ rating: 0, place: { latitude: 0, longitude: 0 }, caption: " \u0000\u0007 ", keywords: [" a ", "", "a"] }, { keywords: ["a"] }],
    [
      { rating: 9, place: { latitude: 91, longitude: 0 }, caption: "Two\r\nlines\u0000", people: ["b\ud800"] },
      { caption: "Two\nlines", people: ["b"] },
    ],
    [
      { rating: -1, place: PARIS },
      { rating: -1, place: PARIS },
    ],
  ])("%j is %j when it is clean", (given, expected) => {
    expect(cleanMetadata(told(given))).toEqual(told(expected));
  });
});

describe("Google's record of a photo", () => {
  test("tells time, place, caption and people", () => {
    const record = {
      title: "IMG_1.JPG",
      description: "At the bridge",
      photoTakenTime: { timestamp: "1553166262", formatted: "21.03.2019, 11:04:22 UTC" },
      geoData: { latitude: 0, longitude: 0, altitude: 0 },
      geoDataExif: { ...PARIS, altitude: 35 },
      people: [{ name: "Ann" }, { name: "" }, {}, null],
    };
    expect(readPhotoRecord(record)).toEqual(
      told({ takenAt: at("2019-03-21T11:04:22Z"), place: PARIS, caption: "At the bridge", people: ["Ann"] }),
    );
  });

  test.each([null, [], "text", {}, { photoTakenTime: { timestamp: "never" }, people: "Ann", geoData: { latitude: "1" }, description: 7 }])(
    "that is %j tells nothing",
    (record) => expect(tellsNothing(readPhotoRecord(record))).toBe(true),
  );

  test("is told from the one of its album, which has a title in many languages", () => {
    expect(["metadata.json", "Metadaten.json", "me\u0301tadonne\u0301es.json", "metadata(1).json"].every(isAlbumRecord)).toBe(true);
    expect(["IMG_1.JPG.json", "metadata.xmp"].some(isAlbumRecord)).toBe(false);
    expect(readAlbumRecord({ title: "Summer 2019" }).albums).toEqual(["Summer 2019"]);
    expect(readAlbumRecord({ title: "Photos from 2019" }).albums).toEqual([]);
    expect(readAlbumRecord({ title: "metadata", photoTakenTime: { timestamp: "1" } }).albums).toEqual([]);
  });
});
