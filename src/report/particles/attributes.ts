import type { AttributeSummary } from "../../inference/measured/attribute-summary.js";
import type { ParticleSummary } from "../../result/particle-folder.js";
import type { ParticleTable } from "../../table/particle-table.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { renderPanels } from "../render.js";
import { attributeHistogram, shownName } from "./figures.js";

/** A table with a row an attribute. */
export function attributesSection({ findings, particles }: ParticleSummary): string {
  const { attributes, settings } = findings;
  if (attributes.length === 0) return "";
  const rows = attributes.map(({ name, mean, interval: [low, high], deviation, quantiles, particles: known }) => [
    escapeHtml(shownName(name)),
    figures(mean, 4),
    low === null ? "–" : `<span class="unit">${figures(low, 4)} … ${figures(high, 4)}</span>`,
    figures(deviation),
    ...[0, 2, 4].map((k) => figures(quantiles[k])),
    String(known),
  ]);
  const drawn = findings.drawnFrom === undefined ? "" : `, drawn at random of ${findings.drawnFrom},`;
  const text = `<p>Of ${findings.particles} whole particles${drawn} out of ${particles}. Intervals of the mean: bias-corrected and accelerated bootstrap, ${settings.resamples} resamples of particles; neighbours are alike, so that they are rather too narrow.</p>`;
  const head = ["Attribute", "Mean", "95 % of the mean", "Standard deviation", "5 %", "Median", "95 %", "Particles"];
  return section("attributes", "Attributes", text, htmlTable(head, rows, "runs"));
}

/** Attributes that only say the same as another, or how sure a number is. */
const unshown = /^(x|y|z) \[um\]|^(Coverage|Detachment) towards| error$|^Beyond calibration$|^Inradius/;

export async function distributionsSection({ findings }: ParticleSummary, whole: ParticleTable): Promise<string> {
  const shown = findings.attributes.filter(({ name }) => !unshown.test(name));
  const drawings = shown.map((attribute: AttributeSummary, k) => ({
    name: `attribute-${k}`,
    caption: `${escapeHtml(shownName(attribute.name))}: ${spoken(attribute)}`,
    spec: attributeHistogram(whole, attribute),
  }));
  if (drawings.length === 0) return "";
  const text = "<p>Whole particles. Line: mean, shaded: its 95 % interval.</p>";
  return section("distributions", "Distributions", text, await renderPanels(drawings));
}

function spoken({ mean, interval: [low, high], quantiles }: AttributeSummary): string {
  const interval = low === null ? "" : ` (${figures(low, 4)} … ${figures(high, 4)})`;
  return `mean ${figures(mean, 4)}${interval}, median ${figures(quantiles[2])}`;
}

/** Rank correlations above this say that an attribute may contain what it is to explain. */
const suspicious = 0.8;

export function leakageSection({ findings: { leakage } }: ParticleSummary): string {
  if (leakage === null) return "";
  const target = escapeHtml(shownName(leakage.target));
  const found = leakage.attributes
    .flatMap(({ name, rho }) => (rho !== null && Math.abs(rho) >= suspicious ? [[name, rho] as const] : []))
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const nothing = `<p>No attribute correlates with ${target} beyond |ρ| = ${suspicious}.</p>`;
  const text = `<p class="warning">These correlate with ${target} beyond |ρ| = ${suspicious}: they may contain the cracks that they are to explain. Leave them out when damage is learned.</p>`;
  const rows = found.map(([name, rho]) => [escapeHtml(shownName(name)), rho.toFixed(3)]);
  return section(
    "leakage",
    "Attributes that hold the damage",
    found.length === 0 ? nothing : text + htmlTable(["Attribute", "ρ"], rows),
  );
}
