import type { ParticleSummary } from "../../result/particle-folder.js";
import type { ParticleTable } from "../../table/particle-table.js";
import { figures } from "../../words/numbers.js";
import { htmlTable, section } from "../html.js";
import { renderPanels } from "../render.js";
import { detachmentSize, detachmentSpread, detachmentWays } from "./detachment-size.js";

/** Detachment against size, its spread at each size, and by the way faces look. */
export async function detachmentSection({ findings }: ParticleSummary, whole: ParticleTable): Promise<string> {
  const { detachment } = findings;
  if (detachment === null)
    return section(
      "detachment",
      "Detachment",
      "<p>Carbon/binder is not told apart in this picture, or too few particles are whole: coverage and detachment are not known. They need a picture of phases.</p>",
    );
  const { trend, spreadTrend, bins } = detachment;
  const text = `<p>Share of a particle’s surface that touches no other particle and no carbon/binder (assumed definition, in the words of Jiang et al. 2020). With size: Spearman’s ρ ${figures(trend.rho)} (p ${figures(trend.p)}); its distance from the mean of particles of like size: ρ ${figures(spreadTrend.rho)} (p ${figures(spreadTrend.p)}): below 0, small particles are spread more. A smaller surface holds fewer patches of binder, so that some of this comes by chance alone.</p>`;
  const rows = bins.map(({ from, to, particles, mean, meanInterval, deviation, deviationInterval }) => [
    `<span class="unit">${figures(from)} … ${figures(to)}</span>`,
    String(particles),
    figures(mean),
    span(meanInterval),
    figures(deviation),
    span(deviationInterval),
  ]);
  const head = ["Radius, µm", "Particles", "Mean detachment", "95 %", "Standard deviation", "95 %"];
  const figuresShown = await renderPanels([
    {
      name: "detachment-size",
      caption: "A point a particle; lines: means in bins of as many particles each, shaded: one standard deviation.",
      spec: detachmentSize(whole, detachment),
    },
    {
      name: "detachment-spread",
      caption: "Spread of detachment at each size; bars: 95 %.",
      spec: detachmentSpread(detachment),
    },
    {
      name: "detachment-ways",
      caption:
        "By the way faces look; bars: 95 % of the mean. Unlike heights along z point to the casting of the electrode.",
      spec: detachmentWays(whole),
    },
  ]);
  return section("detachment", "Detachment", text, figuresShown, htmlTable(head, rows, "runs"));
}

function span([low, high]: readonly [number, number]): string {
  return low === null || !Number.isFinite(low) ? "–" : `<span class="unit">${figures(low)} … ${figures(high)}</span>`;
}
