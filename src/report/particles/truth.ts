import type { ParticleSummary } from "../../result/particle-folder.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { shownName } from "./figures.js";

/** How far the measurement of a phantom is from its truth. */
export function truthSection({ errors }: ParticleSummary): string {
  if (errors === undefined) return "";
  const rows = errors.columns.map(({ column, particles, bias, deviation, trueDeviation, overError }) => [
    escapeHtml(shownName(column)),
    figures(bias),
    figures(deviation),
    figures(trueDeviation),
    overError === null ? "–" : figures(overError),
    String(particles),
  ]);
  const text = `<p>The picture is a phantom: its truth is known. ${errors.matched} of ${errors.truth} particles were found (${errors.found} labels; more than half of the union shared). Whole particles: measured less true.</p>`;
  const head = [
    "Attribute",
    "Mean error",
    "Root mean square",
    "Spread of the truth",
    "Over the stated error",
    "Particles",
  ];
  return section("truth", "Error bars", text, htmlTable(head, rows, "runs"));
}
