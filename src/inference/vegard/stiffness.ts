/**
 * Stiffness of an orthorhombic crystal of which a picture shows a plane.
 *
 *   C_ij   GPa   i, j = 1 … 6: aa, bb, cc, bc, ac, ab
 *
 * Free-standing particles do not care about the scale of C, only about its shape.
 */

/** In-plane stiffness σ = C [ε₁₁, ε₂₂, 2ε₁₂]: C₁₁, C₁₂, C₁₆, C₂₂, C₂₆, C₆₆. */
export type PlaneStiffness = readonly [number, number, number, number, number, number];

/** Symmetric tensor of the plane: 11, 22, 12. */
export type PlaneTensor = readonly [number, number, number];

/** GPa */
export interface CrystalStiffness {
  readonly c11: number;
  readonly c22: number;
  readonly c33: number;
  readonly c44: number;
  readonly c55: number;
  readonly c66: number;
  readonly c12: number;
  readonly c13: number;
  readonly c23: number;
}

export const crystalAxes = ["a", "b", "c"] as const;
export type CrystalAxis = (typeof crystalAxes)[number];

/** Thin along the third axis, or held along it. */
export const planeStates = ["planeStress", "planeStrain"] as const;
export type PlaneState = (typeof planeStates)[number];

/** Computed by Maxisch & Ceder, Phys. Rev. B 73, 174112 (2006), GGA+U; axes of space group Pnma. */
export const crystals = {
  LiFePO4: { c11: 138.9, c22: 198.0, c33: 173.0, c44: 36.8, c55: 50.6, c66: 47.6, c12: 72.8, c13: 52.5, c23: 45.8 },
  FePO4: { c11: 175.9, c22: 153.6, c33: 135.0, c44: 38.8, c55: 47.5, c66: 55.6, c12: 29.6, c13: 54.0, c23: 19.6 },
} as const satisfies Readonly<Record<string, CrystalStiffness>>;
export type CrystalName = keyof typeof crystals;

/** From Young's modulus (GPa) and Poisson's ratio. */
export function isotropicCrystal(youngModulus: number, poissonRatio: number): CrystalStiffness {
  const mu = youngModulus / (2 * (1 + poissonRatio));
  const lambda = (youngModulus * poissonRatio) / ((1 + poissonRatio) * (1 - 2 * poissonRatio));
  const along = lambda + 2 * mu;
  return { c11: along, c22: along, c33: along, c44: mu, c55: mu, c66: mu, c12: lambda, c13: lambda, c23: lambda };
}

/**
 * The plane of two crystal axes, the first lying `angle` rad from x towards y.
 * @throws RangeError when the axes are the same or the crystal is not stable.
 */
export function planeStiffness(
  crystal: CrystalStiffness,
  [first, second]: readonly [CrystalAxis, CrystalAxis],
  state: PlaneState,
  angle: number,
): PlaneStiffness {
  const [i, j] = [crystalAxes.indexOf(first), crystalAxes.indexOf(second)];
  if (i === j)
    throw new RangeError(`Stiffness of a plane: found the axes ${first} and ${second}; give two of a, b, c.`);
  const n = 3 - i - j;
  const { c11, c22, c33, c44, c55, c66, c12, c13, c23 } = crystal;
  const normal = [
    [c11, c12, c13],
    [c12, c22, c23],
    [c13, c23, c33],
  ];
  const shear = [c44, c55, c66][n];
  const free = state === "planeStress" ? 1 / normal[n][n] : 0;
  const entry = (p: number, q: number) => normal[p][q] - free * normal[p][n] * normal[n][q];
  const own = [entry(i, i), entry(i, j), entry(j, j)] as const;
  if (!(own[0] > 0 && own[0] * own[2] > own[1] ** 2 && shear > 0))
    throw new RangeError(
      `Stiffness of a plane: found ${own.join(", ")} and ${shear} GPa, which no stable crystal has; check its constants.`,
    );
  return turned(own[0], own[1], own[2], shear, angle);
}

/** Stiffness of crystal axes in axes from which they are turned by `angle`. */
function turned(c11: number, c12: number, c22: number, c66: number, angle: number): PlaneStiffness {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const mixed = c12 + 2 * c66;
  const [cc, ss, cs] = [c * c, s * s, c * s];
  return [
    c11 * cc * cc + 2 * mixed * cc * ss + c22 * ss * ss,
    (c11 + c22 - 4 * c66) * cc * ss + c12 * (cc * cc + ss * ss),
    cs * (c11 * cc - c22 * ss - mixed * (cc - ss)),
    c11 * ss * ss + 2 * mixed * cc * ss + c22 * cc * cc,
    cs * (c11 * ss - c22 * cc + mixed * (cc - ss)),
    (c11 + c22 - 2 * c12) * cc * ss + c66 * (cc - ss) ** 2,
  ];
}

/** A plane stiffness between two, by share of the second. */
export function mixedStiffness(empty: PlaneStiffness, full: PlaneStiffness, share: number): PlaneStiffness {
  const at = (k: number) => empty[k] + share * (full[k] - empty[k]);
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}

/** Unit strain of a component of the law, in the axes of the picture. Components: first axis, second axis, their shear. */
export function unitStrain(component: 0 | 1 | 2, angle: number): PlaneTensor {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  if (component === 0) return [c * c, s * s, c * s];
  if (component === 1) return [s * s, c * c, -c * s];
  return [-2 * c * s, 2 * c * s, c * c - s * s];
}
