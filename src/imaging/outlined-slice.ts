import { encode } from "fast-png";
import type { Shape, Volume } from "./volume/volume.js";

/** Colour of outlines, red, green, blue. */
const outline = [230, 110, 20] as const;

/** Pixels along the longer side of a drawn slice, and of all slices together, at most. */
const longest = 600;
const mostPixels = 6_000_000;

/** Voxels from one pixel to the next when a slice is drawn. */
function stepOf([, ny, nx]: Shape): number {
  return Math.ceil(Math.max(nx, ny) / longest);
}

/** A slice of a picture in grey with the outlines of its particles, as PNG. @param labels `[z][y][x]` */
export function outlinedSlice({ data, shape }: Volume, labels: ArrayLike<number>, z: number): Uint8Array {
  const [, ny, nx] = shape;
  const step = stepOf(shape);
  const [width, height] = [Math.ceil(nx / step), Math.ceil(ny / step)];
  const at = (x: number, y: number) => (z * ny + y * step) * nx + x * step;
  const [low, high] = greyRange(data, at, width, height);
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k++) {
      const label = labels[at(x, y)];
      const border =
        (x + 1 < width && labels[at(x + 1, y)] !== label) || (y + 1 < height && labels[at(x, y + 1)] !== label);
      const share = high > low ? (data[at(x, y)] - low) / (high - low) : 0.5;
      const grey = Math.round(255 * Math.min(1, Math.max(0, share)));
      for (let c = 0; c < 3; c++) pixels[3 * k + c] = border ? outline[c] : grey;
    }
  }
  return encode({ width, height, data: pixels, channels: 3, depth: 8 });
}

/** Grey levels that 99 % of the pixels lie between. */
function greyRange(
  data: ArrayLike<number>,
  at: (x: number, y: number) => number,
  width: number,
  height: number,
): [number, number] {
  const levels = Float32Array.from({ length: width * height }, (_, k) => data[at(k % width, Math.floor(k / width))]);
  levels.sort();
  return [levels[Math.floor(0.005 * levels.length)], levels[Math.floor(0.995 * (levels.length - 1))]];
}

/** Slices spread evenly over a picture: all when there are few, else as many as a page can carry. */
export function chosenSlices(shape: Shape): number[] {
  const [nz, ny, nx] = shape;
  const most = Math.max(9, Math.min(40, Math.floor((mostPixels * stepOf(shape) ** 2) / (nx * ny))));
  if (nz <= most) return Array.from({ length: nz }, (_, z) => z);
  return Array.from({ length: most }, (_, k) => Math.floor(((k + 0.5) * nz) / most));
}
