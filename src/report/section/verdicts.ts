import type { Criterion } from "../../inference/criteria.js";
import { mostByRange } from "../../inference/spread.js";
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
    `<p>S_c: spread of the lithium that each particle gave in a charge, start less end, over its mean. S_D: spread of their damage. Spread: range up to ${mostByRange} particles, of more the range between the 10 % and the 90 % quantile. ` +
    "In step: the first cycle from which S_c is at most a quarter of its first value and stays so. Open: these results cannot tell. " +
    "The bands are this program's own; they and the defaults of its scenarios were chosen together.</p>";
  const head = ["", "Criterion", "Found", "Band", "Verdict"];
  return section("verdicts", "Verdicts", lowerIndices(definition), lowerIndices(htmlTable(head, rows, "verdicts")));
}
