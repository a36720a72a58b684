import type { RadialSummary } from "../../inference/measured/radial-summary.js";
import type { CalibrationSummary, ParticleSummary } from "../../result/particle-folder.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { renderPanels } from "../render.js";
import { radialLines } from "./radial-lines.js";

/** Profiles from the surface inward, and what turned grey levels into stoichiometries. */
export async function radialSection({ radial, calibration }: ParticleSummary): Promise<string> {
  const told = radial.filter(({ shells }) => shells.length > 2 && shells.some(({ mean }) => mean !== 0));
  if (told.length === 0) return "";
  const text =
    "<p>Mean over whole particles, each counting once in each shell; shaded: 95 % of the mean, dashed: one standard deviation between particles. Depth is the distance to the nearest place outside the particle.</p>";
  const drawings = told.map((each, k) => ({ name: `radial-${k}`, caption: captionOf(each), spec: radialLines(each) }));
  const limits = calibration === undefined ? uncalibrated(told) : calibrated(calibration);
  return section("radial", "From the surface inward", text, await renderPanels(drawings), limits);
}

const captions: Readonly<Record<string, string>> = {
  "Void fraction": "Cracks and voids",
  "Electron density": "Grey level of active material, a measure of electron density",
  Stoichiometry: "Stoichiometry by the calibration",
};

function captionOf({ column, scale, shells }: RadialSummary): string {
  const unit = scale === "Depth [um]" ? "depth in µm" : "depth over the inradius";
  return `${captions[column] ?? escapeHtml(column)} by ${unit}; ${shells[0].particles} particles in the outermost shell, ${shells[shells.length - 1].particles} in the innermost.`;
}

function uncalibrated(told: readonly RadialSummary[]): string {
  if (!told.some(({ column }) => column === "Electron density")) return "";
  return '<p class="warning">Grey levels are no state of charge: give <code>--calibration</code> with two or more materials of known electron density and two or more known states.</p>';
}

function calibrated({
  file,
  material,
  source,
  points,
  perPercentVoid,
  beyond,
  residual,
  margin,
}: CalibrationSummary): string {
  const rows = [
    ...points.references.map(({ name, greyLevel, electronDensity }) => [
      escapeHtml(name),
      figures(greyLevel),
      figures(electronDensity, 4),
      "–",
    ]),
    ...points.states.map(({ stoichiometry, electronDensity }) => [
      "known state",
      "–",
      figures(electronDensity, 4),
      figures(stoichiometry),
    ]),
  ];
  const words = [material, source, file].filter((word) => word !== null).join("; ");
  const limits = [
    `One per cent of void too fine to be seen looks like a change of stoichiometry by ${figures(perPercentVoid)}; one per cent more or fewer electrons by composition as much.`,
    `Grey levels nearer than ${figures(margin)} µm to pore, crack or binder do not count, because blur mixes them: the surface value is the line through the shells drawn on to depth 0.`,
    `${residual < 1e-9 ? "References lie on the line" : `References lie within ${figures(residual)} Å⁻³ of the line`}; ${beyond} particles lie beyond the known states, where the curve is only drawn on.`,
    "Errors of single particles hold noise and, if the calibration states them, unseen void and composition; the error of the calibration itself is shared by all particles and stands in its own column.",
  ];
  return `<h3>Calibration</h3><p>${escapeHtml(words)}</p>${htmlTable(["Reference", "Grey level", "Electron density, Å⁻³", "Stoichiometry"], rows)}<ul>${limits.map((limit) => `<li>${limit}</li>`).join("")}</ul>`;
}
