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
type WithInterface = (
  misfit: Misfit,
  interfaceStiffness: number,
  outer?: Outer,
) => { readonly traction: number; readonly opening: number };

const behind =
  (stiffnesses: typeof sphereStiffnesses): WithInterface =>
  (misfit, interfaceStiffness, outer) => {
    const traction = series(misfit, stiffnesses(misfit, outer), interfaceStiffness);
    return { traction, opening: traction / interfaceStiffness };
  };

export const sphereWithInterface = behind(sphereStiffnesses);

/** The same for the plane-strain cylinder. */
export const cylinderWithInterface = behind(cylinderStiffnesses);

/** A cylinder that is free along its axis. */
export interface FreeCylinder {
  /** Pa, radial traction at the particle's surface. */
  readonly traction: number;
  /** m */
  readonly opening: number;
  /** ε_zz of particle and binder alike. */
  readonly axialStrain: number;
  /** Pa, uniform in each: particle, binder. */
  readonly axialStress: readonly [core: number, shell: number];
  /** Pa, in the shell at the particle's surface. */
  readonly hoopStress: number;
}

/**
 * The cylinder in generalised plane strain: core and shell take one axial strain e₀, and no axial force is left,
 * a²σ_zz(core) + (b² − a²)σ_zz(shell) = 0. The core alone would have the in-plane strain (1 + ν)ε* − νe₀.
 */
export function cylinderFreeAlong(misfit: Misfit, interfaceStiffness: number, outer: Outer): FreeCylinder {
  const force = (e0: number): number => {
    const [core, shell] = cylinderAtStrain(misfit, interfaceStiffness, outer, e0).axialStress;
    return core + (outer.ratio ** 2 - 1) * shell;
  };
  // The force is affine in e₀.
  const held = force(0);
  return cylinderAtStrain(misfit, interfaceStiffness, outer, -held / (force(1) - held));
}

function cylinderAtStrain(misfit: Misfit, interfaceStiffness: number, outer: Outer, e0: number): FreeCylinder {
  const { core, shell, eigenstrain, radius } = misfit;
  const k = cylinderStiffnesses(misfit, outer);
  const q = volumeShare(outer) ** 2;
  const [inCore, inShell] = [2 * (core.lambda + core.mu), 2 * (shell.lambda + shell.mu)];
  const fixed = outer.condition === "fixed";
  /** A of u = A r + B/r in the shell under a traction t at r = a. */
  const uniform = (t: number): number =>
    fixed
      ? (t - shell.lambda * e0) / (inShell + (2 * shell.mu) / q)
      : -((t * q) / (1 - q) + shell.lambda * e0) / inShell;
  /** Where the shell alone would be at r = a, over a. */
  const hole = uniform(0) * (fixed ? 1 - 1 / q : 1);
  const free = k.amplification * eigenstrain - (core.lambda / inCore) * e0;
  const compliance = 1 / k.core + 1 / k.shell + 1 / (interfaceStiffness * radius);
  const traction = (hole - free) / compliance;
  const inPlane = free + traction / inCore;
  const axial = (of: Isotropic, across: number): number => 2 * of.lambda * across + (of.lambda + 2 * of.mu) * e0;
  return {
    traction,
    opening: traction / interfaceStiffness,
    axialStrain: e0,
    axialStress: [axial(core, inPlane) - 3 * core.bulk * eigenstrain, axial(shell, uniform(traction))],
    // Radial and hoop stress have one sum throughout the shell.
    hoopStress: 2 * (inShell * uniform(traction) + shell.lambda * e0) - traction,
  };
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
