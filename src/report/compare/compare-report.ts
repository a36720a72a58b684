import { writeAtomically } from "../../folder/atomic-file.js";
import { chance } from "../../inference/compare/chance.js";
import type { Estimate } from "../../inference/compare/compare.js";
import type { CompareRecord } from "../../inference/compare/record.js";
import type { LabellingTest } from "../../inference/spatial/random-labelling.js";
import { untestable } from "../../inference/spatial/spatial.js";
import { readComparison } from "../../result/compare-folder.js";
import { figures } from "../../words/numbers.js";
import { entriesSection } from "../entries.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { type Drawing, renderPanels } from "../render.js";
import { answer } from "./answer.js";
import { densityLines } from "./density-lines.js";
import { depthBars } from "./depth-bars.js";
import { distanceFunction } from "./distance-function.js";
import { quantilePlot } from "./quantile-plot.js";
import { stateLines } from "./state-lines.js";

type Table = CompareRecord["tables"][number];

/**
 * Writes one self-contained page about the comparison in a folder.
 * @param out path of the HTML file.
 * @throws Error when `compare.json` is missing or broken.
 */
export async function buildCompareReport(folder: string, out: string): Promise<void> {
  writeAtomically(out, await comparePage(readComparison(folder)));
}

/** The page from a comparison. */
export async function comparePage(record: CompareRecord): Promise<string> {
  const { tables, column } = record;
  const facts = tables.map(({ name, particles }) => `${name}: ${particles} particles`).join("; ");
  return page(`${column}: ${tables.map(({ name }) => name).join(" against ")}`, facts, [
    answer(record),
    testTable(record),
    await distributions(record),
    estimateTable(record),
    fitTable(record),
    await places(record),
    await depth(record),
    confounders(record),
    definitions(record),
  ]);
}

function testTable({ tests, leftOut = [] }: CompareRecord): string {
  const rows = tests.map(({ name, statistic, p, pHolm, effect, effectName, interval }) => [
    escapeHtml(name),
    whole(figures(statistic)),
    whole(escapeHtml(chance(p))),
    `<span class="verdict ${pHolm < 0.05 ? "fails" : "open"}">${escapeHtml(chance(pHolm))}</span>`,
    `${figures(effect)} <p class="remark">${escapeHtml(effectName)}</p>`,
    span(interval),
  ]);
  const text =
    "<p>Holm's correction is over all tests of this table. A small p with a small effect says that there are many particles.</p>";
  const without = leftOut.map((each) => `<li>${escapeHtml(each)}</li>`);
  return section(
    "tests",
    "Tests",
    text,
    htmlTable(["Test", "Statistic", "p", "p after Holm", "Effect", "95 %"], rows),
    without.length === 0 ? "" : `<ul>${without.join("")}</ul>`,
  );
}

async function distributions(record: CompareRecord): Promise<string> {
  const { tables } = record;
  const several = tables.length > 2;
  const measures = several ? (["mean", "coefficient of variation"] as const) : [];
  return section(
    "distributions",
    "Distributions",
    await renderPanels([
      {
        name: "density",
        caption: "Kernel densities, mirrored at 0; dashed: Beta distributions of largest likelihood.",
        spec: densityLines(record),
      },
      ...measures.map((measure, k) => ({
        name: `states-${k + 1}`,
        caption: `The ${measure} in each state; lines: 95 %, particles drawn.`,
        spec: stateLines(record, measure),
      })),
      ...(record.settings.ranks ? [] : tables.slice(1)).map((_, k) => ({
        name: several ? `quantiles-${k + 1}` : "quantiles",
        caption: "Quantile against quantile, every per cent; on the dashed line where both are alike.",
        spec: quantilePlot(record, k + 1),
      })),
    ]),
  );
}

function estimateTable({ tables, differences }: CompareRecord): string {
  const row = (owner: string, { name, value, byParticle, byBlock }: Estimate) => [
    escapeHtml(name),
    escapeHtml(owner),
    figures(value),
    span(byParticle),
    byBlock ? span(byBlock) : "–",
  ];
  const rows = tables[0].estimates.flatMap(({ name }, k) => [
    ...tables.map((table) => row(table.name, table.estimates[k])),
    ...differences
      .filter((each) => each.name === name)
      .map((each) => row(tables.length > 2 ? each.between.join(" less ") : "first less second", each)),
  ]);
  const head = ["Measure", "Table", "Value", "95 %, particles drawn", "95 %, blocks drawn"];
  return section("measures", "Measures", htmlTable(head, rows));
}

function fitTable({ tables }: CompareRecord): string {
  const rows = tables.flatMap(({ name, beta, zeroInflatedBeta: inflated }) => [
    fitRow(name, "Beta", beta, "–"),
    fitRow(name, "zero-inflated Beta", inflated, inflated.ok ? figures(inflated.zeros) : ""),
  ]);
  const text =
    "<p>Largest likelihood; for the plain Beta, values below 1e-4 count as 1e-4. p of the Kolmogorov–Smirnov test against the fitted distribution is too large, because the same particles were fitted.</p>";
  return section(
    "fits",
    "Fitted distributions",
    text,
    htmlTable(["Table", "Distribution", "a", "b", "Share of zeros", "Distance", "p"], rows),
  );
}

function fitRow(name: string, distribution: string, fit: Table["beta"], zeros: string): string[] {
  const own = [escapeHtml(name), distribution];
  if (!fit.ok) return [...own, escapeHtml(`no fit: ${fit.reason}`), "", "", "", ""];
  const { statistic, p } = fit.ks;
  return [...own, figures(fit.a, 4), figures(fit.b, 4), zeros, figures(statistic), escapeHtml(chance(p))];
}

async function places({ tables }: CompareRecord): Promise<string> {
  const parts: string[] = [];
  for (const table of tables) {
    if (!table.spatial) continue;
    const first = table.spatial.severe[0];
    const nothing = first !== undefined && untestable(first.severe, table.particles) !== null;
    const without = (name: string) => nothing && name.includes("severe");
    const drawings: Drawing[] = table.spatial.functions
      .filter(({ name, tests }) => !without(name) && tests.some(({ observed }) => Number.isFinite(observed)))
      .map((each, k) => ({
        name: `places-${tables.indexOf(table) + 1}-${k + 1}`,
        caption: `${escapeHtml(each.name)}; shaded: 95 % at random.`,
        spec: distanceFunction(each, table.unit),
      }));
    parts.push(`<h3>${escapeHtml(table.name)}</h3>`, spatialTable(table), await renderPanels(drawings));
  }
  if (parts.length === 0) return "";
  const text =
    "<p>Against the same damages dealt at random to the same places: more severe particles lie nearer to each other even at random, and this null takes that into account.</p>";
  return section("places", "Where damaged particles lie", text, ...parts);
}

function spatialTable({ spatial, particles, meanDiameter, unit }: Table): string {
  const shown = unit === "um" ? "µm" : unit;
  const line = (name: string, test: LabellingTest, note = "", ratio = true) => [
    escapeHtml(name),
    `${figures(test.observed)}${note === "" ? "" : `<p class="remark">${note}</p>`}`,
    `${figures(test.expected)} ± ${figures(test.sd, 2)}`,
    ratio ? figures(test.observed / test.expected) : "–",
    figures(test.p),
  ];
  const diameters = ({ observed }: LabellingTest) =>
    `${meanDiameter ? `${figures(observed / meanDiameter)} diameters, ` : ""}${figures(observed / spatial!.nearestOfAll)} of the distance to the nearest of all`;
  const rows = [
    line(`Moran's I, ${spatial!.neighbours} neighbours`, spatial!.moran, "", false),
    line("Geary's C", spatial!.geary),
    ...spatial!.severe.flatMap((each) => {
      const why = untestable(each.severe, particles);
      if (why !== null) return [[`nearest severe, ${escapeHtml(each.definition)}`, `not tested: ${why}`, "", "", ""]];
      return [
        line(`nearest severe, ${each.definition} (${each.severe}), ${shown}`, each.nearest, diameters(each.nearest)),
        line("– mean of three nearest", each.meanOfThree, diameters(each.meanOfThree)),
        line("– nearest, edges left out", each.nearestInside),
        line("– neighbours both severe", each.joins),
      ];
    }),
  ];
  return htmlTable(["Measure", "Found", "At random", "Ratio", "p, two-sided"], rows);
}

async function depth(record: CompareRecord): Promise<string> {
  const known = record.tables.filter((table) => table.depth !== null);
  if (known.length === 0) return "";
  const rows = known.map(({ name, depth: trend, axes }) => [
    escapeHtml(name),
    escapeHtml(axes[axes.length - 1] ?? ""),
    `${figures(trend!.slope)} ± ${figures(trend!.slopeError, 2)}`,
    figures(trend!.rho),
    escapeHtml(chance(trend!.p)),
  ]);
  const drawing = { name: "depth", caption: "Means in slices of depth; lines: 95 %.", spec: depthBars(record) };
  const tests = record.tests
    .filter(({ name }) => /depth/.test(name))
    .map(({ name, effect, effectName, p, pHolm }) => {
      const text = `${name}: ${effectName} ${figures(effect)}, p ${chance(p)}, after Holm ${chance(pHolm)}.`;
      return `<li>${escapeHtml(text)}</li>`;
    });
  return section(
    "depth",
    "Depth",
    tests.length === 0 ? "" : `<p>Whether states change the slope:</p><ul>${tests.join("")}</ul>`,
    htmlTable(["Table", "Along", "Slope per unit of depth", "Spearman's ρ", "p"], rows),
    await renderPanels([drawing]),
  );
}

function confounders({ confounders: list, tables }: CompareRecord): string {
  const rows = list.map(({ name, values }) => [
    escapeHtml(name),
    ...values.map((value) =>
      value === null ? "not recorded" : escapeHtml(typeof value === "number" ? figures(value) : value),
    ),
  ]);
  const notes = tables.flatMap(({ name, notes }) => notes.map((note) => `<li>${escapeHtml(`${name}: ${note}`)}</li>`));
  const text = "<p>What may make tables differ though the particles do not.</p>";
  const left = notes.length === 0 ? "" : `<ul>${notes.join("")}</ul>`;
  return section(
    "confounders",
    "Confounders",
    text,
    htmlTable(["", ...tables.map(({ name }) => escapeHtml(name))], rows),
    left,
  );
}

function definitions({ settings, version }: CompareRecord): string {
  const rows = [
    [
      "Kolmogorov–Smirnov",
      "p exact given the values, ties included; beyond 2e7 pairs Kolmogorov's limit; by permutation for the same particles",
    ],
    [
      "Same particles",
      "tables of as many particles at the same places: permutations exchange the states of a particle, resamples draw a particle with all its states, slopes are of differences",
    ],
    [
      "Trend",
      "Jonckheere–Terpstra over the states in order, p by permutation; relative spread: |value − median| over the mean of its state",
    ],
    [
      "Slopes over depth",
      "two: Welch's t; several: Welch's test for unequal errors; of the same particles: t of the change from first to last",
    ],
    ["Anderson–Darling", "midranks, standardised (Scholz and Stephens 1987); p by permutation"],
    ["Wasserstein-1, energy", "∫ |F − G| dx and √(2 ∫ (F − G)² dx); p by permutation"],
    [
      "Intervals",
      `95 %, bias-corrected and accelerated bootstrap, ${settings.resamples} resamples; blocks: boxes, four along each axis`,
    ],
    [
      "At random",
      `${settings.permutations} dealings of the marks to the same places, seed ${settings.seed}; p = (1 + as extreme) / (1 + dealings), the smaller side doubled`,
    ],
    [
      "Edges left out",
      "severe particles nearer to the bounding box than to their nearest severe neighbour do not count",
    ],
    ["Version", version],
  ];
  return entriesSection("definitions", "Definitions", rows);
}

function span([low, high]: readonly [number, number]): string {
  return Number.isFinite(low) && low !== null ? whole(`${figures(low)} … ${figures(high)}`) : "–";
}

/** Kept on one line. */
function whole(text: string): string {
  return `<span class="unit">${text}</span>`;
}
