import type { TableRecord } from "../../inference/learn/record.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";

/** Sets of attributes that tell much the same, and what each adds as one. */
export function alikeSets(tables: readonly TableRecord[]): string {
  const rows = tables.flatMap(({ name, sets }) =>
    sets.flatMap(({ names, meanAbsShap, sd }, k) =>
      names.length > 1
        ? [
            [
              escapeHtml(name),
              escapeHtml(names.join(", ")),
              `${k + 1} of ${sets.length}`,
              `${figures(meanAbsShap)} ± ${figures(sd, 2)}`,
            ],
          ]
        : [],
    ),
  );
  if (rows.length === 0) return "";
  const text =
    "<p>Every pair in a set correlates with |ρ| ≥ 0.7. A forest shares their credit out by chance: read a set as one. What its attributes add together, row by row, is below, with its place among all sets and single attributes.</p>";
  const head = ["State", "Attributes", "Place", "Mean |SHAP| together"];
  return section("alike", "Attributes that tell much the same", text, htmlTable(head, rows));
}
