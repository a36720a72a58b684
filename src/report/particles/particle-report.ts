import { columnOf, type ParticleTable } from "../../network/particle-table.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { type Drawing, renderPanels } from "../render.js";
import {
  attributeCorrelations,
  attributeHistogram,
  attributePair,
  rankCorrelation,
  tellingColumns,
} from "./figures.js";

/** A picture of the page: its caption and PNG. */
export interface OutlinedPicture {
  readonly caption: string;
  readonly png: Uint8Array;
}

/** What a page about measured particles is made from. */
export interface MeasuredParticles {
  readonly title: string;
  /** One line about the picture. */
  readonly facts: string;
  readonly particles: ParticleTable;
  readonly pictures: readonly OutlinedPicture[];
  /** Settings by name, for the record. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** One self-contained page: slices with outlines, each attribute, how they hang together, what damage goes with. */
export async function particleReport(measured: MeasuredParticles): Promise<string> {
  const inside = interior(measured.particles);
  const names = tellingColumns(inside);
  return page(measured.title, measured.facts, [
    section("slices", "Slices", pictureStrip(measured.pictures)),
    section(
      "numbers",
      "Attributes",
      `<p>Particles that touch no face of the picture: ${inside.rows}.</p>`,
      numbers(inside, names),
    ),
    section(
      "distributions",
      "Distributions",
      await renderPanels(names.map((name, k) => drawing(`attribute-${k}`, name, inside))),
    ),
    section("pairs", "Attributes against one another", await renderPanels(pairs(inside, names))),
    section(
      "correlations",
      "Rank correlations",
      await renderPanels(names.length < 2 ? [] : [correlations(inside, names)]),
    ),
    section("leakage", "Attributes that hold the damage", leakage(inside, names)),
    section("settings", "Settings", settingsTable(measured.settings)),
  ]);
}

/** Rows of particles that are whole; all when none is. */
function interior(table: ParticleTable): ParticleTable {
  const touches = columnOf(table, "Touches edge");
  const kept = [...touches.keys()].filter((k) => touches[k] === 0);
  if (kept.length === 0) return table;
  const columns = new Map(table.names.map((name) => [name, Float64Array.from(kept, (k) => columnOf(table, name)[k]!)]));
  return { rows: kept.length, names: table.names, columns };
}

function pictureStrip(pictures: readonly OutlinedPicture[]): string {
  const figures = pictures.map(({ caption, png }) => {
    const source = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    return `<figure style="flex:none;margin:0"><img src="${source}" alt="${escapeHtml(caption)}" style="max-height:26rem"><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
  });
  return figures.length === 0
    ? ""
    : `<div class="scroll" style="display:flex;gap:1rem;overflow-x:auto">${figures.join("\n")}</div>`;
}

function numbers(table: ParticleTable, names: readonly string[]): string {
  const rows = names.map((name) => {
    const values = columnOf(table, name).filter(Number.isFinite).sort();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length - 1, 1);
    const error = 1.96 * Math.sqrt(variance / values.length);
    const at = (share: number) => values[Math.round(share * (values.length - 1))]!.toPrecision(3);
    return [
      escapeHtml(name),
      `${mean.toPrecision(4)} ± ${error.toPrecision(2)}`,
      Math.sqrt(variance).toPrecision(3),
      at(0.05),
      at(0.5),
      at(0.95),
    ];
  });
  return htmlTable(["Attribute", "Mean, 95 % interval", "Spread", "5 %", "Median", "95 %"], rows);
}

function drawing(name: string, column: string, table: ParticleTable): Drawing {
  return { name, caption: escapeHtml(column), spec: attributeHistogram(table, column) };
}

/** What the papers look at: damage with depth, detachment and damage with size. */
function pairs(table: ParticleTable, names: readonly string[]): Drawing[] {
  const wanted = [
    ["z [um]", "Damage"],
    ["Particle radius [um]", "Damage"],
    ["Particle radius [um]", "Detachment"],
    ["Particle radius [um]", "Sphericity"],
  ] as const;
  return wanted
    .filter((pair) => pair.every((name) => names.includes(name)))
    .map(([x, y], k) => ({
      name: `pair-${k}`,
      caption: escapeHtml(`${y} against ${x}`),
      spec: attributePair(table, x, y),
    }));
}

function correlations(table: ParticleTable, names: readonly string[]): Drawing {
  return {
    name: "correlations",
    caption: "Spearman’s ρ over whole particles.",
    spec: attributeCorrelations(table, names),
  };
}

/** Rank correlations above this say that an attribute may contain what it is to explain. */
const suspicious = 0.8;

function leakage(table: ParticleTable, names: readonly string[]): string {
  const target = ["Damage (paper)", "Damage"].find((name) => names.includes(name));
  if (target === undefined) return "";
  const damage = columnOf(table, target);
  const found = names
    .filter((name) => !name.startsWith("Damage"))
    .map((name) => [name, rankCorrelation(columnOf(table, name), damage)] as const)
    .filter(([, rho]) => Math.abs(rho) >= suspicious)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  if (found.length === 0)
    return `<p>No attribute correlates with ${escapeHtml(target)} beyond |ρ| = ${suspicious}.</p>`;
  const rows = found.map(([name, rho]) => [escapeHtml(name), rho.toFixed(3)]);
  return `<p>These correlate with ${escapeHtml(target)} beyond |ρ| = ${suspicious}: they may contain the cracks that they are to explain. Leave them out when damage is learned.</p>${htmlTable(["Attribute", "ρ"], rows)}`;
}

function settingsTable(settings: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(settings).map(([name, value]) => [
    escapeHtml(name),
    escapeHtml(JSON.stringify(value) ?? ""),
  ]);
  return htmlTable(["Setting", "Value"], rows);
}
