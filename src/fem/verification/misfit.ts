/**
 * Traction on a round particle of radius a whose lattice has the isotropic linear eigenstrain ε*, in a concentric
 * binder of outer radius b: free at b, held at b, or infinite. Positive is tension (ε* < 0, shrinking).
 *
 *   core i, shell m;  K bulk, μ shear, λ Lamé modulus, Pa
 *   sphere, and plane-strain cylinder (ε_zz = 0, the eigenstrain acts in all three directions)
 *
 * Lamé's thick shell on Eshelby's inclusion: Timoshenko & Goodier, Theory of Elasticity, 3rd ed. (1970), sections 28
 * and 136; Mura, Micromechanics of Defects in Solids, 2nd ed. (1987), section 11.
 */
import type { Isotropic } from "./isotropic.js";

export interface Misfit {
  readonly core: Isotropic;
  readonly shell: Isotropic;
  /** ε*, negative when the particle shrinks. */
  readonly eigenstrain: number;
  /** m */
  readonly radius: number;
}

/** What surrounds the binder at b = `ratio` · a; leave it out for an infinite binder. */
export interface Outer {
  readonly ratio: number;
  readonly condition: "free" | "fixed";
}

/** Radial stiffness of the body on either side of the interface: pressure per radial displacement, in units of 1/a. */
interface Stiffnesses {
  readonly core: number;
  readonly shell: number;
  /** Radial displacement of the free core over ε* a. */
  readonly amplification: number;
}

/** Radial traction at the particle's surface, Pa. */
export function sphereTraction(misfit: Misfit, outer?: Outer): number {
  return series(misfit, sphereStiffnesses(misfit, outer), Infinity);
}

/** The same for the plane-strain cylinder; the in-plane eigenstrain is amplified by 1 + ν of the core. */
export function cylinderTraction(misfit: Misfit, outer?: Outer): number {
  return series(misfit, cylinderStiffnesses(misfit, outer), Infinity);
}

/**
 * Traction and opening with an elastic interface between particle and binder.
 *
 * @param interfaceStiffness Pa/m
 * @returns traction in Pa, opening in m
 */
export function sphereWithInterface(
  misfit: Misfit,
  interfaceStiffness: number,
  outer?: Outer,
): { readonly traction: number; readonly opening: number } {
  const traction = series(misfit, sphereStiffnesses(misfit, outer), interfaceStiffness);
  return { traction, opening: traction / interfaceStiffness };
}

/** The same for the plane-strain cylinder. */
export function cylinderWithInterface(
  misfit: Misfit,
  interfaceStiffness: number,
  outer?: Outer,
): { readonly traction: number; readonly opening: number } {
  const traction = series(misfit, cylinderStiffnesses(misfit, outer), interfaceStiffness);
  return { traction, opening: traction / interfaceStiffness };
}

/** Core, interface and shell are springs in series that close the free misfit. */
function series(misfit: Misfit, k: Stiffnesses, interfaceStiffness: number): number {
  const compliance = 1 / k.core + 1 / k.shell + 1 / (interfaceStiffness * misfit.radius);
  return (-misfit.eigenstrain * k.amplification) / compliance;
}

function sphereStiffnesses({ core, shell }: Misfit, outer?: Outer): Stiffnesses {
  const q = outer ? volumeShare(outer) ** 3 : 0;
  // u = A r + B/r³ · r:  σ = 3K A − 4μ B/r³; free: A = 4μ B q/(3K), fixed: A = −B q, with B/a³ = 1.
  const uniform = outer?.condition === "fixed" ? -q : (4 * shell.mu * q) / (3 * shell.bulk);
  return {
    core: 3 * core.bulk,
    shell: (4 * shell.mu - 3 * shell.bulk * uniform) / (1 + uniform),
    amplification: 1,
  };
}

function cylinderStiffnesses({ core, shell }: Misfit, outer?: Outer): Stiffnesses {
  const q = outer ? volumeShare(outer) ** 2 : 0;
  const inPlane = 2 * (shell.lambda + shell.mu);
  const uniform = outer?.condition === "fixed" ? -q : (2 * shell.mu * q) / inPlane;
  const coreInPlane = 2 * (core.lambda + core.mu);
  return {
    core: coreInPlane,
    shell: (2 * shell.mu - inPlane * uniform) / (1 + uniform),
    amplification: (3 * core.bulk) / coreInPlane,
  };
}

function volumeShare(outer: Outer): number {
  if (!(outer.ratio > 1))
    throw new RangeError(
      `misfit in a shell: found the ratio ${outer.ratio} of outer to inner radius; it must exceed 1.`,
    );
  return 1 / outer.ratio;
}
