/**
 * `synchrode/network`: packings of disks and spheres, their coverage and neighbourhood, and the reduced model of thousands of
 * particles on the laws of the finite-element one. Lengths in m, SI units throughout.
 */

export { type Draws, draws } from "../draws/draws.js";
export type { Tridiagonals } from "../fem/linear/tridiagonal.js";
export {
  ballMeasure,
  boxMeasure,
  type Domain,
  type Packing,
  relativeDepths,
  solidFraction,
  solidMeasure,
} from "../space/packing.js";
export { type CoverageSpec, coverageOf } from "./coverage/coverage.js";
export { facingCollector, randomDirections } from "./coverage/patch-direction.js";
export type { CoveredPacking } from "./graph/covered-packing.js";
export type { ModeSolver, ModeSolving } from "./model/mode-solver.js";
export { type NetworkResolution, type NetworkSpec, network } from "./model/network.js";
export type { RadialMode } from "./model/radial.js";
export {
  type Neighbourhood,
  type NeighbourhoodOptions,
  neighbourhood,
  type ParticleSurroundings,
} from "./neighbours/attributes.js";
export type { Contacts } from "./neighbours/contacts.js";
export type { LatticeSpacing } from "./packing/lattice-packing.js";
export {
  faceCentredCubic,
  hexagonal,
  hexagonalClosePacked,
  type Lattice,
  type LatticeSpec,
  packOnLattice,
  simpleCubic,
} from "./packing/lattice-packing.js";
export {
  empiricalRadii,
  lognormalRadii,
  lognormalRadiiOf,
  normalRadii,
  type RadiusDistribution,
} from "./packing/radius-distribution.js";
export { type PackingResult, type PackingSpec, packAtRandom } from "./packing/random-packing.js";
export type { Start } from "./packing/start.js";
