import { extent, type Places } from "./places.js";

/**
 * Rows by equal boxes of space, about `perAxis` along each axis: what a block bootstrap draws, since neighbours are alike.
 */
export function spatialBlocks(places: Places, perAxis: number): number[][] {
  const far = extent(places);
  const blocks = new Map<number, number[]>();
  for (let i = 0; i < places.centre.length / 3; i++) {
    let key = 0;
    for (let k = 0; k < places.dimension; k++) {
      const share = far[k] > 0 ? places.centre[3 * i + k] / far[k] : 0;
      key = key * perAxis + Math.min(perAxis - 1, Math.floor(share * perAxis));
    }
    const block = blocks.get(key);
    if (block) block.push(i);
    else blocks.set(key, [i]);
  }
  return [...blocks.keys()].sort((a, b) => a - b).map((key) => blocks.get(key)!);
}
