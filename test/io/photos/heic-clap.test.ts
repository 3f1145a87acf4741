/**
 * A HEIC of which a part is the photo: its clean aperture ("clap", ISO/IEC 14496-12, 12.1.4) is what is compared, and its size is what is told.
 */
import sharp from "sharp";
import { expect, test } from "vitest";
import { decoding, fixture } from "../../decoding.ts";

const { decoded, decode } = decoding();
const [WIDTH, HEIGHT] = [96, 64];

/** The flower of the fixtures with a clean aperture around its middle. @param offset of the aperture's middle from the picture's, in halves of a pixel */
function withAperture(width: number, height: number, offset = { x: 0, y: 0 }): Buffer {
  const file = fixture("flower.heic");
  const at = (type: string) => file.indexOf(type, 0, "latin1") - 4;
  const clap = Buffer.alloc(40);
  clap.writeUInt32BE(clap.length, 0);
  clap.write("clap", 4, "latin1");
  for (const [i, value] of [width, 1, height, 1].entries()) clap.writeUInt32BE(value, 8 + 4 * i);
  for (const [i, value] of [offset.x, 2, offset.y, 2].entries()) clap.writeInt32BE(value, 24 + 4 * i);
  // It becomes the fourth property of the container, and of the first item.
  const [ipco, ipma] = [at("ipco"), at("ipma")];
  const links = Buffer.from(file.subarray(ipma, ipma + file.readUInt32BE(ipma)));
  const count = links.indexOf(Buffer.from([0, 1, 3])) + 2;
  links[count] = 4;
  const linked = Buffer.concat([links.subarray(0, count + 4), Buffer.from([0x84]), links.subarray(count + 4)]);
  const end = ipco + file.readUInt32BE(ipco);
  const head = Buffer.from(file.subarray(0, end));
  const grow = (bytes: Buffer, place: number, by: number) => bytes.writeUInt32BE(bytes.readUInt32BE(place) + by, place);
  const added = clap.length + 1;
  grow(head, at("meta"), added);
  grow(head, at("iprp"), added);
  grow(head, ipco, clap.length);
  grow(linked, 0, 1);
  // Where the two items lie, counted from the beginning of the file.
  for (const place of [20, 38]) grow(head, at("iloc") + place, added);
  return Buffer.concat([head, clap, linked, file.subarray(ipma + links.length)]);
}

test("is compared by its aperture", async () => {
  const whole = await decoded("whole.heic", withAperture(WIDTH, HEIGHT));
  expect(whole.facts).toMatchObject({ width: WIDTH, height: HEIGHT });
  expect(whole.pixels).toEqual((await decoded("flower.heic", fixture("flower.heic"))).pixels);
  const { facts, pixels } = await decoded("part.heic", withAperture(48, 32));
  expect(facts).toMatchObject({ width: 48, height: 32 });
  expect(facts.pixelsHash).not.toBe(whole.facts.pixelsHash);
  // The middle of the picture, as it is seen whole.
  const middle = await sharp(whole.pixels.data, { raw: { width: 64, height: 64, channels: 3 } })
    .extract({ left: 16, top: 16, width: 32, height: 32 })
    .resize(64, 64, { kernel: "cubic" })
    .raw()
    .toBuffer();
  const difference = middle.reduce((sum, value, i) => sum + Math.abs(value - (pixels.data[i] as number)), 0) / middle.length;
  expect(difference).toBeLessThan(12);
  const others = whole.pixels.data.reduce((sum, value, i) => sum + Math.abs(value - (pixels.data[i] as number)), 0) / middle.length;
  expect(others).toBeGreaterThan(2 * difference);
});

test("whose aperture lies outside of it is listed or compared whole, and never by what is not its own", async () => {
  for (const file of [withAperture(48, 32, { x: 4000, y: 0 }), withAperture(0, 32), withAperture(1_000_000, 1_000_000)]) {
    const outcome = await decode("odd.heic", file);
    const seen = outcome.ok ? { width: outcome.value.facts.width, height: outcome.value.facts.height } : outcome.skipped.reason;
    expect([{ width: WIDTH, height: HEIGHT }, "damaged", "unsupported-format", "too-large"]).toContainEqual(seen);
  }
});
