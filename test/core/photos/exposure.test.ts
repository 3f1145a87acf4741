import { describe, expect, test } from "vitest";
import { isOneCamera } from "../../../src/core/photos/camera.ts";
import {
  areDifferentExposures,
  type CaptureTime,
  type Exposure,
  formatCaptureTime,
  parseCaptureTime,
  readCaptureTime,
} from "../../../src/core/photos/exposure.ts";
import { type PixelsHash, pixelsHash } from "../../../src/core/units.ts";
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

  test("takes a time of XMP, which has it all in one", () => {
    const noon = Date.parse("2019-03-21T12:00:00Z") / 1000;
    expect(parseCaptureTime("2019-03-21T12:00:00.35+09:00")).toEqual({ wallSeconds: noon, fraction: "35", offsetMinutes: 540 });
    expect(parseCaptureTime("2019-03-21T12:00:00Z")).toEqual({ wallSeconds: noon, fraction: null, offsetMinutes: 0 });
    expect(parseCaptureTime("2019-03-21T12:00+09:00"), "to the minute: no time of a frame").toBeNull();
  });

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

/** Neither order of the two may change the answer. */
function areApart(one: Exposure, other: Exposure, hashes: readonly [PixelsHash | null, PixelsHash | null] = [null, null]): boolean {
  const [a, b] = [
    { exposure: one, pixelsHash: hashes[0] },
    { exposure: other, pixelsHash: hashes[1] },
  ];
  expect(areDifferentExposures(b, a)).toBe(areDifferentExposures(a, b));
  return areDifferentExposures(a, b);
}

const unnamed = (time: string): Exposure => ({ ...frame(time), camera: null });
const numbered = (number: number | null, id: string | null = null): Exposure => ({ ...frame(NOON), frame: { number, id } });
const saved = (time: string, program: string | null, camera: string | null = "Maker Model 1"): Exposure => ({
  ...NO_EXIF,
  camera,
  saved: { at: parseCaptureTime(time) as CaptureTime, program },
});
const PIXELS = pixelsHash("ab".repeat(32));
const LATER = "2019:03:21 12:00:01";

describe("two photos are different exposures", () => {
  test.each([
    ["taken a second apart", frame(NOON), frame(LATER)],
    ["of a burst within one second, told apart by sub-seconds alone", frame(NOON, "10"), frame(NOON, "35")],
    ["taken at the same local time of different zones", frame(NOON, "", "+01:00"), frame(NOON, "", "+09:00")],
    ["whose zone is known of one alone", frame(NOON, "", "+01:00"), frame(LATER)],
    ["of no named camera that were taken at different times", unnamed(NOON), unnamed(LATER)],
    [
      "of one camera whose maker is written in two ways",
      frame(NOON, "", "", "NIKON CORPORATION NIKON D90"),
      frame(LATER, "", "", "Nikon D90"),
    ],
    ["of one time with different frame numbers", numbered(100), numbered(101)],
    ["of one time with different image ids", numbered(null, "a"), numbered(null, "b")],
    ["of a camera that wrote no time and counted", { ...numbered(1), takenAt: null }, { ...numbered(2), takenAt: null }],
    ["that a camera saved at different times and dated in no other way", saved(NOON, "Firmware 1"), saved(LATER, "Firmware 1")],
    ["that nothing but different times of saving is known of", saved(NOON, null, null), saved(LATER, null, null)],
    ["with different pixels known", frame(NOON), frame(LATER), [PIXELS, pixelsHash("cd".repeat(32))]],
  ] as const)("%s", (_, one, other, hashes?: readonly [PixelsHash, PixelsHash]) => {
    expect(areApart(one, other, hashes)).toBe(true);
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
    ["when one names no camera, as a screenshot of the other does", frame(NOON), unnamed("2020:01:01 00:00:00")],
    ["when they name different cameras", frame(NOON), frame("2020:01:01 00:00:00", "", "", "Maker Model 2")],
    ["when one writes the same moment in another zone", frame(NOON, "5", "+01:00"), frame("2019:03:21 20:00:00", "5", "+09:00")],
    ["when sub-seconds differ in trailing zeros alone", frame(NOON, "5"), frame(NOON, "500")],
    ["when one lost its frame number", numbered(100), numbered(null)],
    ["when one is an export that lost its capture time and says when it was made", frame(NOON), saved(LATER, "Editor 2")],
    ["when another program saved one of them later", saved(NOON, "Firmware 1"), saved(LATER, "Editor 2")],
    ["when one program exported both without their camera", saved(NOON, "Editor 2", null), saved(LATER, "Editor 2", null)],
  ])("%s", (_, one, other) => {
    expect(areApart(one, other)).toBe(false);
  });

  test.each([
    ["written as UTC without a zone", frame("2019:03:21 12:00:00", "", "+02:00"), frame("2019:03:21 10:00:00")],
    ["with a corrected clock", frame("2000:01:01 00:00:00"), frame(NOON)],
    ["numbered anew", numbered(1), numbered(2)],
  ])("when their pixels are equal, whatever the clock says: %s", (_, one, other) => {
    expect(areApart(one, other)).toBe(true);
    expect(areApart(one, other, [PIXELS, PIXELS])).toBe(false);
  });
});

describe("a camera", () => {
  test.each([
    ["NIKON CORPORATION NIKON D90", "Nikon D90"],
    ["NIKON CORPORATION NIKON D90", "NIKON NIKON D90"],
    ["OLYMPUS IMAGING CORP. E-M5", "OLYMPUS CORPORATION E-M5"],
    ["Canon Canon EOS R5", "Canon EOS R5"],
    ["EASTMAN KODAK COMPANY DX4530", "Eastman Kodak Co. DX4530"],
    ["Canon", "Canon EOS R5"],
  ])("is one as %j and as %j", (one, other) => {
    expect([isOneCamera(one, other), isOneCamera(other, one)]).toEqual([true, true]);
  });

  test.each([
    ["NIKON CORPORATION NIKON D90", "NIKON CORPORATION NIKON D80"],
    ["Apple iPhone 12", "samsung SM-G991B"],
    ["Camera", "Canon EOS R5"],
  ])("is another: %j and %j", (one, other) => {
    expect([isOneCamera(one, other), isOneCamera(other, one)]).toEqual([false, false]);
  });
});
