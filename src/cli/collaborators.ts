import { writeVtu } from "../fem/mesh/vtu.js";
import type { FieldEncoder } from "../scenario/result/field-files.js";
import type { Start } from "../scenario/run.js";
import { startSimulation } from "../scenario/simulation.js";

/** What commands set to work; tests hand in others. */
export interface Collaborators {
  readonly start: Start;
  readonly encodeFields: FieldEncoder;
  readonly buildReport: (folders: string[], out: string) => Promise<void>;
}

export const collaborators: Collaborators = {
  start: startSimulation,
  encodeFields: writeVtu,
  buildReport: async (folders, out) => (await import("../report/report.js")).buildReport(folders, out),
};
