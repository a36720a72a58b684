/**
 * Closed forms of steady conduction in the carbon/binder and of the reaction in series with it.
 *
 *   σ  S/m;  R  Ω, or Ω m² where it is per area;  i  A/m²
 */

/** Resistance between concentric spheres of radii a < b, Ω: (1/a − 1/b)/(4πσ). */
export function sphericalShellResistance(inner: number, outer: number, conductivity: number): number {
  return (1 / inner - 1 / outer) / (4 * Math.PI * conductivity);
}

/** Resistance between coaxial cylinders of radii a < b over a length in m, Ω: ln(b/a)/(2πσL). */
export function cylindricalShellResistance(inner: number, outer: number, conductivity: number, length = 1): number {
  return Math.log(outer / inner) / (2 * Math.PI * conductivity * length);
}

/**
 * Field inside a round inclusion over the far field: 3σ_m/(σ_i + 2σ_m) for a sphere, 2σ_m/(σ_i + σ_m) for a disk.
 * Maxwell, A Treatise on Electricity and Magnetism (1873), art. 310–314.
 */
export function inclusionField(shape: "sphere" | "disk", inclusion: number, matrix: number): number {
  const dimension = { sphere: 3, disk: 2 }[shape];
  return (dimension * matrix) / (inclusion + (dimension - 1) * matrix);
}

/**
 * Current density through a slab that ends in a linear reaction, A/m²: V − U = i (L/σ + R_ct).
 *
 * @param voltage V, V − U
 * @param length m
 * @param reaction Ω m², R_ct = V_T/i0
 */
export function slabCurrent(voltage: number, length: number, conductivity: number, reaction: number): number {
  return voltage / (length / conductivity + reaction);
}

/** One of two branches between the same potentials. */
export interface Branch {
  /** Ω m² of the carbon/binder. */
  readonly ohmic: number;
  /** Ω m² of the reaction. */
  readonly reaction: number;
  /** Ω m² of the film. */
  readonly film: number;
}

/** i_first / i_second */
export function dividerRatio(first: Branch, second: Branch): number {
  return resistance(second) / resistance(first);
}

/** Currents of parallel branches that share a total, A/m² times the branches' equal areas; sums to `total`. */
export function dividerCurrents(branches: readonly Branch[], total: number): Float64Array {
  const conductances = branches.map((branch) => 1 / resistance(branch));
  const sum = conductances.reduce((a, b) => a + b, 0);
  return Float64Array.from(conductances, (g) => (total * g) / sum);
}

function resistance({ ohmic, reaction, film }: Branch): number {
  return ohmic + reaction + film;
}

/** 2 V_T asinh(i / 2 i0), V. */
export function reactionOverpotential(current: number, exchange: number, thermalVoltage: number): number {
  return 2 * thermalVoltage * Math.asinh(current / (2 * exchange));
}

/** Relative error of the linear reaction i = i0 η/V_T at an overpotential: (η/2V_T)²/6 to leading order. */
export function linearReactionError(overpotential: number, thermalVoltage: number): number {
  const x = overpotential / (2 * thermalVoltage);
  return Math.sinh(x) / x - 1;
}
