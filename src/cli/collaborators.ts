import { writeVtu } from "../fem/mesh/vtu.js";
import { buildReportOf } from "../report/kinds.js";
import type { FieldEncoder } from "../result/field-files.js";
import type { Start } from "../study/run.js";
import { startSimulation } from "../study/simulation.js";
import type { WorkerProgram } from "../study/sweep/engine.js";

/** What commands set to work; tests hand in others. */
export interface Collaborators {
  readonly start: Start;
  readonly encodeFields: FieldEncoder;
  /** Of results folders, or of one folder of a sweep, of learning, of a comparison, of a fit or of particles in a tomogram. */
  readonly buildReport: (folders: string[], out: string) => Promise<void>;
  /** What the workers of a sweep are; this program unless given. */
  readonly worker?: WorkerProgram;
}

export const collaborators: Collaborators = {
  start: startSimulation,
  encodeFields: writeVtu,
  buildReport: buildReportOf,
};
