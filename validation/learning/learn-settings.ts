import { presets } from "../../src/inference/forest/settings.js";
import type { LearnSettings } from "../../src/inference/learn/learn.js";

/** Damage by the forest of Li et al., Science 376, 517 (2022), over ten seeds and ten subsamples of 500 rows. */
export const publishedForest: LearnSettings = {
  target: "Damage",
  groups: {},
  leaveOut: [],
  keepEdge: false,
  mostRows: 20_000,
  forest: presets.li2022,
  shap: "path-dependent",
  seed: 0,
  seeds: 10,
  subsamples: 10,
  subsampleRows: 500,
};
