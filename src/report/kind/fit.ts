import { fitFile } from "../../result/result-files.js";
import { kindOfFolder } from "./report-kind.js";

/** Of a fit. */
export const fitReport = kindOfFolder(fitFile, async (folder, out) => {
  const { buildFitReport } = await import("../fit/fit-report.js");
  await buildFitReport(folder, out);
});
