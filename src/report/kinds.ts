import { compareReport } from "./kind/compare.js";
import { fitReport } from "./kind/fit.js";
import { learnReport } from "./kind/learn.js";
import { particlesReport } from "./kind/particles.js";
import type { ReportKind } from "./kind/report-kind.js";
import { runReport } from "./kind/run.js";
import { sweepReport } from "./kind/sweep.js";
import { vegardReport } from "./kind/vegard.js";

/** Every kind of report. */
const reportKinds: readonly ReportKind[] = [
  sweepReport,
  learnReport,
  vegardReport,
  compareReport,
  fitReport,
  particlesReport,
  runReport,
];

/** The kind of the report about a folder; undefined for a folder that none is about. */
export function reportKindOf(folder: string): ReportKind | undefined {
  return reportKinds.find(({ recognises }) => recognises(folder));
}

/** Folders that a report with the first of them cannot be about. */
export function unreportable(folders: readonly string[]): string[] {
  return folders.filter((folder, k) => (k === 0 ? reportKindOf(folder) === undefined : !runReport.recognises(folder)));
}

/**
 * Writes the page about folders, of the kind of the first.
 * @throws Error for folders whose files are missing, broken or do not fit together
 */
export async function buildReportOf(folders: readonly string[], out: string): Promise<void> {
  const [first = ""] = folders;
  await (reportKindOf(first) ?? runReport).build(folders, out);
}
