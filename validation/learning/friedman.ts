import { mersenne } from "pure-rand/generator/mersenne";
import { makeSamples, type Samples } from "../../src/inference/forest/samples.js";

/**
 * Friedman's first test function, y = 10 sin(π x₀x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + noise (Friedman, Ann. Stat. 19, 1
 * (1991)), in the very numbers of scikit-learn's `make_friedman1(1000, 10, noise=1, random_state=0)`: Mersenne Twister,
 * 53-bit uniforms, normals by the polar method in pairs.
 */
export function friedman1(rows = 1000, attributes = 10, seed = 0): Samples {
  const generator = mersenne(seed);
  const uniform = () => ((generator.next() >>> 5) * 2 ** 26 + (generator.next() >>> 6)) / 2 ** 53;
  const x = Array.from({ length: rows }, () => Array.from({ length: attributes }, uniform));
  const normal = polarNormal(uniform);
  const target = x.map(
    (v) => 10 * Math.sin(Math.PI * v[0] * v[1]) + 20 * (v[2] - 0.5) ** 2 + 10 * v[3] + 5 * v[4] + normal(),
  );
  const columns = Object.fromEntries(Array.from({ length: attributes }, (_, k) => [`x${k}`, x.map((v) => v[k])]));
  return makeSamples(columns, target);
}

function polarNormal(uniform: () => number): () => number {
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const value = kept;
      kept = undefined;
      return value;
    }
    for (;;) {
      const [a, b] = [2 * uniform() - 1, 2 * uniform() - 1];
      const r2 = a * a + b * b;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * Math.log(r2)) / r2);
      kept = f * a;
      return f * b;
    }
  };
}
