/** What a program may import from `synchrode`. */

export { activeMaterials } from "./fem/material/library.js";
export type { Geometry, MeshSettings } from "./fem/mesh/geometry.js";
export type { Mesh } from "./fem/mesh/mesh.js";
export { writeMsh } from "./fem/mesh/msh.js";
export { meshCircles } from "./fem/mesh/triangulation.js";
export { readVtu, writeVtu } from "./fem/mesh/vtu.js";
export type { CathodeSpec } from "./fem/model/cathode.js";
export { cathode } from "./fem/model/cathode.js";
export type { Checkpoint, Ending, Fields, Frame, Simulation } from "./fem/model/frame.js";
export { judge } from "./inference/criteria.js";
export { measureSynchronisation } from "./inference/synchronisation.js";
export { buildReport } from "./report/report.js";
export { InputFault } from "./scenario/faults.js";
export { loadScenario } from "./scenario/load.js";
export type { Scenario } from "./scenario/scenario.js";
export { runScenario } from "./study/run.js";
export { cathodeSpec, startSimulation } from "./study/simulation.js";
