/**
 * What a coordinate system adds to a two-dimensional cell: the measure of a point and the strain out of the plane.
 * Strains and stresses have four components [11, 22, 33, 12]: x, y, z (plane) or r, z, θ (axisymmetric).
 *   ε₃₃ = hoop(x₁) u₁ + e₀,   e₀ = 0 unless the body lengthens, else uniform and such that ∫σ₃₃ dA = 0.
 */
export interface Coordinates {
  readonly name: string;
  /** What the particles are, for people to read. */
  readonly particles: string;
  /** What the stress state does to the stresses, for people to read. */
  readonly stresses: string;
  /** Volume per area of the meridian plane at distance x1: 1 (per m of depth) or 2πr. */
  measure(x1: number): number;
  /** Factor of u₁ in ε₃₃: 0 or 1/r. */
  hoop(x1: number): number;
  /** Whether the section is turned about x1 = 0, so that its side there is an axis. */
  readonly revolved: boolean;
  /** Whether the depth takes the uniform strain e₀ that leaves no force along it. */
  readonly lengthens: boolean;
}

const flat = { measure: () => 1, hoop: () => 0, revolved: false } as const;

/** The depth keeps its length, ε_zz = 0; per metre of depth. */
export const planeStrain: Coordinates = {
  ...flat,
  name: "plane strain",
  particles: "disks in plane strain (held along their depth)",
  stresses:
    "Plane strain (ε_zz = 0): the depth is held, so that a particle whose lattice shrinks is stretched along it. " +
    "That stress, Young's modulus times the change of strain, is most of what is shown in the particles.",
  lengthens: false,
};

/** Sections stay plane and move apart freely: ε_zz = e₀ without axial force; per metre of depth. */
export const generalisedPlaneStrain: Coordinates = {
  ...flat,
  name: "generalised plane strain",
  particles: "disks in generalised plane strain (free along their depth)",
  stresses:
    "Generalised plane strain: all sections take one strain along the depth (Axial strain in timeseries.csv) without axial " +
    "force, so that a particle is stressed along it only as far as its lithium differs from the mean.",
  lengthens: true,
};

/** Bodies of revolution about x1 = 0. */
export const axisymmetric: Coordinates = {
  name: "axisymmetric",
  particles: "spheres on an axis",
  stresses: "Spheres on an axis: the hoop strain follows from the radial displacement.",
  measure: (r) => 2 * Math.PI * r,
  hoop: (r) => 1 / r,
  revolved: true,
  lengthens: false,
};

/** How a plane section is held along its depth, by the names that scenario files use; the first is the default. */
export const stressStates = ["generalised-plane-strain", "plane-strain"] as const;
/** A name of a stress state of plane sections. */
export type StressState = (typeof stressStates)[number];

const planes: Readonly<Record<StressState, Coordinates>> = {
  "generalised-plane-strain": generalisedPlaneStrain,
  "plane-strain": planeStrain,
};

/** The coordinates of a section; null where the section is one of a body of revolution. */
export function coordinatesOf(state: StressState | null): Coordinates {
  return state === null ? axisymmetric : planes[state];
}
