import { encode } from "fast-png";
import { scheme } from "vega";
import type { Extent } from "./snapshot.js";
import type { Triangles } from "./triangles.js";

/** Values on a grid of pixels, rows from the top; NaN where nothing was drawn. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `[row][column]` */
  readonly value: Float32Array;
}

/** A raster that covers `extent`, `width` pixels wide. */
export function emptyRaster(extent: Extent, width: number): Raster {
  const height = Math.max(1, Math.round((width * extent.height) / extent.width));
  return { width, height, value: new Float32Array(width * height).fill(Number.NaN) };
}

/** Draws triangles over what is there, values linear between their corners. */
export function drawTriangles(raster: Raster, extent: Extent, { xy, value }: Triangles): void {
  const [sx, sy] = [raster.width / extent.width, raster.height / extent.height];
  const corner = new Float64Array(6);
  for (let t = 0; t < value.length / 3; t++) {
    for (let c = 0; c < 3; c++) {
      corner[2 * c] = (xy[6 * t + 2 * c] - extent.left) * sx;
      corner[2 * c + 1] = (extent.height - (xy[6 * t + 2 * c + 1] - extent.bottom)) * sy;
    }
    fillTriangle(raster, corner, value, 3 * t);
  }
}

/** Colour numbers of nothing and of shapes in the background; values take those from `firstColour` on. */
export const [nothing, backdrop, firstColour] = [0, 1, 2];

/** Turns values into colour numbers over a domain. */
export function quantise(raster: Raster, [low, high]: readonly [number, number]): Uint8Array {
  const steps = 255 - firstColour;
  const scale = high > low ? steps / (high - low) : 0;
  const colours = new Uint8Array(raster.value.length);
  for (let k = 0; k < colours.length; k++) {
    const value = raster.value[k];
    colours[k] = Number.isNaN(value)
      ? nothing
      : firstColour + Math.min(steps, Math.max(0, Math.round((value - low) * scale)));
  }
  return colours;
}

type Rgba = [number, number, number, number];

/**
 * 256 colours: nothing, a faint backdrop, then a continuous Vega scheme from its start to its end.
 * Those that are not opaque must come first: the encoder writes transparency for the leading ones only.
 */
export function schemePalette(name: string): Rgba[] {
  const at = scheme(name) as unknown as (share: number) => string;
  const count = 256 - firstColour;
  const colours = Array.from({ length: count }, (_, k): Rgba => [...parseRgb(at(k / (count - 1))), 255]);
  return [[0, 0, 0, 0], [128, 136, 146, 50], ...colours];
}

/** A PNG as a data URI, from colour numbers and their palette. */
export function pngUri(index: Uint8Array, width: number, height: number, palette: Rgba[]): string {
  const png = encode({ width, height, data: index, depth: 8, channels: 1, palette } as never);
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

function parseRgb(colour: string): [number, number, number] {
  const parts = /^#/.test(colour)
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/\d+/g) ?? []).map(Number);
  return [parts[0], parts[1], parts[2]];
}

function fillTriangle(raster: Raster, p: Float64Array, value: Float64Array, at: number): void {
  const [ax, ay, bx, by, cx, cy] = [p[0], p[1], p[2], p[3], p[4], p[5]];
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  if (area === 0) return;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(raster.width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(raster.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const [x, y] = [column + 0.5, row + 0.5];
      const wb = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area;
      const wc = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area;
      if (wb < -1e-9 || wc < -1e-9 || wb + wc > 1 + 1e-9) continue;
      raster.value[row * raster.width + column] =
        value[at] + wb * (value[at + 1] - value[at]) + wc * (value[at + 2] - value[at]);
    }
}
