/**
 * CIELAB, as Photoshop stores it (D50), to sRGB.
 */

/** Of the whole way from black to white, in each of Photoshop's samples. */
const [MOST_L, MIDDLE] = [100 / 255, 128];
/** Of D50, as ICC profiles have it. */
const WHITE = [0.9642, 1, 0.8249] as const;
/** From XYZ under D50 to linear sRGB under D65 (Bradford). */
const TO_SRGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/**
 * @param planes lightness, then a and b around 128, in samples of one or two bytes, the high one first
 * @returns red, green and blue, a byte each
 */
export function labToRgb(planes: readonly Uint8Array[], sampleBytes: number): readonly Uint8Array[] {
  const [lightness, a, b] = planes as readonly [Uint8Array, Uint8Array, Uint8Array];
  const count = lightness.length / sampleBytes;
  const rgb = [0, 1, 2].map(() => new Uint8Array(count));
  for (let i = 0; i < count; i++) {
    const at = i * sampleBytes; // the low byte is less than what is told apart
    const y = ((lightness[at] as number) * MOST_L + 16) / 116;
    const xyz = [y + ((a[at] as number) - MIDDLE) / 500, y, y - ((b[at] as number) - MIDDLE) / 200].map(
      (value, axis) => (value > 6 / 29 ? value ** 3 : 3 * (6 / 29) ** 2 * (value - 4 / 29)) * (WHITE[axis] as number),
    ) as [number, number, number];
    for (const [channel, [x, yy, z]] of TO_SRGB.entries()) {
      const linear = Math.min(1, Math.max(0, x * xyz[0] + yy * xyz[1] + z * xyz[2]));
      (rgb[channel] as Uint8Array)[i] = Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
    }
  }
  return rgb;
}
