import type { Voxels } from "../volume/volume.js";
import type { Labels } from "./particles.js";

/**
 * Labels of any program as particles 1 … n in ascending order of their numbers; 0 and below are no particle.
 * @throws RangeError when a label is no whole number, or nothing is labelled
 */
export function compactLabels(data: Voxels): Labels {
  const found = new Set<number>();
  let last = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value === last) continue;
    last = value;
    if (!Number.isInteger(value)) throw new RangeError(`Reading labels: found ${value}; labels are whole numbers.`);
    if (value > 0) found.add(value);
  }
  if (found.size === 0) throw new RangeError("Reading labels: found no particle; particles are numbered from 1 on.");
  const names = [...found].sort((a, b) => a - b);
  const place = new Map(names.map((name, k) => [name, k + 1]));
  const labels = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) labels[i] = data[i]! > 0 ? place.get(data[i]!)! : 0;
  return { data: labels, count: names.length };
}
