import { assemble, cellsWhere, cellUnknowns, type Space } from "../assembly/assemble.js";
import { type Coupling, contactCells } from "../assembly/contact-term.js";
import { diffusion, mass } from "../assembly/forms.js";
import { FARADAY } from "../law/faraday.js";
import type { StoichiometryFunction } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import { elementPattern, positionOf, scatterMap, unitePatterns } from "../linear/pattern.js";
import { product } from "../linear/product.js";
import type { Bulk } from "../nonlinear/kept-system.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";
import { conductionCells } from "./particle-conduction.js";
import { type ParticleContact, passageCoupling } from "./particle-contact.js";
import { type ParticleLithium, particleLithium } from "./particle-lithium.js";
import { reactionCoupling } from "./reaction.js";

/**
 * The linear part of the electrochemistry, A = a₀ M + K, with the weak forms
 *   M  F c_max (s, w),   K  F c_max (D ∇s, ∇w) + (σ ∇φ, ∇ψ) + (σ_p ∇φ_p, ∇ψ_p) + (κ ∇φ_e, ∇ψ_e),
 * all rows in A; D and σ_p are left to terms of their own where they bend with s.
 */
export interface BulkSpec {
  /** mol/m³, c_max */
  readonly maximumConcentration: number;
  /** m²/s, D */
  readonly diffusivity: StoichiometryFunction;
  /** S/m, σ of the high- and the low-conductivity carbon/binder. */
  readonly conductivity: readonly [high: number, low: number];
  /** S/m, κ of the electrolyte in the carbon/binder, or null where its potential is uniform. */
  readonly electrolyteConductivity: number | null;
  /** How electrons get into particles and through them; null where they come from the carbon/binder at each place. */
  readonly contact: ParticleContact | null;
}

export interface ElectrochemicalBulk extends Bulk {
  readonly lithium: ParticleLithium;
  /** `out = M x`, `[unknown of s]`. */
  store(x: Float64Array, out: Float64Array): void;
  /** Take a₀ of a step, 1/s. */
  take(a0: number): void;
  /** A, the sum of the sizes of all terms in the rows of lithium at s = 1. */
  lithiumTerms(): number;
}

/** How often the stiffest diffusion must fit into a step for it to be idle: too long for digits of s to last beside it. */
export const ample = 1e4;

/** `linear`: whether diffusion is. */
export function electrochemicalBulk(
  space: Space,
  spec: BulkSpec,
  unknowns: ElectrochemicalUnknowns,
  linear: boolean,
): ElectrochemicalBulk {
  const { lithiumCount, voltage } = unknowns;
  const assembled = assembleBulk(space, spec, unknowns, linear);
  const { matrix, massValue, fixedValue } = assembled;
  const rows = product(matrix);
  const storage = product({ ...matrix, value: massValue }, lithiumCount);
  const content = new Float64Array(unknowns.count);
  storage.multiply(new Float64Array(unknowns.count).fill(1), content);
  const lithium = particleLithium(unknowns.owner, content.slice(0, lithiumCount), space.mesh.particles);
  const stiffness = largestRate(assembled, lithiumCount);
  const deviation = new Float64Array(unknowns.count);
  let a0 = Number.NaN;
  let idle = false;

  /** A x with s measured from its particle's mean, which diffusion does not see: steps so long lose no digits to it. */
  const deviationProduct = (x: Float64Array, out: Float64Array): void => {
    const { owner } = unknowns;
    const mean = lithium.means(x);
    deviation.set(x);
    deviation[voltage] = 0;
    for (let i = 0; i < lithiumCount; i++) deviation[i] -= mean[owner[i]];
    rows.multiply(deviation, out);
    for (let i = 0; i < lithiumCount; i++) out[i] += a0 * mean[owner[i]] * lithium.content[i];
  };
  return {
    matrix,
    lithium,
    store: (x, out) => storage.multiply(x, out),
    take: (next) => {
      a0 = next;
      idle = a0 > 0 && stiffness > ample * a0;
      for (let k = 0; k < matrix.value.length; k++) matrix.value[k] = fixedValue[k] + a0 * massValue[k];
      rows.value.set(matrix.value);
    },
    lithiumTerms: () => {
      let sum = 0;
      for (let k = 0; k < matrix.rowStart[lithiumCount]; k++) sum += Math.abs(matrix.value[k]);
      return sum;
    },
    multiply: (x, out) => {
      if (idle) {
        deviationProduct(x, out);
        return;
      }
      const level = x[voltage];
      x[voltage] = 0;
      rows.multiply(x, out);
      x[voltage] = level;
    },
  };
}

/** A = a₀ M + K by its parts on one pattern, with room for the reaction. */
interface AssembledBulk {
  readonly matrix: Csr;
  /** M and K */
  readonly massValue: Float64Array;
  readonly fixedValue: Float64Array;
}

/** 1/s, the largest of diffusion over storage on the diagonal of lithium; 0 where diffusion is not linear. */
function largestRate({ matrix, massValue, fixedValue }: AssembledBulk, lithiumCount: number): number {
  let most = 0;
  for (let i = 0; i < lithiumCount; i++) {
    const p = positionOf(matrix, i, i);
    most = Math.max(most, fixedValue[p] / massValue[p]);
  }
  return most;
}

/** What the interface couples: the reaction, and the contacts that electrons pass, if any. */
export function contactCouplings(
  contact: ParticleContact | null,
  unknowns: ElectrochemicalUnknowns,
): { readonly reacting: Coupling; readonly passing: readonly Coupling[] } {
  if (contact === null) return { reacting: reactionCoupling(unknowns, "binder"), passing: [] };
  return { reacting: reactionCoupling(unknowns, "particle"), passing: [passageCoupling(unknowns)] };
}

/** σ_p(s) where φ_p is resolved, else null. */
export function resolvedConduction(contact: ParticleContact | null): StoichiometryFunction | null {
  return contact === null || typeof contact.conduction === "string" ? null : contact.conduction;
}

/** The mesh that the electronic potential lives on. */
function conductorSpace(space: Space): Space {
  const { mesh } = space;
  const { conductor } = mesh;
  if (conductor === undefined) return space;
  const { nodes, cells } = conductor;
  return { ...space, mesh: { ...mesh, nodes, cells, region: conductor.binder.map((kind) => mesh.particles + kind) } };
}

function assembleBulk(space: Space, spec: BulkSpec, unknowns: ElectrochemicalUnknowns, linear: boolean): AssembledBulk {
  const { mesh } = space;
  const n = unknowns.count;
  const k = mesh.nodesPerCell;
  const inParticle = cellsWhere(mesh, (region) => region < mesh.particles);
  const inBinder = cellsWhere(mesh, (region) => region >= mesh.particles);
  const lithium = cellUnknowns(mesh, inParticle, unknowns.lithium);
  const conductor = conductorSpace(space);
  const conducting = cellsWhere(conductor.mesh, (region) => region >= mesh.particles);
  const potential = cellUnknowns(conductor.mesh, conducting, unknowns.potential);
  const ionic = cellUnknowns(mesh, inBinder, unknowns.ionic);
  const groups = [lithium, potential, ionic].map((cells) => elementPattern(n, cells, k));
  const conduction = resolvedConduction(spec.contact);
  const { reacting, passing } = contactCouplings(spec.contact, unknowns);
  if (conduction !== null) groups.push(elementPattern(n, conductionCells(space, unknowns), 2 * k));
  for (const coupling of [reacting, ...passing])
    groups.push(elementPattern(n, contactCells(coupling), coupling.roles.length));
  const matrix = unitePatterns(...groups);
  const massValue = new Float64Array(matrix.value.length);
  const fixedValue = new Float64Array(matrix.value.length);
  const scale = FARADAY * spec.maximumConcentration;
  const lithiumMap = scatterMap(matrix, lithium, k);
  assemble(
    space,
    inParticle,
    mass(() => scale),
    lithiumMap,
    massValue,
  );
  if (linear) {
    const diffusivity = spec.diffusivity.value(0.5);
    assemble(
      space,
      inParticle,
      diffusion(() => scale * diffusivity),
      lithiumMap,
      fixedValue,
    );
  }
  const conductivity = (cell: number): number => spec.conductivity[conductor.mesh.region[cell] - mesh.particles];
  assemble(conductor, conducting, diffusion(conductivity), scatterMap(matrix, potential, k), fixedValue);
  if (conduction?.constant === true) {
    const sigma = conduction.value(0.5);
    assemble(
      space,
      inParticle,
      diffusion(() => sigma),
      scatterMap(matrix, cellUnknowns(mesh, inParticle, unknowns.inside), k),
      fixedValue,
    );
  }
  if (spec.electrolyteConductivity !== null) {
    const kappa = spec.electrolyteConductivity;
    assemble(
      space,
      inBinder,
      diffusion(() => kappa),
      scatterMap(matrix, ionic, k),
      fixedValue,
    );
  }
  return { matrix, massValue, fixedValue };
}
