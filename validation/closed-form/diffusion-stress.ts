/**
 * Stress in a free sphere or a free long cylinder (plane strain) from a radial concentration profile.
 *
 *   sphere    σ_r = (2ΩE/9(1−ν)) [C(R) − C(r)],   σ_θ = (ΩE/9(1−ν)) [2C(R) + C(r) − 3c(r)],   C(r) = (3/r³)∫₀^r c r² dr
 *   cylinder  σ_r = (ΩE/3(1−ν)) [I(R)/R² − I(r)/r²],  σ_θ = (…) [I(R)/R² + I(r)/r² − c],
 *             σ_z = (…) [2ν I(R)/R² − c],                                              I(r) = ∫₀^r c r dr
 *
 *   c  mol/m³ from the stress-free state;  Ω  m³/mol;  E  Pa;  σ  Pa
 *
 * Source: Cheng & Verbrugge, J. Power Sources 190 (2009) 453–460 (sphere); Zhang, Shyy & Sastry, J. Electrochem. Soc. 154
 * (2007) A910–A916; Timoshenko & Goodier, Theory of Elasticity, 3rd ed. (1970), section 151 (cylinder).
 */

export interface SwellingBody {
  /** m */
  readonly radius: number;
  /** m³/mol */
  readonly partialMolarVolume: number;
  /** Pa */
  readonly youngModulus: number;
  readonly poissonRatio: number;
}

export interface RadialStress {
  /** Pa */
  readonly radial: number;
  readonly hoop: number;
  /** Along the axis; equal to `hoop` in a sphere. */
  readonly axial: number;
}

/** Panels of the Gauss rule: exact for polynomials up to degree 7 of c r². */
const PANELS = 64;
const POINTS = [
  [-0.8611363115940526, 0.34785484513745385],
  [-0.33998104358485626, 0.6521451548625461],
  [0.33998104358485626, 0.6521451548625461],
  [0.8611363115940526, 0.34785484513745385],
] as const;

/** Stress at r in a sphere with the profile c(r). */
export function sphereStress(body: SwellingBody, profile: (r: number) => number, r: number): RadialStress {
  const scale = (body.partialMolarVolume * body.youngModulus) / (9 * (1 - body.poissonRatio));
  const all = moment(profile, body.radius, 2) / (body.radius ** 3 / 3);
  const inner = r > 0 ? moment(profile, r, 2) / (r ** 3 / 3) : profile(0);
  const hoop = scale * (2 * all + inner - 3 * profile(r));
  return { radial: 2 * scale * (all - inner), hoop, axial: hoop };
}

/** Stress at r in a long cylinder kept at its length (ε_zz = 0). */
export function cylinderStress(body: SwellingBody, profile: (r: number) => number, r: number): RadialStress {
  const scale = (body.partialMolarVolume * body.youngModulus) / (3 * (1 - body.poissonRatio));
  const all = moment(profile, body.radius, 1) / body.radius ** 2;
  const inner = r > 0 ? moment(profile, r, 1) / r ** 2 : profile(0) / 2;
  return {
    radial: scale * (all - inner),
    hoop: scale * (all + inner - profile(r)),
    axial: scale * (2 * body.poissonRatio * all - profile(r)),
  };
}

/**
 * Settled stress in a sphere under a constant flux, c = c_centre + j r²/(2 D R).
 *
 * @param flux mol/(m² s), into the sphere: −i/F
 * @param diffusivity m²/s
 */
export function settledSphereStress(body: SwellingBody, flux: number, diffusivity: number, r: number): RadialStress {
  const { radius, partialMolarVolume, youngModulus, poissonRatio } = body;
  const scale = (partialMolarVolume * youngModulus * flux) / (15 * diffusivity * radius * (1 - poissonRatio));
  const hoop = scale * (radius ** 2 - 2 * r ** 2);
  return { radial: scale * (radius ** 2 - r ** 2), hoop, axial: hoop };
}

/** ∫₀^end c(r) r^power dr */
function moment(profile: (r: number) => number, end: number, power: number): number {
  const half = end / (2 * PANELS);
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel++)
    for (const [point, weight] of POINTS) {
      const r = half * (2 * panel + 1 + point);
      sum += weight * profile(r) * r ** power;
    }
  return half * sum;
}
