import type { Criterion } from "../../inference/criteria.js";
import { escapeHtml, htmlTable, lowerIndices, section } from "../html.js";

const words = { true: "holds", false: "fails", null: "open" } as const;

/** The criteria with their values, bands and verdicts. */
export function verdicts(criteria: readonly Criterion[]): string {
  const rows = criteria.map(({ id, name, value, band, holds, remark }) => [
    id,
    `${escapeHtml(name)}${remark === null ? "" : `<p class="remark">${escapeHtml(remark)}</p>`}`,
    escapeHtml(value),
    escapeHtml(band),
    `<span class="verdict ${words[`${holds}`]}">${words[`${holds}`]}</span>`,
  ]);
  const definition =
    "<p>S_c: range of the particles' mean stoichiometry at the end of charge, over the mean that moved. S_D: range of their damage. " +
    "In step: the first cycle from which S_c is at most a quarter of its first value and stays so. Open: these results cannot tell.</p>";
  const head = ["", "Criterion", "Found", "Band", "Verdict"];
  return section("verdicts", "Verdicts", lowerIndices(definition), lowerIndices(htmlTable(head, rows, "verdicts")));
}
