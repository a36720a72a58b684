import { existsSync } from "node:fs";
import { join } from "node:path";
import { runFiles } from "../../result/result-files.js";
import type { ReportKind } from "./report-kind.js";

/** Of runs: the first is what the page is about, the others stand beside it. */
export const runReport: ReportKind = {
  recognises: (folder) => existsSync(join(folder, runFiles.manifest)),
  build: async (folders, out) => {
    const { buildReport } = await import("../run-report.js");
    await buildReport(folders, out);
  },
};
