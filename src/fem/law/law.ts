/**
 * Contracts of the point laws. A law says what happens at one point; it knows no mesh and no index loop.
 * Laws that return several numbers write them into an object that the caller owns and reuses.
 */

/** A scalar function of the stoichiometry s = c/c_max, with its derivative and the range it was measured on. */
export interface StoichiometryFunction {
  /** In the unit of the function. */
  value(s: number): number;
  /** Over s. */
  derivative(s: number): number;
  /** Range of s in which the source gives the function; outside it the function is continued smoothly. */
  readonly validity: readonly [low: number, high: number];
  /** True when the value is the same at every s: bulk operators can then be factored once. */
  readonly constant?: true;
}

/** The reaction at an interface point. */
export interface ReactionPoint {
  /** A/m², positive when lithium leaves the particle. */
  current: number;
  /** ∂i/∂(drive), S/m², at fixed exchange current. */
  conductance: number;
  /** ∂i/∂(exchange current density), dimensionless, at fixed drive. */
  exchangeSlope: number;
}

/** How damage acts back on the reaction. */
export interface FeedbackLaw {
  /** R_f(D), Ω m², in series with the reaction. */
  filmResistance(damage: number): number;
  /** S(D) in (0, 1], the share of the exchange current density that is left. */
  activity(damage: number): number;
}

/** Result of the interface's mechanical law at a point. */
export interface TractionPoint {
  /** Pa, positive in tension. */
  normal: number;
  /** Pa */
  shear: number;
  /** Secant stiffnesses, Pa/m: normal = normalSecant · normalGap, shear = shearSecant · shearGap. */
  normalSecant: number;
  shearSecant: number;
  /** Damage after this opening, never below the damage handed in. */
  damage: number;
  /**
   * Pa/m³, zero unless damage grows: the tangent is diag(normalSecant, shearSecant) − softening · g gᵀ with the opening
   * g = (⟨normalGap⟩, shearGap).
   */
  softening: number;
}

/** Traction–separation with an irreversible damage 0 ≤ D ≤ 1; compression is carried undamaged. */
export interface CohesiveLaw {
  /**
   * gaps in m: jump binder − particle along the particle's outward normal and along its tangent. `share` in [0, 1] of
   * the damage that the opening asks for is let through: 1 at rest, less in a step shorter than the law's relaxation.
   */
  traction(normalGap: number, shearGap: number, damage: number, out: TractionPoint, share?: number): void;
}

/**
 * What happens at an interface point p: values of the state in, fluxes and their block out, both times the point's weight.
 * It reads and writes its own place in the caller's `value` `[point][value]`, `flux` `[point][flux]` and `block`
 * `[point][flux][value]`.
 */
export interface ContactLaw {
  /** How many there are at a point. */
  readonly values: number;
  readonly fluxes: number;
  /** Write the fluxes. */
  flux(p: number, value: Float64Array, flux: Float64Array): void;
  /** Write ∂flux/∂value at the values of the point's latest flux. */
  block(p: number, value: Float64Array, block: Float64Array): void;
  /** flux −= block · value */
  subtract(p: number, block: Float64Array, value: Float64Array, flux: Float64Array): void;
}

/** Damage that gathers under the nominal traction, in Λ = −ln(1 − D). Its only memory is the latest level of the load. */
export interface FatigueLaw {
  /** t̂ ≥ 0, the level of the load, from the tractions in Pa. */
  level(normalTraction: number, shearTraction: number): number;
  /** ΔΛ ≥ 0 between two levels, `dt` s apart. */
  growth(from: number, to: number, dt: number): number;
  /** The level `dt` s on with which damage is foreseen, from that at hand and its slope in 1/s over the step before. */
  foreseen(level: number, slope: number, dt: number): number;
}

/** Isotropic eigenstrain as a function of stoichiometry; only differences matter. */
export type EigenstrainLaw = StoichiometryFunction;
