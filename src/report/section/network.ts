import { nearestOf, placesOf } from "../../inference/spatial/places.js";
import { type SevereFindings, severeFindings } from "../../inference/spatial/spatial.js";
import { columnNumbers } from "../../table/separated.js";
import { figures } from "../../words/numbers.js";
import type { Context } from "../context.js";
import {
  type DamageMoment,
  damageAgainst,
  damageHistogram,
  damageMoments,
  damageSpread,
  drawnParticles,
  severeDistanceFigure,
  sideView,
} from "../figure/network.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import type { Run } from "../measured-run.js";
import { type Drawing, renderPanels } from "../render.js";

/** Dealings of the labels, and the least particles among which a tenth are enough to measure distances. */
const [permutations, fewest] = [499, 30];
const severeShare = 0.1;

/** How damage is spread over a network's particles: by number, by what they are, by where they lie. */
export async function network({ run }: Context): Promise<string> {
  if (!run.result.scenario.network) return "";
  const moments = damageMoments(run);
  const severe = run.particles < fewest ? [] : moments.map((moment) => ({ moment, found: severeIn(run, moment) }));
  const panels = await renderPanels([...damagePanels(run, moments), ...severePanel(severe)]);
  const drawn = drawnParticles(run.particles).length;
  const note =
    drawn < run.particles
      ? `<p>Of ${run.particles} particles, ${drawn} are drawn as points; the rest counts all.</p>`
      : "";
  return section("network", "Damage in the network", note, panels, severeTable(severe));
}

function damagePanels(run: Run, moments: readonly DamageMoment[]): Drawing[] {
  const { particles } = run.result;
  const depth = columnNumbers(particles, run.result.scenario.network?.dimension === 3 ? "z [um]" : "y [um]");
  const place = { x: columnNumbers(particles, "x [um]"), depth };
  const last = moments[moments.length - 1];
  const against = (name: string, title: string, values: ArrayLike<number>): Drawing => ({
    name: `damage-against-${name}`,
    caption: `Damage against ${title.toLowerCase().replace(/ \(.*/, "")}, a point a particle.`,
    spec: damageAgainst(moments, { title, values }),
  });
  return [
    {
      name: "side-view-coverage",
      caption: "Particles from the side, coloured by coverage. Disks show which are larger, not their true size.",
      spec: sideView(run, place, { title: "Coverage", values: run.measured.coverage }),
    },
    {
      name: "side-view-damage",
      caption: `The same, coloured by damage at the end of charge of ${last.name}.`,
      spec: sideView(run, place, { title: "Damage", values: last.damage }),
    },
    {
      name: "damage-histogram",
      caption: "Share of the particles by damage at the end of charge.",
      spec: damageHistogram(moments),
    },
    {
      name: "damage-spread",
      caption: "Spread, standard deviation and mean of the particles' damage at the end of each charge.",
      spec: damageSpread(run),
    },
    against("coverage", "Coverage", run.measured.coverage),
    against("depth", "Depth from the collector (µm)", depth),
    against("radius", "Particle radius (µm)", columnNumbers(particles, "Particle radius [um]")),
  ];
}

interface SevereMoment {
  readonly moment: DamageMoment;
  readonly found: SevereFindings;
}

/** Distances are of centres; sides that repeat count as edges, in the dealings as well. */
function severeIn(run: Run, { damage }: DamageMoment): SevereFindings {
  const { particles, scenario } = run.result;
  const names = ["x [um]", "y [um]", "z [um]"].slice(0, scenario.network?.dimension ?? 3);
  const places = placesOf(names.map((name) => columnNumbers(particles, name)));
  const ranked = [...damage].sort((a, b) => b - a);
  const threshold = ranked[Math.round(severeShare * damage.length)];
  const definition = { definition: `the ${100 * severeShare} % most damaged`, threshold };
  const settings = { permutations, seed: scenario.seed, thresholds: [], shares: [] };
  return severeFindings(places, Float64Array.from(damage), nearestOf(places, 6), definition, settings);
}

function severePanel(severe: readonly SevereMoment[]): Drawing[] {
  if (severe.length === 0) return [];
  const found = severe.map(({ moment, found: { nearest } }) => ({ moment: moment.name, ...nearest }));
  return [
    {
      name: "severe-distances",
      caption: `Red: mean distance from a severely damaged particle (${severe[0].found.definition}) to the nearest other. Bar: where it lies in 95 % of ${permutations} dealings of the same damages to the same places.`,
      spec: severeDistanceFigure(found),
    },
  ];
}

function severeTable(severe: readonly SevereMoment[]): string {
  const rows = severe.map(({ moment, found: { threshold, severe: count, nearest, meanOfThree } }) => [
    escapeHtml(moment.name),
    `${count}, above ${figures(threshold)}`,
    `${figures(nearest.observed)} (${figures(nearest.low)} … ${figures(nearest.high)}), p ${figures(nearest.p, 2)}`,
    `${figures(meanOfThree.observed)} (${figures(meanOfThree.low)} … ${figures(meanOfThree.high)}), p ${figures(meanOfThree.p, 2)}`,
    nearest.p > 0.05 ? "as at random" : nearest.observed < nearest.expected ? "nearer" : "further apart",
  ]);
  const head = ["End of charge", "Severe, damage D", "Nearest (µm; at random)", "Mean of three (µm)", "They lie"];
  return rows.length === 0 ? "" : htmlTable(head, rows);
}
