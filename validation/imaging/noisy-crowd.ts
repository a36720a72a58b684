import { draws } from "../../src/draws/draws.js";
import { type Filter, filtered } from "../../src/imaging/filter/filter.js";
import { crowdedBalls } from "../../src/imaging/phantom/balls.js";
import { greyPicture, usualAppearance } from "../../src/imaging/phantom/grey.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import type { Shape, Volume } from "../../src/imaging/volume/volume.js";

/** A crowd of balls in grey, with noise of a standard deviation and without any. */
export function noisyCrowd(shape: Shape, noise: number): { readonly seen: Volume; readonly clean: Volume } {
  const settings = { count: 30, box: [64, 64, 64] as const, radius: 7, spread: 0.2, overlap: 0.1 };
  const balls = crowdedBalls(settings, draws(4, "balls")).map(({ centre: [x, y, z], radius }) => {
    return { centre: [x, y, z - (64 - shape[0]) / 2] as const, radius };
  });
  const { phases } = phantom({ balls, cracks: [], hollows: [], caps: [] }, shape, [1, 1, 1]);
  const look = { ...usualAppearance, blur: 0.6 };
  return {
    seen: greyPicture(phases, { ...look, noise }, draws(1, "noise")),
    clean: greyPicture(phases, { ...look, noise: 0 }, draws(1, "noise")),
  };
}

/** Mean square of what is left of the noise, edges that were blurred included, over that of the noise. */
export function noiseLeft({ seen, clean }: ReturnType<typeof noisyCrowd>, filter: Filter): number {
  const made = filtered(seen, [filter]);
  let [left, all] = [0, 0];
  for (let i = 0; i < made.length; i++) {
    left += (made[i] - clean.data[i]) ** 2;
    all += (seen.data[i] - clean.data[i]) ** 2;
  }
  return left / all;
}
