import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { nearestImage, type Packing, periods } from "../../space/packing.js";
import type { Nearest } from "./nearest.js";

/**
 * How far directions agree, whatever their sign: largest eigenvalue λ of the mean of n nᵀ as S = (d λ − 1)/(d − 1), 0 for all
 * directions alike and 1 for one direction (de Gennes & Prost, The Physics of Liquid Crystals, 1993, 2.1).
 * @param directions unit vectors, [direction][3]; the third is 0 in 2-D.
 */
export function nematicOrder(dimension: 2 | 3, directions: ArrayLike<number>): number {
  const count = directions.length / 3;
  if (count === 0) return Number.NaN;
  const mean = Matrix.zeros(dimension, dimension);
  for (let k = 0; k < directions.length; k += 3)
    for (let a = 0; a < dimension; a++)
      for (let b = 0; b < dimension; b++)
        mean.set(a, b, mean.get(a, b) + (directions[k + a] * directions[k + b]) / count);
  const { realEigenvalues } = new EigenvalueDecomposition(mean, { assumeSymmetric: true });
  return (dimension * Math.max(...realEigenvalues) - 1) / (dimension - 1);
}

/**
 * Order of the axes of every particle's nearest neighbours, [particle]: "OrienIso" of Li et al. (2022) in a form that does not
 * depend on the frame.
 * @param axis unit vectors, [particle][3]
 */
export function orientationOrder(dimension: 2 | 3, axis: Float64Array, { each, neighbour }: Nearest): Float64Array {
  const directions = new Float64Array(3 * each);
  return Float64Array.from({ length: axis.length / 3 }, (_, i) => {
    for (let k = 0; k < each; k++) {
      const j = neighbour[i * each + k];
      directions.set(axis.subarray(3 * j, 3 * j + 3), 3 * k);
    }
    return nematicOrder(dimension, directions);
  });
}

/** Order of the directions in which every particle's nearest neighbours lie, [particle]; 1 in a straight chain. */
export function bondOrder(packing: Packing, { each, neighbour, distance }: Nearest): Float64Array {
  const { centre, dimension } = packing;
  const period = periods(packing);
  const directions = new Float64Array(3 * each);
  return packing.radius.map((_, i) => {
    for (let k = 0; k < each; k++) {
      const j = neighbour[i * each + k];
      for (let a = 0; a < 3; a++) {
        const way = nearestImage(centre[3 * j + a] - centre[3 * i + a], period[a]);
        directions[3 * k + a] = way / distance[i * each + k];
      }
    }
    return nematicOrder(dimension, directions);
  });
}
