import { writeAtomically } from "../../folder/atomic-file.js";
import { cardWords, voxelSizeWords } from "../../imaging/dataset-card.js";
import { wholeRows } from "../../inference/measured/findings.js";
import { type ParticleFolder, type ParticleSummary, readParticleFolder } from "../../result/particle-folder.js";
import type { ParticleTable } from "../../table/particle-table.js";
import { entriesSection } from "../entries.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { renderPanels } from "../render.js";
import { attributesSection, distributionsSection, leakageSection } from "./attributes.js";
import { correlationMatrix } from "./correlation-matrix.js";
import { correlationRing, weakest } from "./correlation-ring.js";
import { damageSection } from "./damage.js";
import { detachmentSection } from "./detachment.js";
import { attributePair, shownName } from "./figures.js";
import { radialSection } from "./radial.js";
import { slicesSection } from "./slices.js";
import { truthSection } from "./truth.js";

/**
 * Writes one self-contained page about the particles that `segment` or `measure` found.
 * @param out path of the HTML file
 * @throws Error when a file of the folder is missing or broken
 */
export async function buildParticleReport(folder: string, out: string): Promise<void> {
  writeAtomically(out, await particlePage(readParticleFolder(folder)));
}

/** The page from a result. */
export async function particlePage(result: ParticleFolder): Promise<string> {
  const { summary, name, drawn } = result;
  const whole = wholeRows(result.particles);
  return page(summary.card?.sample ?? name, factsOf(summary), [
    cardSection(summary),
    drawn === undefined ? "" : section("drawn", "Many particles", `<p>${drawn}</p>`),
    slicesSection(result),
    truthSection(summary),
    attributesSection(summary),
    await distributionsSection(summary, whole),
    await correlationsSection(summary, whole),
    await damageSection(summary, whole),
    await detachmentSection(summary, whole),
    await radialSection(summary),
    leakageSection(summary),
    settingsSection(summary),
  ]);
}

function factsOf({ particles, interiorParticles, shape, voxelSize }: ParticleSummary): string {
  const voxels = [...shape].reverse().join(" × ");
  const size = voxelSizeWords(voxelSize).replaceAll("um", "µm");
  return `${particles} particles, ${interiorParticles} of them whole; ${voxels} voxels of ${size}`;
}

function cardSection({ card }: ParticleSummary): string {
  if (card === null)
    return section(
      "card",
      "Dataset",
      '<p class="warning">No dataset card: the page does not say of what these particles are, nor under which terms. Give one with <code>--card card.yaml</code>, or put <code>card.yaml</code> beside the volume.</p>',
    );
  return entriesSection("card", "Dataset", cardWords(card));
}

async function correlationsSection({ findings }: ParticleSummary, whole: ParticleTable): Promise<string> {
  const { correlations } = findings;
  const pair = [["Particle radius [um]", "Sphericity"] as const].filter((names) =>
    names.every((name) => findings.attributes.some((each) => each.name === name)),
  );
  if (correlations.names.length < 3) return "";
  const ring = {
    name: "correlation-ring",
    caption: `Lines join attributes with |ρ| ≥ ${weakest}, thicker the closer; colours of points are the groups of Li et al. 2022.`,
    spec: correlationRing(correlations),
  };
  const matrix = {
    name: "correlation-matrix",
    caption: "Spearman’s ρ of each pair, over whole particles.",
    spec: correlationMatrix(correlations),
  };
  const text =
    "<p>Neighbouring attributes of one geometry go together by definition (volume and surface, elongation and sphericity); damage stands among the outcomes.</p>";
  const pairs = pair.map(([x, y], k) => ({
    name: `pair-${k}`,
    caption: escapeHtml(`${shownName(y)} against ${shownName(x)}`),
    spec: attributePair(whole, x, y),
  }));
  const wide = `<div class="wide">${await renderPanels([ring, matrix], "stack")}</div>`;
  return section("correlations", "How attributes go together", text, wide, await renderPanels(pairs));
}

function settingsSection({ settings, source, version }: ParticleSummary): string {
  const rows = Object.entries({ version, source, ...settings }).map(([name, value]) => [
    escapeHtml(name),
    escapeHtml(
      Array.isArray(value) ? value.join("; ") : typeof value === "string" ? value : (JSON.stringify(value) ?? ""),
    ),
  ]);
  return section("settings", "Settings and provenance", htmlTable(["Setting", "Value"], rows));
}
