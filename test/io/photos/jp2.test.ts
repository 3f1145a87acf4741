/**
 * JPEG 2000, as OpenJPEG wrote it through another program.
 */
import { describe, expect, test } from "vitest";
import { decoding, fixture } from "../../decoding.ts";

const { decode, decoded } = decoding();
const JP2 = fixture("ramp.jp2");
const BARE = fixture("ramp.j2k");
/** Where the code of a picture says how deep and how dense its first component is. */
const FIRST_COMPONENT = 42;

function changed(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}

describe("a JPEG 2000", () => {
  test("is decoded, bare or in boxes, with its EXIF and what XMP says", async () => {
    const png = await decoded("ramp.png", fixture("ramp.png"));
    const boxed = await decoded("ramp.jp2", JP2);
    expect(boxed.pixels).toEqual(png.pixels);
    expect(boxed.facts).toMatchObject({
      format: "jp2",
      width: 24,
      height: 16,
      bits: 8,
      hasPlace: true,
      exposure: { camera: "Maker Model 1", takenAt: { fraction: "12" } },
    });
    expect((await decoded("under-another-name.jpg", BARE)).pixels).toEqual(png.pixels);
  });

  test.each([
    ["cut off in its code", JP2.subarray(0, JP2.indexOf("jp2c") + 150), "the file ends before the image does"],
    ["cut off in its boxes", JP2.subarray(0, 40), "its header cannot be read"],
    ["bare and cut off", BARE.subarray(0, -9), "the file ends before the image does"],
  ] as const)("that is %s is damaged", async (_, bytes, detail) => {
    expect(await decode("cut.jp2", bytes)).toMatchObject({ skipped: { reason: "damaged", detail } });
  });

  // What reads the decoder's samples would read beyond them.
  test.each([
    ["samples below zero", changed(BARE, FIRST_COMPONENT, 0x87)],
    ["fewer samples than pixels", changed(BARE, FIRST_COMPONENT + 1, 2)],
    ["no picture of its own", JP2.subarray(0, 32)],
  ] as const)("with %s is listed as not decoded", async (_, bytes) => {
    expect(await decode("unusual.jp2", bytes)).toMatchObject({ skipped: { reason: "unsupported-format" } });
  });

  test("that claims too much is refused before it is decoded", async () => {
    const claims = Buffer.from(BARE);
    claims.writeUInt32BE(0x7fff_ffff, 8);
    claims.writeUInt32BE(0x7fff_ffff, 12);
    expect(await decode("claims.j2k", claims)).toMatchObject({ skipped: { reason: "too-large" } });
  });
});
