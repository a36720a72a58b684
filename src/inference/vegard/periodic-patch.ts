/**
 * Equilibrium of a periodic patch of one stiffness, by Fourier transforms.
 *
 *   strong form   ∇·C(ε − ε*) = 0, mean stress zero
 *   each wave     ε̂ = sym(n ⊗ K⁻¹ C ε̂* n),  K_ik = C_ijkl n_j n_l,  n = k/|k|
 *   mean          ε̄ = ε̄*
 *
 * Source: Mura, Micromechanics of Defects in Solids, 2nd ed. (1987), section 3.
 */
import { pictureFourier } from "./fourier.js";
import type { Grid, Mechanics } from "./mechanics.js";
import type { PlaneStiffness, PlaneTensor } from "./stiffness.js";

/** Waves that the pixels tell from their mirror images; at half a wave a pixel the mirrored ones are averaged. */
export function periodicPatch(grid: Grid, stiffness: PlaneStiffness): Mechanics {
  const { width, height } = grid;
  const pixels = width * height;
  const transform = pictureFourier(height, width);
  const spectrum = new Float64Array(2 * pixels);
  const work = new Float64Array(2 * pixels);
  return {
    grid,
    body: new Uint8Array(pixels).fill(1),
    respond(tensor, field, strain) {
      spectrum.fill(0);
      for (let k = 0; k < pixels; k++) spectrum[2 * k] = field[k];
      transform(spectrum, false);
      const gain = gains(grid, stiffness, tensor);
      for (let component = 0; component < 3; component++) {
        for (let k = 0; k < pixels; k++) {
          const g = gain[component * pixels + k];
          work[2 * k] = g * spectrum[2 * k];
          work[2 * k + 1] = g * spectrum[2 * k + 1];
        }
        transform(work, true);
        for (let k = 0; k < pixels; k++) strain[component * pixels + k] = work[2 * k];
      }
    },
  };
}

/** `[xx, yy, xy][wave]`: the strain of each wave to an eigenstrain of amplitude one. */
function gains({ width, height, pixel }: Grid, stiffness: PlaneStiffness, tensor: PlaneTensor): Float64Array {
  const pixels = width * height;
  const gain = new Float64Array(3 * pixels);
  const one = new Float64Array(3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const k = row * width + column;
      const across = frequencies(column, width).map((f) => f / (width * pixel[1]));
      const down = frequencies(row, height).map((f) => f / (height * pixel[0]));
      const share = 1 / (across.length * down.length);
      for (const kx of across)
        for (const ky of down) {
          waveStrain(stiffness, tensor, kx, ky, one);
          for (let c = 0; c < 3; c++) gain[c * pixels + k] += share * one[c];
        }
    }
  }
  return gain;
}

/** Waves in the patch that a number of the transform stands for: two at half a wave a pixel. */
function frequencies(k: number, count: number): readonly number[] {
  if (2 * k === count) return [k, -k];
  return [2 * k < count ? k : k - count];
}

/** Strain amplitude of a plane wave; that of a constant is the eigenstrain itself. */
export function waveStrain(
  [c11, c12, c16, c22, c26, c66]: PlaneStiffness,
  tensor: PlaneTensor,
  kx: number,
  ky: number,
  strain: Float64Array,
): void {
  const length = Math.hypot(kx, ky);
  if (length === 0) {
    strain.set(tensor);
    return;
  }
  const [x, y] = [kx / length, ky / length];
  const [exx, eyy, exy] = tensor;
  const sxx = c11 * exx + c12 * eyy + 2 * c16 * exy;
  const syy = c12 * exx + c22 * eyy + 2 * c26 * exy;
  const sxy = c16 * exx + c26 * eyy + 2 * c66 * exy;
  const [fx, fy] = [sxx * x + sxy * y, sxy * x + syy * y];
  const kxx = c11 * x * x + 2 * c16 * x * y + c66 * y * y;
  const kyy = c66 * x * x + 2 * c26 * x * y + c22 * y * y;
  const kxy = c16 * x * x + (c12 + c66) * x * y + c26 * y * y;
  const determinant = kxx * kyy - kxy * kxy;
  const [ux, uy] = [(kyy * fx - kxy * fy) / determinant, (kxx * fy - kxy * fx) / determinant];
  strain[0] = ux * x;
  strain[1] = uy * y;
  strain[2] = (ux * y + uy * x) / 2;
}
