import type { Nearest } from "../../network/neighbours/nearest.js";
import { mean } from "../../statistics/mean.js";

/**
 * Moran's I of marks on a graph of nearest neighbours with weights 1/k (Moran, Biometrika 37, 17 (1950)): covariance of
 * neighbours over variance; −1/(n − 1) is expected at random.
 */
export function moran(marks: Float64Array, { each, neighbour }: Nearest): number {
  const centre = mean(marks);
  let [cross, square] = [0, 0];
  for (let i = 0; i < marks.length; i++) {
    const own = marks[i] - centre;
    square += own * own;
    let sum = 0;
    for (let k = 0; k < each; k++) sum += marks[neighbour[i * each + k]] - centre;
    cross += (own * sum) / each;
  }
  return cross / square;
}

/**
 * Geary's C on the same graph (Geary, Inc. Stat. 5, 115 (1954)): squared differences of neighbours; 1 is expected at
 * random, less where neighbours are alike.
 */
export function geary(marks: Float64Array, { each, neighbour }: Nearest): number {
  const centre = mean(marks);
  let [differences, square] = [0, 0];
  for (let i = 0; i < marks.length; i++) {
    square += (marks[i] - centre) ** 2;
    for (let k = 0; k < each; k++) differences += (marks[i] - marks[neighbour[i * each + k]]) ** 2 / each;
  }
  return ((marks.length - 1) * differences) / (2 * marks.length * square);
}

/** Share of neighbour pairs in which both are severe (join count), of all pairs of the graph; marks are 1 or 0. */
export function joinCount(severe: Float64Array, { each, neighbour }: Nearest): number {
  let joins = 0;
  for (let i = 0; i < severe.length; i++)
    if (severe[i] > 0) for (let k = 0; k < each; k++) joins += severe[neighbour[i * each + k]];
  return joins / (severe.length * each);
}
