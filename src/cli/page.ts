import { join } from "node:path";
import { buildReportOf } from "../report/kinds.js";

/** Writes the page about a folder into it. */
export async function pageOf(folder: string): Promise<void> {
  await buildReportOf([folder], join(folder, "report.html"));
}
