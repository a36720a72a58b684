import { cube, square } from "../../elementary/elementary.js";

/**
 * Implicit Euler and the second-order backward differentiation formula with variable steps:
 * ẋⁿ⁺¹ ≈ a₀ xⁿ⁺¹ + a₁ xⁿ + a₂ xⁿ⁻¹ (Hairer & Wanner, Solving Ordinary Differential Equations II, sec. III.5).
 */
export interface Bdf {
  readonly order: 1 | 2;
  /** 1/s */
  readonly a0: number;
  readonly a1: number;
  readonly a2: number;
}

/** Coefficients for a step of `h` s after a step of `previous` s; without one, implicit Euler. */
export function bdf(method: "euler" | "bdf2", h: number, previous: number | null): Bdf {
  if (method === "euler" || previous === null) return { order: 1, a0: 1 / h, a1: -1 / h, a2: 0 };
  const w = h / previous;
  return { order: 2, a0: (1 + 2 * w) / ((1 + w) * h), a1: -(1 + w) / h, a2: (w * w) / ((1 + w) * h) };
}

/** The latest five accepted states, newest first, with the step that led to each. */
export interface History {
  /** Steps since the start. */
  readonly age: number;
  readonly states: Float64Array[];
  /** s, `steps[k]` leads from `states[k + 1]` to `states[k]`. */
  readonly steps: number[];
}

export function history(unknowns: number): History {
  return { age: 0, states: Array.from({ length: 5 }, () => new Float64Array(unknowns)), steps: [] };
}

/** A history that starts at x. */
export function restarted(from: History, x: Float64Array): History {
  from.states[0].set(x);
  return { age: 0, states: from.states, steps: [] };
}

/** The history after accepting x, reached by a step of h; the oldest state's array is reused. */
export function accepted(from: History, x: Float64Array, h: number): History {
  const states = [from.states[from.states.length - 1], ...from.states.slice(0, -1)];
  states[0].set(x);
  return { age: from.age + 1, states, steps: [h, ...from.steps].slice(0, states.length - 1) };
}

/**
 * Extrapolate the unknowns [first, end) by h into `out` with the polynomial of this degree through the latest states
 * (Lagrange's form). Differential unknowns may use the state a start left; algebraic ones jump there and may not.
 */
export function extrapolate(
  from: History,
  h: number,
  degree: number,
  out: Float64Array,
  [first, end]: readonly [number, number],
): void {
  const weights = extrapolationWeights(from.steps, h, degree);
  const [a, b, c, d, e] = Array.from({ length: 5 }, (_, k) => weights[k] ?? 0);
  const [x0, x1, x2, x3, x4] = from.states;
  for (let i = first; i < end; i++) out[i] = a * x0[i] + b * x1[i] + c * x2[i] + d * x3[i] + e * x4[i];
}

/** Lagrange's weights at h after the newest of `degree + 1` states, newest first. */
function extrapolationWeights(steps: readonly number[], h: number, degree: number): number[] {
  const ago = [0];
  for (let k = 0; k < degree; k++) ago.push(ago[k] + steps[k]);
  return ago.map((own, k) => ago.reduce((w, other, j) => (j === k ? w : (w * (h + other)) / (other - own)), 1));
}

/** Degrees that the history allows for differential and for algebraic unknowns. */
export function degrees(from: History): { readonly differential: number; readonly algebraic: number } {
  const most = from.states.length - 1;
  return { differential: Math.min(most, from.age), algebraic: Math.max(0, Math.min(most, from.age - 1)) };
}

/**
 * Largest local error of the step to x over the chosen unknowns, from divided differences of the history:
 * h² x″/2 for Euler, h³ x‴ (1+w)²/(6w(1+2w)) for BDF2. Null while the history is too short to tell.
 */
export function localError(
  from: History,
  x: Float64Array,
  h: number,
  order: 1 | 2,
  chosen: Int32Array,
  kind: "differential" | "algebraic",
): number | null {
  if (from.age < order + (kind === "algebraic" ? 1 : 0)) return null;
  const [x0, x1, x2] = from.states;
  const [h1, h2] = from.steps;
  let largest = 0;
  if (order === 1) {
    for (const i of chosen) {
      const second = ((x[i] - x0[i]) / h - (x0[i] - x1[i]) / h1) / (h + h1);
      largest = Math.max(largest, Math.abs(second));
    }
    return h * h * largest;
  }
  for (const i of chosen) {
    const d0 = (x[i] - x0[i]) / h;
    const d1 = (x0[i] - x1[i]) / h1;
    const d2 = (x1[i] - x2[i]) / h2;
    const third = ((d0 - d1) / (h + h1) - (d1 - d2) / (h1 + h2)) / (h + h1 + h2);
    largest = Math.max(largest, Math.abs(third));
  }
  const w = h / h1;
  return (cube(h) * square(1 + w) * largest) / (w * (1 + 2 * w));
}
