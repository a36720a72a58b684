import { compareFile } from "../../result/result-files.js";
import { kindOfFolder } from "./report-kind.js";

/** Of a comparison of particle tables. */
export const compareReport = kindOfFolder(compareFile, async (folder, out) => {
  const { buildCompareReport } = await import("../compare/compare-report.js");
  await buildCompareReport(folder, out);
});
