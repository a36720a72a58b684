import type { FreeBody } from "./free-particle.js";
import type { PixelMesh } from "./pixel-mesh.js";

/** Means over the pixels of square maps from a body on a mesh of finer pixels. */
export interface CoarseMeans {
  /** `[pixel]` area of the body in it. */
  readonly area: Float64Array;
  /** Of values `[cell][point]`, to `[pixel]`; NaN where less than half of the pixel is inside. */
  ofPoints(values: Float64Array): Float64Array;
  /** Of strain `[xx, yy, xy][fine pixel]`, to `[xx, yy, xy][pixel]`. */
  ofFine(strain: Float64Array): Float64Array;
}

/** @param pixels along each edge, each `fineness` fine pixels wide; the whole picture's edge is 1 */
export function coarseMeans(pixels: number, fineness: number, mesh: PixelMesh, body: FreeBody): CoarseMeans {
  const edge = pixels * fineness;
  const coarse = Int32Array.from(
    { length: edge * edge },
    (_, k) => Math.floor(Math.floor(k / edge) / fineness) * pixels + Math.floor((k % edge) / fineness),
  );
  const fineArea = new Float64Array(edge * edge);
  const fineOf = (k: number) => mesh.pixel[Math.floor(k / body.points)];
  for (const [k, area] of body.areas.entries()) fineArea[fineOf(k)] += area;
  const area = new Float64Array(pixels * pixels);
  for (const [k, each] of fineArea.entries()) area[coarse[k]] += each;
  const means = (sums: Float64Array) =>
    sums.map((sum, k) => (area[k] * pixels * pixels >= 0.5 ? sum / area[k] : Number.NaN));
  return {
    area,
    ofPoints: (values) => {
      const sums = new Float64Array(pixels * pixels);
      for (const [k, value] of values.entries()) sums[coarse[fineOf(k)]] += value * body.areas[k];
      return means(sums);
    },
    ofFine: (strain) => {
      const out = new Float64Array(3 * pixels * pixels);
      for (let c = 0; c < 3; c++) {
        const sums = new Float64Array(pixels * pixels);
        for (const [k, each] of fineArea.entries())
          if (each > 0) sums[coarse[k]] += each * strain[c * fineArea.length + k];
        out.set(means(sums), c * pixels * pixels);
      }
      return out;
    },
  };
}
