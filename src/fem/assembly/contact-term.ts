import type { ContactLaw } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import { scatterMap } from "../linear/pattern.js";
import type { NonlinearTerm } from "../nonlinear/kept-system.js";

/**
 * What an interface adds to a system by its law at each point,
 *   N(x) = Bᵀ q(B x),   J₀ = Bᵀ (∂q/∂v) B,
 * with values v = B x and fluxes q. Each unknown of a point feeds one value and its row takes one flux, with one sign: a
 * jump takes the far side's unknown as it is and the near side's with a minus, and so do their rows.
 */
export interface Coupling {
  readonly roles: readonly Role[];
  /** The system's level, and the value that has it added. */
  readonly level: { readonly unknown: number; readonly value: number } | null;
}

/** One unknown of each point. */
export interface Role {
  /** `[point]`, -1 where it is held or not there. */
  readonly unknown: Int32Array;
  readonly value: number;
  readonly flux: number;
  readonly sign: 1 | -1;
}

export interface ContactTerm extends NonlinearTerm {
  /** `[point][flux]` of the latest evaluation, times the point's weight. */
  readonly flux: Float64Array;
}

/** The unknowns of each point, `[point][role]`, as cells for a pattern. */
export function contactCells({ roles }: Coupling): Int32Array {
  const cells = new Int32Array(roles.length * roles[0].unknown.length);
  roles.forEach(({ unknown }, k) => {
    for (let p = 0; p < unknown.length; p++) cells[p * roles.length + k] = unknown[p];
  });
  return cells;
}

/** The interface's part of N; `pattern` is A's, with room for the cells of the coupling. */
export function contactTerm(pattern: Csr, coupling: Coupling, law: ContactLaw): ContactTerm {
  const { roles, level } = coupling;
  const count = roles[0].unknown.length;
  const positions = scatterMap(pattern, contactCells(coupling), roles.length);
  const { values, fluxes } = law;
  /** `[point][value]` v, and less the level; `[point][flux]` q, and less J₀'s; `[point][flux][value]` ∂q/∂v in J₀. */
  const value = new Float64Array(count * values);
  const measured = new Float64Array(count * values);
  const flux = new Float64Array(count * fluxes);
  const rest = new Float64Array(count * fluxes);
  const kept = new Float64Array(count * fluxes * values);

  const evaluate = (x: Float64Array): void => {
    value.fill(0);
    if (level !== null) for (let e = level.value; e < value.length; e += values) value[e] = x[level.unknown];
    for (const role of roles) gather(role, values, x, value);
    for (let p = 0; p < count; p++) law.flux(p, value, flux);
  };
  return {
    flux,
    addResidual: (x, out) => {
      evaluate(x);
      for (const role of roles) scatter(role, fluxes, flux, out);
    },
    addRemainder: (x, out, at) => {
      if (!at.evaluated) evaluate(x);
      rest.set(flux);
      measured.set(value);
      if (level !== null) for (let e = level.value; e < measured.length; e += values) measured[e] -= at.level;
      for (let p = 0; p < count; p++) law.subtract(p, kept, measured, rest);
      for (const role of roles) scatter(role, fluxes, rest, out);
    },
    settle: (residual) => {
      lacking(roles, fluxes, residual, rest);
      for (let k = 0; k < flux.length; k++) flux[k] += rest[k];
      for (const role of roles) scatter(role, fluxes, rest, residual);
    },
    addTangent: (_, tangent) => {
      for (let p = 0; p < count; p++) law.block(p, value, kept);
      addBlocks(roles, law, kept, positions, tangent);
    },
  };
}

/** v += B x by one unknown of each point. */
function gather({ unknown, value, sign }: Role, values: number, x: Float64Array, v: Float64Array): void {
  for (let p = 0; p < unknown.length; p++) {
    const u = unknown[p];
    if (u >= 0) v[p * values + value] += sign * x[u];
  }
}

/** out += Bᵀ q by one unknown of each point. */
function scatter({ unknown, flux, sign }: Role, fluxes: number, q: Float64Array, out: Float64Array): void {
  for (let p = 0; p < unknown.length; p++) {
    const u = unknown[p];
    if (u >= 0) out[u] += sign * q[p * fluxes + flux];
  }
}

/** What fluxes lack for the rows of their first unknowns to balance. */
function lacking(roles: readonly Role[], fluxes: number, residual: Float64Array, q: Float64Array): void {
  q.fill(0);
  for (const { unknown, flux, sign } of [...roles].reverse())
    for (let p = 0; p < unknown.length; p++) {
      const u = unknown[p];
      if (u >= 0) q[p * fluxes + flux] = -sign * residual[u];
    }
}

/** tangent += Bᵀ block B; `positions` `[point][role of the row][role of the column]`, -1 where there is no entry. */
function addBlocks(
  roles: readonly Role[],
  { values, fluxes }: ContactLaw,
  block: Float64Array,
  positions: Int32Array,
  tangent: Float64Array,
): void {
  const width = roles.length;
  for (let k = 0; k < positions.length; k++) {
    if (positions[k] < 0) continue;
    const row = roles[Math.floor(k / width) % width];
    const column = roles[k % width];
    const p = Math.floor(k / (width * width));
    tangent[positions[k]] += row.sign * column.sign * block[(p * fluxes + row.flux) * values + column.value];
  }
}
