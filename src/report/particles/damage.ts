import type { DamageFindings } from "../../inference/measured/findings.js";
import type { LabellingTest } from "../../inference/spatial/random-labelling.js";
import type { ParticleSummary } from "../../result/particle-folder.js";
import type { ParticleTable } from "../../table/particle-table.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { type Drawing, renderPanels } from "../render.js";
import { damageDepth } from "./damage-depth.js";
import { damageMap } from "./damage-map.js";
import { attributePair } from "./figures.js";
import { severeDistance } from "./severe-distance.js";

/** Damage in space, against depth and size, and among severely damaged neighbours. */
export async function damageSection({ findings }: ParticleSummary, whole: ParticleTable): Promise<string> {
  const { damage, settings } = findings;
  if (damage === null && findings.drawnFrom !== undefined)
    return section(
      "damage",
      "Damage",
      "<p>Of very many particles some are drawn; what looks at neighbours is left out.</p>",
    );
  if (damage === null)
    return section(
      "damage",
      "Damage",
      "<p>Damage is the same for all particles, or known of too few: cracks are seen only when they are given back to their particles (<code>--closing</code>).</p>",
    );
  return section(
    "damage",
    "Damage in space and depth",
    await renderPanels([...maps(whole, damage.column), ...trends(whole, damage)]),
    "<h3>Distances between severely damaged particles</h3>",
    `<p>Against ${settings.permutations} dealings of the same marks at random to the same places (seed ${settings.seed}): more severe particles lie nearer to each other even at random, and this null takes that into account. p is two-sided, the observed dealing counted in.</p>`,
    await nullFigure(damage),
    nullTable(damage),
  );
}

function maps(whole: ParticleTable, column: string): Drawing[] {
  const flat = new Set(whole.columns.get("z [um]")).size < 2;
  const views = flat ? [["x [um]", "y [um]"] as const] : [["x [um]", "z [um]"] as const, ["x [um]", "y [um]"] as const];
  return views.map(([across, up], k) => ({
    name: `damage-map-${k}`,
    caption: `Particles along ${across[0]} and ${up[0]}, through the whole depth; areas after their sections, colour: damage.`,
    spec: damageMap(whole, column, across, up),
  }));
}

function trends(whole: ParticleTable, { depth, column, along }: DamageFindings): Drawing[] {
  const slope = `Slope ${figures(depth.slope)} ± ${figures(depth.slopeError, 2)} per µm, Spearman’s ρ ${figures(depth.rho)} (p ${figures(depth.p)}).`;
  return [
    {
      name: "damage-depth",
      caption: `Mean damage in slices of 10 µm along ${along[0]}; bars: 95 %. ${slope}`,
      spec: damageDepth(depth, along),
    },
    {
      name: "damage-size",
      caption: "Damage against radius, a point a particle.",
      spec: attributePair(whole, "Particle radius [um]", column),
    },
  ];
}

async function nullFigure({ severe }: DamageFindings): Promise<string> {
  if (severe.length === 0) return "<p>Too few particles are severely damaged to ask how far apart they lie.</p>";
  const caption =
    "Points: measured. Bars: where 95 % of random dealings lie, ticks: their mean. A point left of its bar: severely damaged particles lie closer together than chance has it.";
  const drawing = { name: "severe-distance", caption, spec: severeDistance(severe) };
  return `<div class="wide">${await renderPanels([drawing], "stack")}</div>`;
}

function nullTable({ severe, moran, nearestOfAll }: DamageFindings): string {
  const line = (name: string, test: LabellingTest, ratio = true) => [
    escapeHtml(name),
    figures(test.observed),
    `<span class="unit">${figures(test.expected)} ± ${figures(test.sd, 2)}</span>`,
    ratio ? figures(test.observed / test.expected) : "–",
    figures(test.p),
  ];
  const rows = [
    line("Moran's I, six neighbours", moran, false),
    ...severe.flatMap((each) => [
      line(`nearest severe (${each.definition}: ${each.severe}), µm`, each.nearest),
      line("– three nearest, µm", each.meanOfThree),
      line("– nearest, edges left out, µm", each.nearestInside),
      line("– share of neighbours both severe", each.joins),
    ]),
  ];
  const text = `<p>The nearest particle of any kind is ${figures(nearestOfAll)} µm away on average.</p>`;
  return text + htmlTable(["Measure", "Found", "At random", "Ratio", "p"], rows);
}
