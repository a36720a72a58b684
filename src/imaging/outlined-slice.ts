import { encode } from "fast-png";
import type { Volume } from "./volume/volume.js";

/** Colour of outlines, red, green, blue. */
const outline = [230, 110, 20] as const;

/** A slice of a picture in grey with the outlines of its particles, as PNG. @param labels `[z][y][x]` */
export function outlinedSlice({ data, shape: [, ny, nx] }: Volume, labels: Int32Array, z: number): Uint8Array {
  const from = z * ny * nx;
  let [low, high] = [Infinity, -Infinity];
  for (let i = from; i < from + ny * nx; i++) {
    low = Math.min(low, data[i]!);
    high = Math.max(high, data[i]!);
  }
  const pixels = new Uint8Array(3 * ny * nx);
  for (let y = 0, k = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++, k++) {
      const label = labels[from + k]!;
      const border = (x + 1 < nx && labels[from + k + 1] !== label) || (y + 1 < ny && labels[from + k + nx] !== label);
      const grey = high > low ? Math.round((255 * (data[from + k]! - low)) / (high - low)) : 128;
      for (let c = 0; c < 3; c++) pixels[3 * k + c] = border ? outline[c]! : grey;
    }
  }
  return encode({ width: nx, height: ny, data: pixels, channels: 3, depth: 8 });
}

/** Slices spread evenly over a picture, the first and last left out. */
export function chosenSlices(count: number, most = 9): number[] {
  if (count <= most) return Array.from({ length: count }, (_, z) => z);
  return Array.from({ length: most }, (_, k) => Math.round(((k + 1) * count) / (most + 1)));
}
