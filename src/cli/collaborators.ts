import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeVtu } from "../fem/mesh/vtu.js";
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
  buildReport: async (folders, out) => {
    const { isSweepFolder, buildSweepReport } = await import("../report/sweep/report.js");
    if (isSweepFolder(folders[0])) return buildSweepReport(folders[0], out);
    if (existsSync(join(folders[0], "learn.json")))
      return (await import("../report/learn/report.js")).buildLearnReport(folders[0], out);
    if (existsSync(join(folders[0], "vegard.json")))
      return (await import("../report/vegard/report.js")).buildVegardReport(folders[0], out);
    if (existsSync(join(folders[0], "compare.json")))
      return (await import("../report/compare/report.js")).buildCompareReport(folders[0], out);
    if (existsSync(join(folders[0], "fit.json")))
      return (await import("../report/fit/report.js")).buildFitReport(folders[0], out);
    if (existsSync(join(folders[0], "contacts.csv")))
      return (await import("../report/particles/particle-report.js")).buildParticleReport(folders[0], out);
    return (await import("../report/report.js")).buildReport(folders, out);
  },
};
