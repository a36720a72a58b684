/** Times training of a random forest and its SHAP values: `npx tsx bench/forest.ts [rows …]`. */

import { draws } from "../src/draws/draws.js";
import { trainForest } from "../src/inference/forest/forest.js";
import { chooseRows, makeSamples, type Samples } from "../src/inference/forest/samples.js";
import { presets } from "../src/inference/forest/settings.js";
import { leafCount } from "../src/inference/forest/tree.js";
import { explain, explainPairs } from "../src/inference/shap/explain.js";
import { interventional } from "../src/inference/shap/interventional.js";
import { pathDependent } from "../src/inference/shap/path-dependent.js";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2_000, 20_000, 100_000];

/** 21 attributes, six of which matter, two only together. */
function benchmarkSamples(rows: number): Samples {
  const random = draws(1, "benchmark");
  const columns = Object.fromEntries(
    Array.from({ length: 21 }, (_, k) => [`a${k}`, Float64Array.from({ length: rows }, () => random.normal())]),
  );
  const [a, b, c, d, e, f] = Object.values(columns);
  const target = Float64Array.from(
    { length: rows },
    (_, i) => a[i] + b[i] * c[i] + Math.max(0, d[i]) + 0.3 * e[i] - 0.3 * f[i] + random.normal(),
  );
  return makeSamples(columns, target);
}

function seconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

const write = (line: string) => process.stdout.write(`${line}\n`);

for (const rows of sizes) {
  const samples = benchmarkSamples(rows);
  const training = seconds(() => trainForest(samples, presets.li2022, 0));
  const forest = trainForest(samples, presets.li2022, 0);
  const values = seconds(() => explain(forest, samples, pathDependent()));
  write(
    `${rows} rows × 21, 40 trees × 30 leaves: training ${training.toFixed(3)} s, all SHAP values ${values.toFixed(3)} s`,
  );
  if (rows > 5_000) continue;
  const pairs = seconds(() => explainPairs(forest, samples, pathDependent()));
  const background = chooseRows(
    samples,
    Int32Array.from({ length: 100 }, (_, k) => k),
  );
  const against = seconds(() => explain(forest, samples, interventional(background)));
  const pairsAgainst = seconds(() => explainPairs(forest, samples, interventional(background)));
  write(
    `  with interactions ${pairs.toFixed(3)} s; against 100 rows ${against.toFixed(3)} s, with interactions ${pairsAgainst.toFixed(3)} s`,
  );
  const grown = trainForest(samples, presets.default, 0);
  const learning = seconds(() => trainForest(samples, presets.default, 0));
  const all = seconds(() => explain(grown, samples, pathDependent()));
  write(
    `  preset default, ${grown.trees.reduce((sum, tree) => sum + leafCount(tree), 0)} leaves: training ${learning.toFixed(3)} s, all SHAP values ${all.toFixed(3)} s`,
  );
}
