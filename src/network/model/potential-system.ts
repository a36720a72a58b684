import type { ElectrolyteProfile } from "./electrolyte-profile.js";
import type { Drawn, Grid } from "./grid.js";
import type { PointCurrents } from "./point-currents.js";

/**
 * What is left for the potentials φ of the graph when currents and electrolyte are eliminated. With the patches' tangent
 * ΔI = O + G (Δφ − P Δφ_e) and the electrolyte's answer Δφ_e = (K + PᵀG P)⁻¹ Pᵀ (O + G Δφ), charge at the patches,
 * L Δφ + ΔI = r, becomes
 *   (L + G − E) Δφ = r − O + E G⁻¹ O,   E = G P (K + PᵀG P)⁻¹ PᵀG.
 * L the graph's Laplacian, S; O, A [patch]; G, S [particle][2][2]; P what a depth's potential is at the particles.
 */
export interface PotentialSystem {
  /**
   * Solve for Δφ, V [node], until what is left of the right-hand side is `enough`; `r` A [node], the collector's entry
   * beside it, is overwritten. Null when the system is singular.
   */
  solve(heldVoltage: boolean, r: Float64Array, enough: (left: Float64Array) => boolean): PotentialChange | null;
  /** V [node] φ − P φ_e, what drives the reaction at the present currents. */
  driving(phi: Float64Array): Float64Array;
}

/** Valid until the system is used again. */
export interface PotentialChange {
  /** Δφ, V [node] */
  readonly phi: Float64Array;
  /** Δφ − P Δφ_e, V [node] */
  readonly driving: Float64Array;
  /** Whether it was solved as far as was asked. */
  readonly finished: boolean;
}

export interface Conductors {
  readonly grid: Grid;
  /** Null where the electrolyte's potential is uniform. */
  readonly electrolyte: ElectrolyteProfile | null;
  /** Nodes of the graph, the last of which is the collector. */
  readonly nodes: number;
}

/** The patches' currents and their tangent. */
type Drawing = Pick<PointCurrents, "offset" | "blocks" | "sum" | "patchCurrent">;

export function potentialSystem({ grid, electrolyte, nodes }: Conductors, law: Drawing): PotentialSystem {
  const change = new Float64Array(nodes);
  return electrolyte === null
    ? underUniform(grid, law, change)
    : underProfile(grid, electrolyte, law, { change, driving: new Float64Array(nodes) });
}

function underUniform(grid: Grid, { offset, blocks }: Drawing, change: Float64Array): PotentialSystem {
  const collector = change.length - 1;
  return {
    driving: (phi) => phi,
    solve: (heldVoltage, r, enough) => {
      for (let a = 0; a < collector; a++) r[a] += -offset[a];
      r[collector] = 0;
      const outcome = grid.solveFor({ blocks }, heldVoltage, r, change, enough);
      return outcome === "singular" ? null : { phi: change, driving: change, finished: outcome === "solved" };
    },
  };
}

function underProfile(
  grid: Grid,
  electrolyte: ElectrolyteProfile,
  { offset, blocks, sum, patchCurrent }: Drawing,
  { change, driving }: { readonly change: Float64Array; readonly driving: Float64Array },
): PotentialSystem {
  const collector = change.length - 1;
  const flow = new Float64Array(collector);
  const ionic = new Float64Array(collector / 2);
  /** out −= G P φ_e, φ_e the electrolyte's answer to `flow`. */
  const takeBack = (out: Float64Array): void => {
    electrolyte.answer(flow, ionic);
    for (let k = 0, e = 0; e < blocks.length; k++, e += 4) {
      out[2 * k] -= (blocks[e] + blocks[e + 1]) * ionic[k];
      out[2 * k + 1] -= (blocks[e + 2] + blocks[e + 3]) * ionic[k];
    }
  };
  const drawn: Drawn = {
    blocks,
    takeBack: (z, out) => {
      drawnBy(blocks, z, null, flow);
      takeBack(out);
    },
  };
  const less = (phi: Float64Array): Float64Array => {
    for (let a = 0; a < collector; a++) driving[a] = phi[a] - ionic[a >> 1];
    return driving;
  };
  return {
    driving: (phi) => {
      sum();
      electrolyte.potentials(patchCurrent, ionic);
      return less(phi);
    },
    solve: (heldVoltage, r, enough) => {
      for (let a = 0; a < collector; a++) {
        flow[a] = -offset[a];
        r[a] += flow[a];
      }
      r[collector] = 0;
      electrolyte.take(blocks);
      takeBack(r);
      const outcome = grid.solveFor(drawn, heldVoltage, r, change, enough);
      if (outcome === "singular") return null;
      drawnBy(blocks, change, offset, flow);
      electrolyte.answer(flow, ionic);
      return { phi: change, driving: less(change), finished: outcome === "solved" };
    },
  };
}

/** `out` = G z + `beside`, A [patch]. */
function drawnBy(blocks: Float64Array, z: Float64Array, beside: Float64Array | null, out: Float64Array): void {
  for (let h = 0, e = 0; h < out.length; h += 2, e += 4) {
    out[h] = blocks[e] * z[h] + blocks[e + 1] * z[h + 1] + (beside?.[h] ?? 0);
    out[h + 1] = blocks[e + 2] * z[h] + blocks[e + 3] * z[h + 1] + (beside?.[h + 1] ?? 0);
  }
}
