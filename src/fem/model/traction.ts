import type { ContactPoints } from "../assembly/contact-points.js";
import type { Coupling, Role } from "../assembly/contact-term.js";
import { type InterfaceLaw, interfacePoint, type Span } from "../law/interface-law.js";
import type { ContactLaw } from "../law/law.js";
import { type ContactState, copyContact, type ReachedContact, reachedContact } from "./contact-state.js";

/**
 * The interface's traction at a point, by a law in its own axes:
 *   δ_n = [[u]]·n,   δ_s = [[u]]·τ,   t = t_n n + t_s τ,   [[u]] = u(binder) − u(particle)
 * with the normal n out of the particle and the tangent τ, n turned counter-clockwise. Values are the components of [[u]] in
 * m, fluxes those of w t in N (per m of depth); the block is w (k_n n nᵀ + k_s τ τᵀ − h g gᵀ), k the secant stiffnesses, h the
 * softening and g = ⟨δ_n⟩ n + δ_s τ.
 */
export interface TractionLaw extends ContactLaw {
  /** Take D and t̂ of before a step, and the step. */
  take(from: Remembered, over: Span): void;
  /** Write gaps, their level and damage of the latest evaluation into the contact state, and the tractions of `flux` `[point][2]` N. */
  report(contact: ReachedContact, flux: Float64Array): void;
}

/** What points remember, `[point]`. */
export type Remembered = Pick<ContactState, "damage" | "level">;

export function tractionLaw(law: InterfaceLaw, { count, normal, weight }: ContactPoints): TractionLaw {
  const column = (): Float64Array => new Float64Array(count);
  const [normalSecant, shearSecant, softening] = [column(), column(), column()];
  const reached = reachedContact({ count });
  const at = interfacePoint();
  const memory = { damage: 0, level: 0 };
  let from: Remembered = { damage: column(), level: column() };
  let over: Span = atRest;
  return {
    values: 2,
    fluxes: 2,
    take: (before, step) => {
      from = before;
      over = step;
    },
    flux: (p, value, flux) => {
      const [nx, ny, w] = [normal[2 * p], normal[2 * p + 1], weight[p]];
      const [dx, dy] = [value[2 * p], value[2 * p + 1]];
      const opened = dx * nx + dy * ny;
      const slid = dy * nx - dx * ny;
      memory.damage = from.damage[p];
      memory.level = from.level[p];
      law.traction(opened, slid, memory, over, at);
      reached.normalGap[p] = opened;
      reached.shearGap[p] = slid;
      reached.normalTraction[p] = at.normal;
      reached.shearTraction[p] = at.shear;
      reached.damage[p] = at.damage;
      reached.level[p] = at.level;
      reached.opened[p] = at.opened;
      normalSecant[p] = at.normalSecant;
      shearSecant[p] = at.shearSecant;
      softening[p] = at.softening;
      flux[2 * p] = w * (at.normal * nx - at.shear * ny);
      flux[2 * p + 1] = w * (at.normal * ny + at.shear * nx);
    },
    block: (p, _, block) => {
      const [nx, ny, w] = [normal[2 * p], normal[2 * p + 1], weight[p]];
      const size = { normal: w * normalSecant[p], shear: w * shearSecant[p], softening: w * softening[p] };
      const [open, slid] = [Math.max(0, reached.normalGap[p]), reached.shearGap[p]];
      writeBlock(size, [nx, ny], [open * nx - slid * ny, open * ny + slid * nx], block.subarray(4 * p));
    },
    subtract: (p, block, value, flux) => {
      const e = 4 * p;
      const dx = value[2 * p];
      const dy = value[2 * p + 1];
      flux[2 * p] = flux[2 * p] - block[e] * dx - block[e + 1] * dy;
      flux[2 * p + 1] = flux[2 * p + 1] - block[e + 2] * dx - block[e + 3] * dy;
    },
    report: (contact, flux) => {
      copyContact(reached, contact);
      reportTractions(flux, { normal, weight }, contact);
    },
  };
}

/** k_n n nᵀ + k_s τ τᵀ − h g gᵀ */
function writeBlock(
  {
    normal: kn,
    shear: kt,
    softening: drop,
  }: { readonly normal: number; readonly shear: number; readonly softening: number },
  [nx, ny]: readonly [number, number],
  [gx, gy]: readonly [number, number],
  out: Float64Array,
): void {
  out[0] = kn * nx * nx + kt * ny * ny - drop * gx * gx;
  out[1] = (kn - kt) * nx * ny - drop * gx * gy;
  out[2] = out[1];
  out[3] = kn * ny * ny + kt * nx * nx - drop * gy * gy;
}

/** Tractions by the fluxes, in Pa; as they are where a point has no surface. */
function reportTractions(
  flux: Float64Array,
  { normal, weight }: Pick<ContactPoints, "normal" | "weight">,
  contact: ContactState,
): void {
  for (let p = 0; p < weight.length; p++) {
    const [fx, fy, nx, ny, w] = [flux[2 * p], flux[2 * p + 1], normal[2 * p], normal[2 * p + 1], weight[p]];
    if (!(w > 0)) continue;
    contact.normalTraction[p] = (fx * nx + fy * ny) / w;
    contact.shearTraction[p] = (fy * nx - fx * ny) / w;
  }
}

/** No step: all the damage that an opening asks for, and none by time. */
export const atRest: Span = { h: 0, share: 1 };

/** The displacements of both sides at each point; `displacement` `[node][2]` their unknowns. */
export function tractionCoupling(points: ContactPoints, displacement: Int32Array): Coupling {
  const side = (node: Int32Array, component: number, sign: 1 | -1): Role => ({
    unknown: node.map((at) => displacement[2 * at + component]),
    value: component,
    flux: component,
    sign,
  });
  const { particleNode, binderNode } = points;
  return {
    roles: [side(particleNode, 0, -1), side(particleNode, 1, -1), side(binderNode, 0, 1), side(binderNode, 1, 1)],
    level: null,
  };
}
