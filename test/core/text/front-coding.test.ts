import { expect, test } from "vitest";
import { frontCode, frontDecode } from "../../../src/core/text/front-coding.ts";

const AWKWARD = [
  "",
  "/photos/2019/a.jpg",
  "/photos/2019/a.jpg",
  "/photos/2019/a.jpg.bak",
  "/photos/2020/</script><b>.jpg",
  '/photos/2020/"quoted"\n\t\\.jpg',
  "/photos/2020/\u{1F600}.jpg",
  "/photos/2020/\u{1F601}.jpg",
  "/photos/2020/\ud83d",
  "C:\\Bilder\\é é.jpg",
];

test("front-coded texts come back as they were, also by way of JSON", () => {
  expect(frontDecode(frontCode(AWKWARD))).toEqual(AWKWARD);
  expect(frontDecode(JSON.parse(JSON.stringify(frontCode(AWKWARD))))).toEqual(AWKWARD);
  expect(frontDecode(frontCode([]))).toEqual([]);
});

test("each text is kept without what it shares with the one before", () => {
  expect(frontCode(["/a/1.jpg", "/a/2.jpg", "/a/2.jpg"])).toEqual([
    [0, "/a/1.jpg"],
    [3, "2.jpg"],
    [8, ""],
  ]);
});
