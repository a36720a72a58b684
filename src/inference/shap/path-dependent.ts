import { type GaussRule, gaussRule } from "./gauss.js";
import { type LeafPath, mostAttributes } from "./leaf-path.js";
import type { PathGame, ValueFunction } from "./path-game.js";

/** The rule for a path of some number of attributes. */
interface PathRule extends GaussRule {
  /** (1 − t)^power. [power][point] */
  readonly powers: Float64Array;
}

/**
 * Tree-path-dependent SHAP values (Lundberg et al., Nature Machine Intelligence 2, 56 (2020), the value function of
 * their algorithms 1 and 2): where an attribute is not known, a row goes both ways, weighted by the training rows that did.
 *
 * With every attribute known with probability t, a leaf of value v pays F(t) = v ∏ (z_k (1 − t_k) + o_k t_k), where z_k is the
 * share of training rows that pass attribute k and o_k is 1 when the row passes it, else 0. Shapley values are
 * φ_i = ∫₀¹ ∂F/∂t_i dt on the diagonal t_k = t (Owen, Management Science 18, P64 (1972)), here of a polynomial of degree
 * K − 1 in t: Gauss and Legendre's rule with ⌈K/2⌉ points integrates it exactly. All factors are positive, so that nothing
 * cancels, unlike in schemes that divide polynomials.
 */
export function pathDependent(): ValueFunction {
  const rules = Array.from({ length: mostAttributes + 1 }, (_, k) => pathRule(k));
  const room = rules[mostAttributes].points.length;
  const factors = new Float64Array(mostAttributes * room);
  const products = new Float64Array(room);
  return (path) => pathGame({ path, rule: rules[path.attributes.length], factors, products });
}

function pathRule(known: number): PathRule {
  const rule = gaussRule(Math.max(1, Math.ceil(known / 2)));
  const many = rule.points.length;
  const powers = new Float64Array((known + 1) * many).fill(1);
  for (let i = many; i < powers.length; i++) powers[i] = powers[i - many] * (1 - rule.points[i % many]);
  return { ...rule, powers };
}

/** A path, its rule and room to work in: attributes that the row fails have factors z (1 − t), taken out as they earn alike. */
interface Integrand {
  readonly path: LeafPath;
  readonly rule: PathRule;
  /** [attribute][point] of those passed. */
  readonly factors: Float64Array;
  /** [point] weight × all of them. */
  readonly products: Float64Array;
}

function pathGame(integrand: Integrand): PathGame {
  const { value, share } = integrand.path;
  return {
    base: share.reduce((product, z) => product * z, value),
    effects: (pattern, into, offset) => writeEffects(integrand, pattern, into, offset),
    pairs: (pattern, into, offset) => writePairs(integrand, pattern, into, offset),
  };
}

function writeEffects(integrand: Integrand, pattern: number, into: Float64Array, offset: number): void {
  const { path, rule, factors, products } = integrand;
  const { share } = path;
  const many = rule.points.length;
  const { constant, failed } = fillFactors(integrand, pattern);
  const loss = failed === 0 ? 0 : -constant * integral(integrand, failed - 1);
  for (let q = 0; q < many; q++) products[q] *= rule.powers[failed * many + q];
  for (let k = 0; k < share.length; k++) {
    if (!passed(pattern, k)) {
      into[offset + k] = loss;
      continue;
    }
    let sum = 0;
    for (let q = 0; q < many; q++) sum += products[q] / factors[k * many + q];
    into[offset + k] = constant * (1 - share[k]) * sum;
  }
}

function writePairs(integrand: Integrand, pattern: number, into: Float64Array, offset: number): void {
  const { share } = integrand.path;
  const { constant, failed } = fillFactors(integrand, pattern);
  for (let k = 1, place = offset; k < share.length; k++)
    for (let j = 0; j < k; j++, place++) {
      const [a, b] = [passed(pattern, k), passed(pattern, j)];
      const gain = (a ? 1 - share[k] : -1) * (b ? 1 - share[j] : -1);
      const sum = integral(integrand, failed - (1 - a) - (1 - b), a ? k : -1, b ? j : -1);
      into[place] = 0.5 * constant * gain * sum;
    }
}

/** Whether a row passes attribute k, 1 or 0. */
function passed(pattern: number, k: number): number {
  return (pattern >>> k) & 1;
}

/** Fill factors and products of the attributes passed; gives v ∏ z over those failed and their number. */
function fillFactors(
  { path: { value, share }, rule: { points, weights }, factors, products }: Integrand,
  pattern: number,
): { readonly constant: number; readonly failed: number } {
  const many = points.length;
  let [constant, failed] = [value, 0];
  products.set(weights);
  for (let k = 0; k < share.length; k++) {
    if (!passed(pattern, k)) {
      constant *= share[k];
      failed++;
      continue;
    }
    for (let q = 0; q < many; q++) {
      const factor = share[k] * (1 - points[q]) + points[q];
      factors[k * many + q] = factor;
      products[q] *= factor;
    }
  }
  return { constant, failed };
}

/** Σ products (1 − t)^power / (factors of k and j, where they are given). */
function integral({ rule, factors, products }: Integrand, power: number, k = -1, j = -1): number {
  const many = rule.points.length;
  let sum = 0;
  for (let q = 0; q < many; q++) {
    let part = products[q] * rule.powers[power * many + q];
    if (k >= 0) part /= factors[k * many + q];
    if (j >= 0) part /= factors[j * many + q];
    sum += part;
  }
  return sum;
}
