/**
 * `synchrode/fem`: the finite-element method of the house: meshes of round particles, elements, assembly, the direct solver, and
 * the coupled model on a given mesh with given laws. Lengths in m, SI units throughout.
 */

export {
  assemble,
  type PointForm,
  type Space,
  spaceOf,
} from "./assembly/assemble.js";
export { type CellValues, cellValues } from "./assembly/cell-values.js";
export { diffusion, type Elastic, elastic, elasticity, mass } from "./assembly/forms.js";
export {
  axisymmetric,
  type Coordinates,
  coordinatesOf,
  generalisedPlaneStrain,
  planeStrain,
  type StressState,
} from "./coordinates/coordinates.js";
export type { Element, FacetElement } from "./element/element.js";
export { lineP1, lineP2 } from "./element/line.js";
export { type Quadrature, triangleQuadrature } from "./element/quadrature.js";
export { triangleP1 } from "./element/triangle-p1.js";
export { triangleP2 } from "./element/triangle-p2.js";
export type { CrackEffect, CrackLaw } from "./law/crack/crack.js";
export type { ParticleContact } from "./law/surface/surface.js";
export { type Csr, multiply } from "./linear/csr.js";
export {
  type DirectOptions,
  type DirectSolver,
  directSolver,
  type FactorKind,
  type FactorOutcome,
} from "./linear/direct.js";
export { elementPattern, scatterMap } from "./linear/pattern.js";
export { evenPatches, facingArc, measuredCoverage, randomPatches } from "./mesh/coverage.js";
export type { Arc, Circle, Geometry, MeshSettings } from "./mesh/geometry.js";
export type { BoundaryFacets, Conductor, ContactFacets, Mesh, Side } from "./mesh/mesh.js";
export { type Electrodes, type MshVersion, writeMsh } from "./mesh/msh.js";
export { angleHistogram, cellAngles, jacobianRatios, regionAreas, regionVolumes } from "./mesh/quality.js";
export { MeshTooPoor, meshCircles } from "./mesh/triangulation.js";
export { readVtu, type VtuContent, type VtuData, writeVtu } from "./mesh/vtu.js";
export { type CathodeSpec, cathode } from "./model/cathode.js";
export type { CrackedParticles } from "./model/crack-state.js";
export type { Control } from "./model/electrochemistry.js";
export type {
  Checkpoint,
  Ending,
  Fields,
  Frame,
  MeshedSimulation,
  ParticleColumns,
  Simulation,
} from "./model/frame.js";
export type { Instruction } from "./model/protocol.js";
export type { StepSizes } from "./time/step-size.js";
