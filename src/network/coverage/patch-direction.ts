import besselj1 from "@stdlib/math-base-special-besselj1";
import { draws } from "../../draws/draws.js";
import { cos, pow, sin } from "../../elementary/elementary.js";
import { depthAxis, type Packing } from "../../space/packing.js";
import type { BinderCloud } from "./binder-cloud.js";

/** All patches towards the collector: unit vectors, [particle][3], from the particle's centre to the middle of its patch. */
export function facingCollector(packing: Packing): Float64Array {
  const directions = new Float64Array(packing.centre.length);
  for (let k = depthAxis(packing); k < directions.length; k += 3) directions[k] = -1;
  return directions;
}

/** Patches anywhere, each direction as likely: unit vectors, [particle][3]. */
export function randomDirections(packing: Packing, seed: number): Float64Array {
  const random = draws(seed, "patch directions");
  const directions = new Float64Array(packing.centre.length);
  for (let k = 0; k < directions.length; k += 3) {
    const angle = 2 * Math.PI * random.uniform();
    const height = packing.dimension === 3 ? 2 * random.uniform() - 1 : 0;
    const across = Math.sqrt(1 - height * height);
    directions.set([across * cos(angle), across * sin(angle), height], k);
  }
  return directions;
}

/**
 * Patches where the carbon/binder cloud about the particle is densest: the direction of ∫ **n** z dA over its surface, which
 * for a plane wave is −sin(k·c + φ) k̂ f(kR) with f = j_1 on spheres and J_1 on circles. Neighbours see one cloud, so that two
 * particles turn their patches to the cloud between them. Unit vectors, [particle][3].
 */
export function towardsCloud(packing: Packing, { wave, phase }: BinderCloud): Float64Array {
  const { centre, radius, dimension } = packing;
  const directions = new Float64Array(centre.length);
  const response = dimension === 3 ? sphericalBessel1 : besselj1;
  for (let i = 0; i < radius.length; i++) {
    const [x, y, z] = [centre[3 * i], centre[3 * i + 1], centre[3 * i + 2]];
    const sum = [0, 0, 0];
    for (let m = 0; m < phase.length; m++) {
      const [kx, ky, kz] = [wave[3 * m], wave[3 * m + 1], wave[3 * m + 2]];
      const k = Math.sqrt(kx * kx + ky * ky + kz * kz);
      if (k === 0) continue;
      const weight = (-sin(kx * x + ky * y + kz * z + phase[m]) * response(k * radius[i])) / k;
      sum[0] += weight * kx;
      sum[1] += weight * ky;
      sum[2] += weight * kz;
    }
    const length = Math.hypot(...sum);
    if (length > 0) directions.set([sum[0] / length, sum[1] / length, sum[2] / length], 3 * i);
    else directions[3 * i + depthAxis(packing)] = -1;
  }
  return directions;
}

/** j_1(x) = sin x/x² − cos x/x; its series where the difference would lose digits. */
function sphericalBessel1(x: number): number {
  if (Math.abs(x) < 0.02) return (x / 3) * (1 - (x * x) / 10 + pow(x, 4) / 280);
  return (sin(x) / x - cos(x)) / x;
}
