import { readFileSync } from "node:fs";
import { fitBeta } from "../src/inference/compare/beta-fit.js";
import { presets } from "../src/inference/forest/settings.js";
import { learnTable } from "../src/inference/learn/learn.js";
import { placesOf } from "../src/inference/spatial/places.js";
import { spatialFindings } from "../src/inference/spatial/spatial.js";
import { columnOf, readParticleTable } from "../src/table/particle-table.js";
import { publishedForest } from "./learning/learn-settings.js";
import { measuredFile, onMeasured } from "./measured-data.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

const particlesFile = () => measuredFile("esrf_nmc_slice_gt", "particles_gt_2d.csv");

/**
 * 142 particles of a nano-holotomography slice of the electrodes of Li et al., Science 376, 517 (2022), labelled by hand:
 * damage, its places, and what a forest learns from attributes that hold the damage. Bands about values measured on the same
 * table with SciPy and scikit-learn.
 */
export const labelledSlice: ValidationCase = {
  name: "labelled-slice",
  title: "damage of a labelled slice of a real electrode: distribution, places, leakage (needs measured data)",
  slow: false,
  run: onMeasured(particlesFile, async (file) => {
    const table = readParticleTable(readFileSync(file, "utf8"));
    const damage = columnOf(table, "damage2d");
    const places = placesOf([columnOf(table, "cx_px"), columnOf(table, "cy_px")]);
    const diameter = columnOf(table, "eq_diam_px").reduce((sum, d) => sum + d, 0) / table.rows;
    const settings = { permutations: 1999, seed: 0, thresholds: [0.1, 0.08], shares: [] };
    const { moran, severe } = spatialFindings(places, damage, settings);
    const fit = fitBeta(damage);
    const learned = await learnTable("slice", table, {
      ...publishedForest,
      target: "damage2d",
      keepEdge: true,
      mostRows: 1000,
      forest: presets.default,
      seeds: 2,
      subsamples: 2,
    });
    const distance = (k: number, name: string, bands: readonly (readonly [number, number])[]) => {
      const { observed, expected, sd } = severe[k].nearest;
      return [
        between(`${name}: nearest severe, diameters`, observed / diameter, ...bands[0]),
        between(`${name}: at random`, expected / diameter, ...bands[1]),
        between(`${name}: spread at random`, sd / diameter, ...bands[2]),
      ];
    };
    return [
      between("Beta a", fit.ok ? fit.a : Number.NaN, 0.472, 0.475),
      between("Beta b", fit.ok ? fit.b : Number.NaN, 7.45, 7.46),
      between("distance from the Beta fit", fit.ok ? fit.ks.statistic : Number.NaN, 0.093, 0.095),
      between("Moran's I, six neighbours", moran.observed, 0.0245, 0.0255),
      between("its p, one-sided", moran.pLarger, 0.18, 0.26),
      ...distance(0, "damage above 0.10", [
        [1.585, 1.595],
        [1.76, 1.8],
        [0.135, 0.165],
      ]),
      ...distance(1, "damage above 0.08", [
        [1.375, 1.385],
        [1.48, 1.52],
        [0.075, 0.105],
      ]),
      between("R² with attributes that leak", learned.ranking.scores.r2, 0.75, 0.95),
      between("R² without them", learned.leakFree?.scores.r2 ?? Number.NaN, -0.3, 0.1),
    ];
  }),
};
