/**
 * The plane section that a body is meshed in, and what it stands for; asked for by what it is, never by its name. A kind of
 * its own is one more entry of `sections`.
 */
export interface Section {
  /** Dimensions of the particles: disks of unit depth (2) or balls (3). */
  readonly dimension: 2 | 3;
  /** Whether the section is turned about x1 = 0, so that its side there is an axis and particles sit on it. */
  readonly revolved: boolean;
  /** rad, of a particle's outline that lies in the section: 2π, or π on an axis. */
  readonly turn: number;
  /** What x1 and x2 are called. */
  readonly axes: readonly [string, string];
  /** Volume per area of the section at distance x1: 1 (per m of depth) or 2πr. */
  measure(x1: number): number;
}

/** The names that scenario files use; the first is the default. */
export const sectionKinds = ["plane", "axisymmetric"] as const;
export type SectionKind = (typeof sectionKinds)[number];

export const sections: Readonly<Record<SectionKind, Section>> = {
  plane: { dimension: 2, revolved: false, turn: 2 * Math.PI, axes: ["x", "y"], measure: () => 1 },
  axisymmetric: { dimension: 3, revolved: true, turn: Math.PI, axes: ["r", "z"], measure: (r) => 2 * Math.PI * r },
};

/**
 * What a coordinate system adds to a two-dimensional cell: the measure of a point and the strain out of the plane.
 * Strains and stresses have four components [11, 22, 33, 12]: x, y, z (plane) or r, z, θ (axisymmetric).
 *   ε₃₃ = hoop(x₁) u₁ + e₀,   e₀ = 0 unless the body lengthens, else uniform and such that ∫σ₃₃ dA = 0.
 */
export interface Coordinates extends Section {
  readonly name: string;
  /** What the particles are, for people to read. */
  readonly particles: string;
  /** What the stress state does to the stresses, for people to read. */
  readonly stresses: string;
  /** Factor of u₁ in ε₃₃: 0 or 1/r. */
  hoop(x1: number): number;
  /** Whether the depth takes the uniform strain e₀ that leaves no force along it. */
  readonly lengthens: boolean;
}

const flat = { ...sections.plane, hoop: () => 0 } as const;

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
  ...sections.axisymmetric,
  name: "axisymmetric",
  particles: "spheres on an axis",
  stresses: "Spheres on an axis: the hoop strain follows from the radial displacement.",
  hoop: (r) => 1 / r,
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
