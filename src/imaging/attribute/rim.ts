import type { StoredSpecimen } from "../matter/specimen.js";
import { storedDistance } from "../morphology/distance.js";
import { type Strides, within } from "../steps/steps.js";
import { slabsOf, withHalo } from "../volume/slab.js";
import type { Scratch, VoxelStore } from "../volume/store.js";
import type { Shape } from "../volume/volume.js";

/**
 * A specimen without the rim of its particles: labels only where the nearest voxel outside every particle, or at the
 * border to another, is farther than the rim. Edges that were drawn by hand or are blurred then count for nothing.
 * @param rim µm
 */
export function* withoutRim(
  specimen: StoredSpecimen,
  rim: number,
  scratch: Scratch,
  slab: number,
): Strides<StoredSpecimen> {
  if (rim === 0) return specimen;
  const { labels, shape, voxelSize } = specimen;
  const [inside, distance] = [scratch.store("u8", shape), scratch.store("f32", shape)];
  yield* within(0, 0.2, awayFromBorders(labels, inside, slab));
  const microns = (squared: number) => Math.sqrt(squared) * voxelSize[2];
  yield* within(0.2, 0.8, storedDistance(inside, distance, voxelSize, slab, microns));
  const deep = scratch.store("i32", shape);
  for (const { from, count } of slabsOf(shape, slab)) {
    const depth = distance.slices(from, count);
    const own = labels.slices(from, count);
    deep.putSlices(
      from,
      own.map((label, i) => (depth[i] > rim * (1 + 1e-6) ? label : 0)),
    );
    yield 0.8 + (0.2 * (from + count)) / shape[0];
  }
  return { ...specimen, labels: deep };
}

/** 1 where a voxel is of a particle and shares no face with another. */
function* awayFromBorders(labels: VoxelStore<Int32Array>, inside: VoxelStore<Uint8Array>, slab: number): Strides {
  const { shape } = labels;
  const plane = shape[1] * shape[2];
  for (const core of slabsOf(shape, slab)) {
    const { from, count } = withHalo(core, shape, 1);
    const seen = labels.slices(from, count);
    const part: Shape = [count, shape[1], shape[2]];
    const first = (core.from - from) * plane;
    const mask = new Uint8Array(core.count * plane);
    for (let k = 0; k < mask.length; k++) {
      mask[k] = seen[first + k] === 0 || bordersAnother(seen, part, first + k) ? 0 : 1;
    }
    inside.putSlices(core.from, mask);
    yield (core.from + core.count) / shape[0];
  }
}

function bordersAnother(labels: Int32Array, [nz, ny, nx]: Shape, i: number): boolean {
  const own = labels[i];
  const another = (j: number) => labels[j] !== own && labels[j] !== 0;
  const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
  return (
    (x > 0 && another(i - 1)) ||
    (x < nx - 1 && another(i + 1)) ||
    (y > 0 && another(i - nx)) ||
    (y < ny - 1 && another(i + nx)) ||
    (z > 0 && another(i - nx * ny)) ||
    (z < nz - 1 && another(i + nx * ny))
  );
}
