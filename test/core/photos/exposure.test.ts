import { describe, expect, test } from "vitest";
import { areDifferentExposures, formatCaptureTime, parseCaptureTime, readCaptureTime } from "../../../src/core/photos/exposure.ts";
import { frame, NO_EXIF } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const NOON = "2019:03:21 12:00:00";

describe("reading a capture time", () => {
  test("takes the wall clock, its fraction and its zone apart", () => {
    expect(parseCaptureTime("2019:03:21 11:04:22", "348", "+09:00")).toEqual({
      wallSeconds: Date.parse("2019-03-21T11:04:22Z") / 1000,
      fraction: "348",
      offsetMinutes: 540,
    });
  });

  test.each([
    ["", "", null],
    ["  ", "", null],
    ["5 ", "", "5"],
    ["500", "", "500"],
    ["05", "", "05"],
    ["000", "", "000"],
    ["unknown", "", null],
  ])("reads the sub-seconds %j", (fraction, offset, expected) => {
    expect(parseCaptureTime(NOON, fraction, offset)?.fraction).toBe(expected);
  });

  test.each([
    ["+05:30", 330],
    ["-0330", -210],
    ["-11:00", -660],
    ["+00:00", 0],
    ["", null],
    ["   :  ", null],
    ["CET", null],
  ])("reads the zone %j", (offset, minutes) => {
    expect(parseCaptureTime(NOON, "", offset)?.offsetMinutes).toBe(minutes);
  });

  test.each(["", "    :  :     :  :  ", "0000:00:00 00:00:00", "2019:13:01 00:00:00", "2019:03:21 24:00:00", "2019:03:21", "yesterday"])(
    "finds none in %j",
    (time) => {
      expect(parseCaptureTime(time)).toBeNull();
    },
  );

  test("finds none on a day its month does not have", () => {
    expect(parseCaptureTime("2019:02:31 12:00:00")).toBeNull();
  });

  test("reads photos from before 1970", () => {
    expect(parseCaptureTime("1912:04:10 12:00:00")?.wallSeconds).toBe(Date.parse("1912-04-10T12:00:00Z") / 1000);
  });

  test("comes back from the database as it was written", () => {
    const random = seededRandom(1);
    const whole = (below: number) => Math.floor(random() * below);
    for (let i = 0; i < 500; i++) {
      const time = {
        wallSeconds: whole(4e9) - 2e9,
        fraction: [null, "", "0", String(whole(1000))][whole(4)] ?? null,
        offsetMinutes: whole(3) === 0 ? null : whole(1680) - 840,
      };
      expect(readCaptureTime(formatCaptureTime(time))).toEqual(time);
    }
  });

  test.each(["", "12", "12.5", "x.-|-", "12.5|", " 12.5|0"])("refuses %j as a stored time", (text) => {
    expect(() => readCaptureTime(text)).toThrow(TypeError);
  });
});

describe("two photos of one camera are different exposures", () => {
  test.each([
    ["taken a second apart", frame(NOON), frame("2019:03:21 12:00:01")],
    ["of a burst within one second, told apart by sub-seconds alone", frame(NOON, "10"), frame(NOON, "35")],
    ["taken at the same local time of different zones", frame(NOON, "", "+01:00"), frame(NOON, "", "+09:00")],
    ["whose zone is known of one alone", frame(NOON, "", "+01:00"), frame("2019:03:21 12:00:01")],
  ])("when %s", (_, one, other) => {
    expect([areDifferentExposures(one, other), areDifferentExposures(other, one)]).toEqual([true, true]);
  });
});

describe("two photos stay possible copies", () => {
  test.each([
    ["when all is the same", frame(NOON, "348", "+01:00"), frame(NOON, "348", "+01:00")],
    ["when one lost its EXIF", frame(NOON, "348"), NO_EXIF],
    ["when both lost their EXIF", NO_EXIF, NO_EXIF],
    ["when one lost its sub-seconds", frame(NOON, "348"), frame(NOON)],
    ["when one lost its zone", frame(NOON, "", "+01:00"), frame(NOON)],
    ["when one lost its capture time alone", frame(NOON), frame("")],
    ["when one lost its camera", frame(NOON), { ...frame("2020:01:01 00:00:00"), camera: null }],
    ["when they name different cameras", frame(NOON), frame("2020:01:01 00:00:00", "", "", "Maker Model 2")],
    ["when one writes the same moment in another zone", frame(NOON, "5", "+01:00"), frame("2019:03:21 20:00:00", "5", "+09:00")],
    ["when sub-seconds differ in trailing zeros alone", frame(NOON, "5"), frame(NOON, "500")],
  ])("%s", (_, one, other) => {
    expect([areDifferentExposures(one, other), areDifferentExposures(other, one)]).toEqual([false, false]);
  });
});
