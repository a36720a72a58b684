import type { Grid } from "./mechanics.js";

/** Aligned pictures of one particle. Unknown values are NaN. */
export interface ParticleMaps {
  readonly name: string;
  readonly grid: Grid;
  /** `[pixel]` share of lithium; 0 and 1 are the phases between which the law runs. */
  readonly composition: Float64Array;
  /** `[xx, yy, xy][pixel]` measured strain, the shear as a tensor's component; x runs right, y down. */
  readonly strain: Float64Array;
  /** `[pixel]` share that is inside the particle; half and more counts as inside. */
  readonly mask: Float64Array;
  /** rad from x towards y, to the first crystal axis of the plane. */
  readonly angle: number;
}

/**
 * The picture with every unknown pixel filled from its nearest known neighbours, ring by ring.
 * @throws RangeError when nothing is known.
 */
export function filled({ width, height }: Grid, values: Float64Array, known: (pixel: number) => boolean): Float64Array {
  const out = values.slice();
  const done = Uint8Array.from(values, (_, k) => (known(k) ? 1 : 0));
  let ring = [...done.keys()].filter((k) => done[k] === 1);
  if (ring.length === 0) throw new RangeError("Filling a composition map: found no known pixel inside the mask.");
  while (ring.length > 0) {
    const sums = new Map<number, [number, number]>();
    for (const pixel of ring)
      for (const next of neighbours(pixel, width, height)) {
        if (done[next]) continue;
        const [sum, count] = sums.get(next) ?? [0, 0];
        sums.set(next, [sum + out[pixel], count + 1]);
      }
    ring = [...sums.keys()];
    for (const [pixel, [sum, count]] of sums) {
      out[pixel] = sum / count;
      done[pixel] = 1;
    }
  }
  return out;
}

/** Pixels of a mask that have `margin` more of it on all four sides, step by step. */
export function eroded({ width, height }: Grid, mask: Uint8Array, margin: number): Uint8Array {
  let inside = mask.slice();
  for (let step = 0; step < margin; step++) {
    const before = inside;
    inside = before.map((has, k) => {
      const around = neighbours(k, width, height);
      return has && around.length === 4 && around.every((next) => before[next]) ? 1 : 0;
    });
  }
  return inside;
}

function neighbours(pixel: number, width: number, height: number): number[] {
  const [row, column] = [Math.floor(pixel / width), pixel % width];
  const found: number[] = [];
  if (column > 0) found.push(pixel - 1);
  if (column < width - 1) found.push(pixel + 1);
  if (row > 0) found.push(pixel - width);
  if (row < height - 1) found.push(pixel + width);
  return found;
}
