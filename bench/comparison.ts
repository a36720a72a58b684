/** Times the comparison of particle tables: `npx tsx bench/comparison.ts [particles]`. */

import { draws } from "../src/draws/draws.js";
import { twoSampleTests } from "../src/inference/compare/two-sample.js";
import { placesOf } from "../src/inference/spatial/places.js";
import { spatialFindings } from "../src/inference/spatial/spatial.js";

const particles = Number(process.argv[2] ?? 2000);
const random = draws(1, "benchmark");
const column = () => Float64Array.from({ length: particles }, () => 100 * random.uniform());
const places = placesOf([column(), column(), column()]);
const damage = column().map((value) => value / 100);

function seconds(run: () => unknown): string {
  const start = performance.now();
  run();
  return ((performance.now() - start) / 1000).toFixed(2);
}

const settings = { permutations: 999, seed: 0, thresholds: [0.8], shares: [] };
const spatial = seconds(() => spatialFindings(places, damage, settings));
const tests = seconds(() => twoSampleTests(damage, column(), 999, 0));
process.stdout.write(
  `${particles} particles, 999 permutations: places against random labels, all measures, ${spatial} s; two-sample tests ${tests} s\n`,
);
