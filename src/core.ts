/**
 * `synchrode/core`: the model without files, processes or a terminal, in a browser as in Node, in the same bits. Scenarios are
 * texts or objects, laws and materials are values, results are frames. All numbers are in SI units.
 */

export { type CohesiveChoice, cohesiveLaw } from "./fem/law/cohesive/cohesives.js";
export type { CrackEffect, CrackingSolid, CrackLaw } from "./fem/law/crack/crack.js";
export { type CrackChoice, crackLaw } from "./fem/law/crack/cracks.js";
export type { CrackEffectChoice } from "./fem/law/crack/effects.js";
export { type EigenstrainChoice, eigenstrainLaw } from "./fem/law/eigenstrain/eigenstrains.js";
export { type FatigueChoice, fatigueLaw } from "./fem/law/fatigue/fatigues.js";
export { type FeedbackChoice, feedbackLaw } from "./fem/law/feedback/feedbacks.js";
export type {
  CohesiveLaw,
  EigenstrainLaw,
  FatigueLaw,
  FeedbackLaw,
  StoichiometryFunction,
  TractionPoint,
} from "./fem/law/law.js";
export { closedForm, constant, symmetricExchange, table } from "./fem/law/stoichiometry-function.js";
export type { ParticleContact } from "./fem/law/surface/surface.js";
export { type SurfaceChoice, surfaceLaw } from "./fem/law/surface/surfaces.js";
export type { ActiveMaterial } from "./fem/material/active-material.js";
export { activeMaterials } from "./fem/material/library.js";
export type { Mesh } from "./fem/mesh/mesh.js";
export {
  type Checkpoint,
  CheckpointMisfit,
  type Ending,
  type Fields,
  type Frame,
  isMeshed,
  type MeshedSimulation,
  type ParticleColumns,
  type Simulation,
} from "./fem/model/frame.js";
export { type Criterion, judge } from "./inference/criteria.js";
export type { RunRecord } from "./inference/run-record.js";
export type { CycleSpread, Onset } from "./inference/synchronisation.js";
export { measureSynchronisation, type Synchronisation } from "./inference/synchronisation.js";
export type { Trend } from "./inference/trend.js";
export { type Fault, InputFault, type Place } from "./scenario/faults.js";
export type { FileSource } from "./scenario/file-source.js";
export { type GivenFiles, type ScenarioInput, scenarioFrom } from "./scenario/from.js";
export { expressionFunction } from "./scenario/function/expression.js";
export type { FunctionChoice } from "./scenario/function/forms.js";
export type {
  NetworkChoice,
  Scenario,
} from "./scenario/scenario.js";
export type { ProtocolStep } from "./scenario/step/steps.js";
export { texts } from "./scenario/texts.js";
export { recordOf } from "./study/record-of.js";
export { type Frames, type Simulating, SimulationFailed, simulate } from "./study/simulate.js";
export type { OwnLaws } from "./study/simulation.js";
