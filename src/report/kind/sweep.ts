import { sweepFiles } from "../../result/result-files.js";
import { kindOfFolder } from "./report-kind.js";

/** Of a sweep. */
export const sweepReport = kindOfFolder(sweepFiles.record, async (folder, out) => {
  const { buildSweepReport } = await import("../sweep/sweep-report.js");
  await buildSweepReport(folder, out);
});
