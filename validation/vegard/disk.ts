import { usualVegard, type VegardSettings } from "../../src/inference/vegard/infer.js";
import type { ParticleMaps } from "../../src/inference/vegard/particle-maps.js";
import { isotropicCrystal } from "../../src/inference/vegard/stiffness.js";

const nu = 0.3;

export const diskSettings: VegardSettings = {
  ...usualVegard,
  boundary: "free",
  state: "planeStress",
  axes: ["a", "c"],
  empty: isotropicCrystal(100, nu),
  full: isotropicCrystal(100, nu),
  compositionNoise: 0,
};

/**
 * A free disk with c = (r/R)² whose lattice swells by `slope` · c alike on all sides, in plane stress:
 * σ_r = E slope (1 − q)/4, σ_θ = E slope (1 − 3q)/4, q = (r/R)²; Timoshenko & Goodier, Theory of Elasticity, 3rd ed.
 * (1970), section 150. The mask is the share of each pixel inside.
 */
export function swollenDisk(diameter: number, slope: number): ParticleMaps {
  const pixels = diameter + 6;
  const [x0, y0, radius] = [pixels / 2 + 0.13, pixels / 2 - 0.21, diameter / 2];
  const count = pixels * pixels;
  const [composition, strain] = [new Float64Array(count), new Float64Array(3 * count)];
  const mask = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const [x, y] = [(k % pixels) + 0.5 - x0, Math.floor(k / pixels) + 0.5 - y0];
    mask[k] = shareInside(x, y, radius);
    const q = (x * x + y * y) / radius ** 2;
    composition[k] = q;
    const [radial, hoop] = [(1 - q) / 4, (1 - 3 * q) / 4];
    const [er, et] = [radial - nu * hoop + q, hoop - nu * radial + q];
    const [c, s] = [x / Math.hypot(x, y), y / Math.hypot(x, y)];
    strain[k] = slope * (er * c * c + et * s * s);
    strain[count + k] = slope * (er * s * s + et * c * c);
    strain[2 * count + k] = slope * (er - et) * c * s;
  }
  const known = (values: Float64Array) => values.map((value, k) => (mask[k % count] >= 0.5 ? value : Number.NaN));
  const grid = { width: pixels, height: pixels, pixel: [1, 1] } as const;
  return { name: "disk", grid, composition: known(composition), strain: known(strain), mask, angle: 0 };
}

/** Share of a pixel in a disk, on 16 × 16 points. */
function shareInside(x: number, y: number, radius: number): number {
  let inside = 0;
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 16; j++) if (Math.hypot(x - 0.5 + (i + 0.5) / 16, y - 0.5 + (j + 0.5) / 16) < radius) inside++;
  return inside / 256;
}
