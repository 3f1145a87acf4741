import { describe, expect, test } from "vitest";
import { type Canary, type CanaryTrace, compareTraces, samplePixels } from "../../../src/core/drift/canary.ts";
import { drawCanaries, drawEncoderInput } from "../../../src/core/drift/canary-pictures.ts";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { measureDetail } from "../../../src/core/photos/detail.ts";
import { seededRandom } from "../../seeded-random.ts";

const SAMPLE = Uint8Array.from({ length: 300 }, (_, i) => i % 250);
const VECTOR = toUnitLength([1, 2, 3, 4]);

function canary(trace: Partial<CanaryTrace> = {}): Canary {
  return { name: "scene", format: "jpeg", bytes: new Uint8Array(), trace: { pixelsHash: "a", sample: SAMPLE, vector: VECTOR, ...trace } };
}

describe("the drawings", () => {
  test("are the same whenever they are drawn", () => {
    const [once, again] = [drawCanaries(), drawCanaries()];
    for (const [i, { pixels }] of once.entries()) expect(Buffer.compare(pixels.data, again[i]?.pixels.data ?? new Uint8Array())).toBe(0);
  });

  test("are whole pictures of different sizes, each with something to see", () => {
    for (const { name, pixels } of [...drawCanaries(), { name: "input", pixels: drawEncoderInput(160) }]) {
      expect(pixels.data.length, name).toBe(pixels.width * pixels.height * 3);
      expect(new Set(pixels.data).size, name).toBeGreaterThan(3);
    }
    expect(new Set(drawCanaries().map(({ pixels }) => `${pixels.width} × ${pixels.height}`)).size).toBe(drawCanaries().length);
    expect(measureDetail(drawEncoderInput(160))).toBeGreaterThan(0.045);
  });

  test("of an encoder's input show the same picture at every size", () => {
    const [small, large] = [drawEncoderInput(160), drawEncoderInput(320)];
    const isSame = (x: number, y: number) =>
      [0, 1, 2].every((channel) => small.data[(y * 160 + x) * 3 + channel] === large.data[(2 * y * 320 + 2 * x) * 3 + channel]);
    const places = Array.from({ length: 160 * 160 }, (_, at) => [at % 160, Math.floor(at / 160)] as const);
    expect(places.filter(([x, y]) => !isSame(x, y))).toEqual([]);
  });
});

describe("a sample of pixels", () => {
  test("holds whole pixels from all over the picture, and never more than 2,048", () => {
    const random = seededRandom(5);
    for (let i = 0; i < 50; i++) {
      const [width, height] = [1 + Math.floor(random() * 400), 1 + Math.floor(random() * 400)];
      const data = new Uint8Array(width * height * 3);
      for (let at = 0; at < width * height; at++) data.set([at & 255, (at >> 8) & 255, (at >> 16) & 255], at * 3);
      const bytes = Buffer.from(samplePixels({ data, width, height }));
      const places = Array.from({ length: bytes.length / 3 }, (_, at) => bytes.readUIntLE(at * 3, 3));
      expect(places.length).toBeLessThanOrEqual(2048);
      expect(places.length).toBeGreaterThan(Math.min(1023, width * height - 1));
      const step = (places[1] ?? 1) - (places[0] as number);
      expect(places).toEqual(places.map((_, at) => at * step));
      expect(width * height - (places.at(-1) as number)).toBeLessThanOrEqual(step);
    }
  });
});

describe("comparing what a canary comes to", () => {
  test("finds nothing where pixels and vector are the same", () => {
    expect(compareTraces(canary(), canary().trace)).toEqual({
      name: "scene",
      format: "jpeg",
      pixels: null,
      vector: null,
      isDecodable: true,
    });
  });

  test("tells how many values of the pixels differ and by how much", () => {
    const sample = Uint8Array.from(SAMPLE, (value, i) => (i < 3 ? value + 4 : value));
    const { pixels, vector } = compareTraces(canary(), { pixelsHash: "b", sample, vector: VECTOR });
    expect(pixels).toEqual({ shareChanged: 0.01, largest: 4, mean: 0.04 });
    expect(vector).toBeNull();
  });

  test("tells other pixels by their hash though the sample misses them", () => {
    expect(compareTraces(canary(), { ...canary().trace, pixelsHash: "b" }).pixels).toEqual({ shareChanged: 0, largest: 0, mean: 0 });
  });

  test("tells a single bit of the vector", () => {
    const vector = Float32Array.from(VECTOR);
    new DataView(vector.buffer).setUint8(8, new DataView(vector.buffer).getUint8(8) ^ 1); // the third component's lowest bit
    const change = compareTraces(canary(), { ...canary().trace, vector }).vector;
    expect(change?.largest).toBeGreaterThan(0);
    expect(change?.largest).toBeLessThan(1e-7);
    expect(change?.cosine).toBeGreaterThan(1 - 1e-7);
  });

  test("tells a file that can no longer be decoded", () => {
    expect(compareTraces(canary(), null)).toMatchObject({ isDecodable: false, pixels: null, vector: null });
  });
});
