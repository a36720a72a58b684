import { assemble, cellsWhere, cellUnknowns, type PointForm, type Space } from "../assembly/assemble.js";
import { type Coupling, contactCells } from "../assembly/contact-term.js";
import { diffusion, mass } from "../assembly/forms.js";
import { FARADAY } from "../law/faraday.js";
import type { StoichiometryFunction } from "../law/law.js";
import type { ParticleContact } from "../law/surface/surface.js";
import type { Csr } from "../linear/csr.js";
import { elementPattern, positionOf, scatterMap, unitePatterns } from "../linear/pattern.js";
import { product } from "../linear/product.js";
import type { Bulk } from "../nonlinear/kept-system.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";
import { conductionCells } from "./particle-conduction.js";
import { passageCoupling } from "./particle-contact.js";
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

/** σ_p where φ_p is resolved: S/m where it is the same at every s, else the function; null where it is not resolved. */
export function resolvedConduction(contact: ParticleContact | null): number | StoichiometryFunction | null {
  if (contact === null || typeof contact.conduction === "string") return null;
  return contact.conduction.constant === true ? contact.conduction.value(0.5) : contact.conduction;
}

/** The mesh that the electronic potential lives on. */
function conductorSpace(space: Space): Space {
  const { mesh } = space;
  const { conductor } = mesh;
  if (conductor === undefined) return space;
  const { nodes, cells } = conductor;
  return { ...space, mesh: { ...mesh, nodes, cells, region: conductor.binder.map((kind) => mesh.particles + kind) } };
}

/** A field of A: where it lives, its unknowns there, and its terms in M and K. */
interface BulkField {
  readonly space: Space;
  readonly cells: Int32Array;
  /** `[cell][node of the cell]` */
  readonly unknown: Int32Array;
  readonly storage?: PointForm;
  readonly conduction?: PointForm;
}

function assembleBulk(space: Space, spec: BulkSpec, unknowns: ElectrochemicalUnknowns, linear: boolean): AssembledBulk {
  const { nodesPerCell: k } = space.mesh;
  const fields = [lithiumField(space, spec, unknowns, linear), potentialField(space, spec, unknowns)];
  const conduction = resolvedConduction(spec.contact);
  if (typeof conduction === "number") fields.push(conducting(space, "particle", unknowns.inside, conduction));
  const kappa = spec.electrolyteConductivity;
  if (kappa !== null) fields.push(conducting(space, "binder", unknowns.ionic, kappa));

  const groups = fields.map(({ unknown }) => elementPattern(unknowns.count, unknown, k));
  if (typeof conduction === "object" && conduction !== null)
    groups.push(elementPattern(unknowns.count, conductionCells(space, unknowns), 2 * k));
  const { reacting, passing } = contactCouplings(spec.contact, unknowns);
  for (const coupling of [reacting, ...passing])
    groups.push(elementPattern(unknowns.count, contactCells(coupling), coupling.roles.length));
  const matrix = unitePatterns(...groups);

  const massValue = new Float64Array(matrix.value.length);
  const fixedValue = new Float64Array(matrix.value.length);
  for (const { space: own, cells, unknown, storage, conduction: fixed } of fields) {
    const map = scatterMap(matrix, unknown, k);
    if (storage !== undefined) assemble(own, cells, storage, map, massValue);
    if (fixed !== undefined) assemble(own, cells, fixed, map, fixedValue);
  }
  return { matrix, massValue, fixedValue };
}

/** s in the particles; `linear`: whether diffusion is. */
function lithiumField(space: Space, spec: BulkSpec, unknowns: ElectrochemicalUnknowns, linear: boolean): BulkField {
  const cells = bodyCells(space, "particle");
  const scale = FARADAY * spec.maximumConcentration;
  const diffusivity = linear ? spec.diffusivity.value(0.5) : 0;
  return {
    space,
    cells,
    unknown: cellUnknowns(space.mesh, cells, unknowns.lithium),
    storage: mass(() => scale),
    ...(linear && { conduction: diffusion(() => scale * diffusivity) }),
  };
}

/** φ in the carbon/binder, on a mesh of its own where its kinds split cells. */
function potentialField(space: Space, { conductivity }: BulkSpec, { potential }: ElectrochemicalUnknowns): BulkField {
  const conductor = conductorSpace(space);
  const { mesh } = conductor;
  const cells = bodyCells(conductor, "binder");
  const unknown = cellUnknowns(mesh, cells, potential);
  const sigma = (cell: number): number => conductivity[mesh.region[cell] - mesh.particles];
  return { space: conductor, cells, unknown, conduction: diffusion(sigma) };
}

/** A potential in a body of one conductivity, S/m. */
function conducting(space: Space, body: "particle" | "binder", unknown: Int32Array, sigma: number): BulkField {
  const cells = bodyCells(space, body);
  return { space, cells, unknown: cellUnknowns(space.mesh, cells, unknown), conduction: diffusion(() => sigma) };
}

function bodyCells({ mesh }: Space, body: "particle" | "binder"): Int32Array {
  return cellsWhere(mesh, (region) => region < mesh.particles === (body === "particle"));
}
