import { vegardFile } from "../../result/result-files.js";
import { kindOfFolder } from "./report-kind.js";

/** Of a composition-strain law. */
export const vegardReport = kindOfFolder(vegardFile, async (folder, out) => {
  const { buildVegardReport } = await import("../vegard/vegard-report.js");
  await buildVegardReport(folder, out);
});
