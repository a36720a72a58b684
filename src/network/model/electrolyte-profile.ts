import { asin, cube, square } from "../../elementary/elementary.js";
import { type TridiagonalSolver, type Tridiagonals, tridiagonalSolver } from "../../fem/linear/tridiagonal.js";
import { boxMeasure, depthAxis } from "../../space/packing.js";
import { mean } from "../../statistics/mean.js";
import type { CoveredPacking } from "../graph/covered-packing.js";

/**
 * Potential of the electrolyte by depth, φ_e(z), zero at the separator: a porous electrode with the particles' currents I as
 * its sources,
 *   −(κ_eff A φ_e′)′ = Σ I_k δ(z − z_k),   φ_e′ = 0 at the collector,
 * on linear elements, κ_eff = κ (1 − ε)/(1 + ε/(d − 1)) with the share ε of an element that particles fill: Maxwell's for
 * balls (d = 3), Rayleigh's for disks (d = 2), which carry nothing. K φ_e = Pᵀ I, P what is interpolated at the particles; where
 * currents follow potentials by I = O + G (φ − P φ_e), φ_e answers O + G φ as (K + Pᵀ G P)⁻¹ Pᵀ.
 */
export interface ElectrolyteProfile {
  /** `out` [particle] V, by the patches' currents in A. */
  potentials(patchCurrent: Float64Array, out: Float64Array): void;
  /** Take G, S [particle][2][2], for `answer`. */
  take(blocks: Float64Array): void;
  /** `out` [particle] V, the answer to currents [patch] at held φ. */
  answer(patchCurrent: Float64Array, out: Float64Array): void;
}

/** Elements over a mean diameter. */
const finer = 2;
const fewest = 4;

/** `conductivity` S/m, of the electrolyte in the carbon/binder. Throws `RangeError` where particles leave no room for it. */
export function electrolyteProfile(packing: CoveredPacking, conductivity: number): ElectrolyteProfile {
  const { radius, centre, box } = packing;
  const axis = depthAxis(packing);
  const depth = box[axis];
  const diameter = 2 * mean(radius);
  /** Unknown nodes: the last, at the separator, is known. */
  const nodes = Math.max(fewest, Math.ceil((finer * depth) / diameter));
  const size = depth / nodes;
  const area = boxMeasure(packing) / depth;
  const shares = solidShares(packing, nodes);
  checkRoom(shares, size);
  const conductance = shares.map(
    (solid) => (((conductivity * area) / size) * (1 - solid)) / (1 + solid / (packing.dimension - 1)),
  );
  const places = placesAlong(
    Float64Array.from(radius, (_, k) => centre[3 * k + axis] / size),
    nodes,
  );
  const stiffness = stiffnessOf(conductance);
  const answering = tridiagonalSolver(nodes);
  const solve = solving(places, nodes);
  return {
    potentials: (patchCurrent, out) => solve(stiffness, patchCurrent, out),
    take: (blocks) => {
      answering.matrices.diagonal.set(stiffness.matrices.diagonal);
      answering.matrices.next.set(stiffness.matrices.next);
      addDrawn(places, blocks, answering.matrices);
      answering.factor();
    },
    answer: (patchCurrent, out) => solve(answering, patchCurrent, out),
  };
}

/** P: where particles lie among the nodes, [particle] the node below and how far on from it to the next. */
interface Places {
  readonly below: Int32Array;
  readonly across: Float64Array;
}

/** `height` [particle] in elements, `nodes` of them. */
function placesAlong(height: Float64Array, nodes: number): Places {
  const below = Int32Array.from(height, (h) => Math.min(nodes - 1, Math.floor(h)));
  return { below, across: height.map((h, k) => h - below[k]) };
}

/** Solves for P φ_e by a matrix over the `nodes` that are unknown; the one at the separator is 0. */
function solving(
  { below, across }: Places,
  nodes: number,
): (matrix: TridiagonalSolver, patchCurrent: Float64Array, out: Float64Array) => void {
  const nodal = new Float64Array(nodes + 1);
  const unknown = nodal.subarray(0, nodes);
  return (matrix, patchCurrent, out) => {
    nodal.fill(0);
    for (let k = 0; k < below.length; k++) {
      const current = patchCurrent[2 * k] + patchCurrent[2 * k + 1];
      nodal[below[k]] += (1 - across[k]) * current;
      nodal[below[k] + 1] += across[k] * current;
    }
    nodal[nodes] = 0;
    matrix.solve(unknown, unknown);
    for (let k = 0; k < below.length; k++) {
      out[k] = (1 - across[k]) * nodal[below[k]] + across[k] * nodal[below[k] + 1];
    }
  };
}

/** Add PᵀG P. */
function addDrawn({ below, across }: Places, blocks: Float64Array, { diagonal, next }: Tridiagonals): void {
  for (let k = 0; k < below.length; k++) {
    const e = 4 * k;
    const g = blocks[e] + blocks[e + 1] + blocks[e + 2] + blocks[e + 3];
    const [j, far] = [below[k], across[k]];
    diagonal[j] += square(1 - far) * g;
    if (j + 1 === diagonal.length) continue;
    diagonal[j + 1] += far * far * g;
    next[j] += (1 - far) * far * g;
  }
}

/** K of elements of these conductances, S, factored. */
function stiffnessOf(conductance: Float64Array): TridiagonalSolver {
  const nodes = conductance.length;
  const stiffness = tridiagonalSolver(nodes);
  const { diagonal, next } = stiffness.matrices;
  conductance.forEach((g, e) => {
    diagonal[e] += g;
    if (e + 1 < nodes) {
      diagonal[e + 1] += g;
      next[e] -= g;
    }
  });
  stiffness.factor();
  return stiffness;
}

/** @throws RangeError where particles fill an element, `size` m deep. */
function checkRoom(shares: Float64Array, size: number): void {
  shares.forEach((solid, e) => {
    if (solid < 1) return;
    const [from, to] = [e, e + 1].map((node) => (1e6 * node * size).toPrecision(4));
    throw new RangeError(
      `electrolyte by depth: found particles that fill ${solid.toPrecision(4)} of the electrode between ${from} and ${to} um; ` +
        "it must be below 1; separate particles that overlap, or take electrolyte.kind uniform",
    );
  });
}

/** [slab] share of the box that particles fill between depths an n-th of it apart. */
export function solidShares(packing: CoveredPacking, slabs: number): Float64Array {
  const { radius, centre, box, dimension } = packing;
  const axis = depthAxis(packing);
  const size = box[axis] / slabs;
  const out = new Float64Array(slabs);
  radius.forEach((r, k) => {
    const middle = centre[3 * k + axis];
    const first = Math.max(0, Math.floor((middle - r) / size));
    for (let j = first; j < slabs && j * size < middle + r; j++) {
      out[j] += belowPlane(dimension, r, (j + 1) * size - middle) - belowPlane(dimension, r, j * size - middle);
    }
  });
  const slab = boxMeasure(packing) / slabs;
  return out.map((solid) => solid / slab);
}

/** Volume of a ball (area of a disk) between its middle and a plane at `height` from it, negative below. */
function belowPlane(dimension: 2 | 3, radius: number, height: number): number {
  const t = Math.min(radius, Math.max(-radius, height));
  if (dimension === 3) return Math.PI * (radius * radius * t - cube(t) / 3);
  return t * Math.sqrt(radius * radius - t * t) + radius * radius * asin(t / radius);
}
