import type { Shape, VoxelSize } from "../volume/volume.js";
import { type Filter, levelsOf, steps } from "./filter.js";
import { noiseDeviation } from "./noise.js";

/** A difference of neighbours above so many deviations of the noise counts as an edge. */
const edgeContrast = 2.5;

/**
 * Edge-stopping diffusion (Perona and Malik, IEEE Trans. Pattern Anal. Mach. Intell. 12, 629, 1990):
 * ∂u/∂t = ∇·(exp(−|∇u|²/κ²) ∇u) with κ 2.5 deviations of the noise, in explicit steps as long as is stable, fluxes between
 * voxels that share a face, none through the faces of the picture. Each step reaches one voxel farther.
 * @param count steps
 */
export function diffusion(count = 4): Filter {
  return {
    name: `diffusion=${count}`,
    fitted: ({ data, shape, voxelSize }) => {
      const contrast = edgeContrast * noiseDeviation(data, shape[2]);
      return {
        reach: steps(count, shape),
        apply: (part, partShape) => {
          let levels: Float32Array = levelsOf(part);
          if (contrast === 0) return levels;
          let next: Float32Array = new Float32Array(levels.length);
          for (let k = 0; k < count; k++) {
            diffuse(levels, next, partShape, rates(shape, voxelSize), contrast);
            [levels, next] = [next, levels];
          }
          return levels;
        },
      };
    },
  };
}

/** Share of a difference that flows in one step along z, y, x: together at most one half. */
function rates(shape: Shape, voxelSize: VoxelSize): [number, number, number] {
  const pull = voxelSize.map((edge, axis) => (shape[axis] === 1 ? 0 : edge ** -2));
  const total = 2 * pull.reduce((sum, one) => sum + one, 0);
  return pull.map((one) => one / total) as [number, number, number];
}

/** One step from `from` to `to`. */
function diffuse(
  from: Float32Array,
  to: Float32Array,
  [nz, ny, nx]: Shape,
  [rz, ry, rx]: readonly [number, number, number],
  contrast: number,
): void {
  const up = ny * nx;
  const scale = -1 / contrast ** 2;
  const flow = (difference: number) => difference * Math.exp(scale * difference * difference);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const own = from[i];
        let [alongX, alongY, alongZ] = [0, 0, 0];
        if (x > 0) alongX += flow(from[i - 1] - own);
        if (x < nx - 1) alongX += flow(from[i + 1] - own);
        if (y > 0) alongY += flow(from[i - nx] - own);
        if (y < ny - 1) alongY += flow(from[i + nx] - own);
        if (z > 0) alongZ += flow(from[i - up] - own);
        if (z < nz - 1) alongZ += flow(from[i + up] - own);
        to[i] = own + rx * alongX + ry * alongY + rz * alongZ;
      }
    }
  }
}
