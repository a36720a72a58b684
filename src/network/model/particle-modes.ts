import { FARADAY } from "../../fem/law/faraday.js";
import { ballMeasure } from "../../space/packing.js";
import { surfaceOf } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { type RadialMesh, type RadialMode, radialMode } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";

/** The mean over all directions and the difference of the sides, of all particles. */
export function particleModes(
  { radius, dimension }: CoveredPacking,
  mesh: RadialMesh,
  { share }: Pick<NetworkPoints, "share">,
  spec: { readonly maximumConcentration: number; readonly diffusivity: number },
): readonly [mean: RadialMode, difference: RadialMode] {
  const area = radius.map((r) => surfaceOf(dimension, r));
  const scales = {
    charge: radius.map((r, k) => FARADAY * spec.maximumConcentration * area[k] * r),
    diffusion: radius.map((r, k) => (FARADAY * spec.maximumConcentration * spec.diffusivity * area[k]) / r),
  };
  const around = radius.map((_, k) => (dimension - 1) / Math.max(4 * share[2 * k] * share[2 * k + 1], 0.04));
  return [
    radialMode(mesh, { ...scales, around: new Float64Array(radius.length) }, false),
    radialMode(mesh, { ...scales, around }, true),
  ];
}

/** [unknown of s] C: weights of the lithium; the difference mode carries none. */
export function lithiumContent(
  { radius, dimension }: CoveredPacking,
  mesh: RadialMesh,
  concentration: number,
  length: number,
): Float64Array {
  const out = new Float64Array(length);
  const n = radius.length;
  for (let j = 0; j < mesh.nodes; j++) {
    for (let k = 0; k < n; k++) {
      out[j * n + k] = FARADAY * concentration * surfaceOf(dimension, radius[k]) * radius[k] * mesh.content[j];
    }
  }
  return out;
}

/** [particle] of the volume of all. */
export function sharesOfVolume({ radius, dimension }: CoveredPacking): Float64Array {
  const volume = radius.map((r) => ballMeasure(dimension, r));
  const whole = volume.reduce((sum, v) => sum + v, 0);
  return volume.map((v) => v / whole);
}
