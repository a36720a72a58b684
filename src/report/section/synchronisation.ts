import type { Context } from "../context.js";
import { damageFirstCharge, lithiumFirstCharge } from "../figure/first-charge.js";
import { geometry } from "../figure/geometry.js";
import { cracksOverCycles, damageDeviation, damageOverCycles, lithiumSpread } from "../figure/over-cycles.js";
import { mostLines } from "../figure/particle-lines.js";
import { section } from "../html.js";
import { type Drawing, renderPanels } from "../render.js";

/** The panels of Fig. 3 of Li et al. (2022), drawn from this run. */
export async function synchronisation({ run, moments, axes }: Context): Promise<string> {
  const [first] = moments;
  const panels: Drawing[] = [
    ...(first
      ? [
          {
            name: "geometry",
            caption: `<b>A</b> The composite as meshed: particles with the share of their surface on high-conductivity carbon/binder, coloured from the best covered to the worst. Collector: ${run.result.scenario.geometry.collector}.`,
            spec: geometry(run, first.snapshot, first.contact, axes),
          },
        ]
      : []),
    {
      name: "lithium-first-charge",
      caption: "<b>B</b> Lithium in each particle during the first charge, as a share of the largest concentration.",
      spec: lithiumFirstCharge(run),
    },
    {
      name: "lithium-spread",
      caption:
        "<b>C</b> Spread among the particles of the lithium that each gave in a charge, over the mean. Least − most: what the worst covered gave less what the best covered gave.",
      spec: lithiumSpread(run),
    },
    {
      name: "damage-first-charge",
      caption: "<b>D₁</b> Damage of each particle during the first charge.",
      spec: damageFirstCharge(run),
    },
    {
      name: "damage",
      caption: "<b>D₂</b> Damage of each particle at the end of each charge; dashed: mean.",
      spec: damageOverCycles(run),
    },
    ...crackPanel(run),
    {
      name: "damage-deviation",
      caption: "<b>E</b> Deviation from the mean damage at the end of each charge; black dashed: the mean.",
      spec: damageDeviation(run),
    },
  ];
  const bands =
    run.particles > mostLines
      ? " Grey: where half and where nine tenths of the particles lie; black: their median; in colour: means of fifths."
      : "";
  const intro = `<p>The panels follow Fig. 3 of Li et al. (2022), of which no values are published as numbers; the shapes can be compared, not the digits.${bands}</p>`;
  return section("synchronisation", "From asynchronous to synchronous", intro, await renderPanels(panels));
}

/** Beside the damage of interfaces, where the particles crack. */
function crackPanel(run: Context["run"]): Drawing[] {
  const spec = cracksOverCycles(run);
  if (spec === null) return [];
  const caption =
    "<b>D₃</b> Crack share of each particle, volume of cracks over its own, at the end of each charge; dashed: mean.";
  return [{ name: "crack-share", caption, spec }];
}
