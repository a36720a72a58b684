import { learnFile } from "../../result/result-files.js";
import { kindOfFolder } from "./report-kind.js";

/** Of what was learned of attributes. */
export const learnReport = kindOfFolder(learnFile, async (folder, out) => {
  const { buildLearnReport } = await import("../learn/learn-report.js");
  await buildLearnReport(folder, out);
});
