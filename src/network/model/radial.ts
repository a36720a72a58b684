import { pow, square } from "../../elementary/elementary.js";
import {
  addProducts,
  entrySizes,
  type Tridiagonals,
  tridiagonalSolver,
  tridiagonals,
} from "../../fem/linear/tridiagonal.js";

/**
 * Lithium in many round particles at once, radially on one graded mesh of the unit radius. Two modes each: the mean m over
 * all directions, and the difference d between covered and uncovered side, so that s = m + (1 − θ) d there and m − θ d
 * here. Both diffuse along the radius; d also around the particle, at the rate of the first harmonic:
 *   ṁ = ∇·(D∇m),   ḋ = ∇·(D∇d) − λ D d/(4θ(1 − θ) r²),   λ = 1 (2-D), 2 (3-D)
 * Layout of all unknowns: [node][particle], so that one sweep runs over all particles side by side.
 */
export interface RadialMesh {
  readonly nodes: number;
  /** [node] radius over R, from 0 to 1. */
  readonly place: Float64Array;
  /** [node] ∫N r̂^{d−1}: weights that sum to 1/d. */
  readonly content: Float64Array;
  /** Diagonals and off-diagonals of ∫N N r̂^{d−1} and ∫N′N′ r̂^{d−1}; `around` [node] ∫N r̂^{d−3}, 0 in the centre. */
  readonly mass: Tridiagonals;
  readonly stiffness: Tridiagonals;
  readonly around: Float64Array;
}

/** Gauss's rule with three points on (0, 1); exact to degree five. */
const gauss = [
  [0.5 - Math.sqrt(0.15), 5 / 18],
  [0.5, 8 / 18],
  [0.5 + Math.sqrt(0.15), 5 / 18],
] as const;

/** Edges grow by `growth` from `first` (over R) at the surface up to `largest`. */
export function radialMesh(dimension: 2 | 3, first: number, growth: number, largest: number): RadialMesh {
  const edges: number[] = [];
  for (let sum = 0, edge = first; sum < 1 - 1e-9; edge = Math.min(largest, edge * growth)) {
    edges.push(edge);
    sum += edge;
  }
  const scale = 1 / edges.reduce((sum, edge) => sum + edge, 0);
  const place = new Float64Array(edges.length + 1);
  edges.reverse().forEach((edge, j) => {
    place[j + 1] = place[j] + edge * scale;
  });
  place[edges.length] = 1;
  return assembled(dimension, place);
}

function assembled(dimension: 2 | 3, place: Float64Array): RadialMesh {
  const nodes = place.length;
  const [mass, stiffness] = [tridiagonals(nodes), tridiagonals(nodes)];
  const content = new Float64Array(nodes);
  const around = new Float64Array(nodes);
  for (let e = 0; e + 1 < nodes; e++) {
    const h = place[e + 1] - place[e];
    for (const [at, w] of gauss) {
      const r = place[e] + at * h;
      const weight = w * h * pow(r, dimension - 1);
      content[e] += weight * (1 - at);
      content[e + 1] += weight * at;
      mass.diagonal[e] += weight * square(1 - at);
      mass.diagonal[e + 1] += weight * (at * at);
      mass.next[e] += weight * at * (1 - at);
      stiffness.diagonal[e] += weight / (h * h);
      stiffness.diagonal[e + 1] += weight / (h * h);
      stiffness.next[e] -= weight / (h * h);
    }
  }
  for (let j = 1; j < nodes; j++) around[j] = content[j] / (place[j] * place[j]);
  return { nodes, place, content, mass, stiffness, around };
}

/** What turns the radial matrices into those of each particle: all [particle]. */
export interface RadialScales {
  /** F c_max A R, C: the charge of a particle's lithium is this times ∫s r̂^{d−1}. */
  readonly charge: Float64Array;
  /** F c_max A D/R, A. */
  readonly diffusion: Float64Array;
  /** λ/(4θ(1 − θ)) of the mode; 0 for the mean. */
  readonly around: Float64Array;
}

/** A mode of all particles, `pinned` to zero in the centre or not: factored for one step size, then solved again and again. */
export interface RadialMode {
  readonly nodes: number;
  readonly particles: number;
  /** 1/s, the fastest diffusion between its nodes. */
  readonly stiffness: number;
  /** Factor a₀ M + K for all particles. */
  factor(a0: number): void;
  /** a₀ M + K as it was factored, a system for each particle. */
  readonly matrices: Tridiagonals;
  /** [particle] s at the surface by a unit current out of it: −(a₀M + K)⁻¹ at the surface. */
  readonly response: Float64Array;
  /** [node][particle] the same everywhere. */
  readonly influence: Float64Array;
  /** `out = (a₀M + K)⁻¹ rhs`, [node][particle]. */
  solve(rhs: Float64Array, out: Float64Array): void;
  /** `out += (a₀M + K) s`. */
  addProduct(s: Float64Array, out: Float64Array): void;
  /** [particle] A, the sum of the sizes of all terms in a particle's rows at s = 1. */
  terms(): Float64Array;
  /** `out = M s`. */
  store(s: Float64Array, out: Float64Array): void;
}

export function radialMode(mesh: RadialMesh, scales: RadialScales, pinned: boolean): RadialMode {
  const n = scales.charge.length;
  const { nodes, mass, stiffness } = mesh;
  const { matrices, factor, solve } = tridiagonalSolver(nodes, n);
  const [response, influence] = [new Float64Array(n), new Float64Array(nodes * n)];
  const surface = (nodes - 1) * n;
  const steepest = mass.diagonal.reduce((most, own, j) => Math.max(most, stiffness.diagonal[j] / own), 0);
  return {
    nodes,
    particles: n,
    stiffness: scales.charge.reduce((most, own, k) => Math.max(most, (steepest * scales.diffusion[k]) / own), 0),
    factor: (a0) => {
      fill(mesh, scales, pinned, a0, matrices);
      factor();
      influence.fill(0).fill(1, surface);
      solve(influence, influence);
      response.set(influence.subarray(surface));
    },
    matrices,
    response,
    influence,
    solve,
    addProduct: (s, out) => addProducts(matrices, s, out),
    terms: () => entrySizes(matrices),
    store: (s, out) => store(mesh, scales.charge, pinned, s, out),
  };
}

/** Write a₀ M + K for all particles. */
function fill(
  { nodes, mass, stiffness, around }: RadialMesh,
  scales: RadialScales,
  pinned: boolean,
  a0: number,
  { diagonal, next }: Tridiagonals,
): void {
  const { charge, diffusion } = scales;
  const n = charge.length;
  for (let j = 0; j < nodes; j++) {
    const free = pinned && j === 0 ? 0 : 1;
    for (let k = 0; k < n; k++) {
      const turning = scales.around[k] * around[j];
      diagonal[j * n + k] = charge[k] * a0 * mass.diagonal[j] + diffusion[k] * free * (stiffness.diagonal[j] + turning);
      if (j + 1 < nodes) next[j * n + k] = free * (charge[k] * a0 * mass.next[j] + diffusion[k] * stiffness.next[j]);
    }
  }
}

/** out = M s */
function store(
  { nodes, mass }: RadialMesh,
  charge: Float64Array,
  pinned: boolean,
  s: Float64Array,
  out: Float64Array,
): void {
  const n = charge.length;
  for (let j = 0; j < nodes; j++) {
    for (let k = 0; k < n; k++) {
      const at = j * n + k;
      let sum = pinned && j === 0 ? 0 : mass.diagonal[j] * s[at];
      if (j > 0) sum += mass.next[j - 1] * s[at - n];
      if (j + 1 < nodes && !(pinned && j === 0)) sum += mass.next[j] * s[at + n];
      out[at] = charge[k] * sum;
    }
  }
}
