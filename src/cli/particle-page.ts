import { join } from "node:path";
import { buildReportOf } from "../report/kinds.js";
import { type FoundParticles, type OwnSummary, writeParticleFolder } from "../result/particle-folder.js";

/** The folder of `segment` or `measure` with its page. */
export async function written<Own extends OwnSummary>(folder: string, found: FoundParticles, own: Own) {
  const summary = writeParticleFolder(folder, found, own);
  await buildReportOf([folder], join(folder, "report.html"));
  return summary;
}
