import { draws, shuffled } from "../../draws/draws.js";
import { tableS1 } from "../../imaging/attribute/table-s1.js";
import { quantile } from "../../statistics/quantile.js";
import { damageQuantity } from "../../table/damage-name.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { type DepthTrend, depthTrend } from "../compare/depth-trend.js";
import { columnRole, type Group } from "../learn/attribute.js";
import { rankCorrelation } from "../learn/correlation.js";
import { moran } from "../spatial/autocorrelation.js";
import { nearestOf, placesOf } from "../spatial/places.js";
import { againstRandomLabels, type LabellingTest } from "../spatial/random-labelling.js";
import { type SevereFindings, severeFindings } from "../spatial/spatial.js";
import { type AttributeSummary, attributeSummaries, tellingColumns } from "./attribute-summary.js";
import { type SizeRelation, sizeRelation } from "./size-relation.js";

export interface FindingsSettings {
  /** Dealings of the severe mark to the same places, resamples of the bootstrap, and the seed of both. */
  readonly permutations: number;
  readonly resamples: number;
  readonly seed: number;
}

const usualFindings: FindingsSettings = { permutations: 999, resamples: 1000, seed: 1 };

/** What a table of measured particles says; whole particles only, where there are any. */
export interface ParticleFindings {
  readonly settings: FindingsSettings;
  /** Whole particles, or all where none is whole; of very many, those that were drawn. */
  readonly particles: number;
  /** How many there were where some were drawn: what looks at neighbours is left out then. */
  readonly drawnFrom?: number;
  readonly attributes: readonly AttributeSummary[];
  readonly correlations: Correlations;
  /** How every attribute goes with damage, whether it may hold the cracks it is to explain; null where damage is one. */
  readonly leakage: Leakage | null;
  readonly damage: DamageFindings | null;
  /** Detachment against size; null where no binder is known. */
  readonly detachment: SizeRelation | null;
}

/** Spearman's ρ of the published attributes and a few besides. */
export interface Correlations {
  readonly names: readonly string[];
  readonly groups: readonly (Group | "identity" | "outcome")[];
  /** `[name][name]`; null where it cannot be told. */
  readonly rho: readonly (readonly (number | null)[])[];
}

export interface Leakage {
  /** The published definition of damage where the table has it. */
  readonly target: string;
  /** Spearman's ρ with it. */
  readonly attributes: readonly { readonly name: string; readonly rho: number | null }[];
}

export interface DamageFindings {
  /** The column, and of how many particles. */
  readonly column: string;
  readonly particles: number;
  /** Mean distance to the nearest particle of any kind, µm. */
  readonly nearestOfAll: number;
  readonly moran: LabellingTest;
  readonly severe: readonly SevereFindings[];
  /** The last axis along which places vary: z, or y in a slice. */
  readonly along: string;
  readonly depth: DepthTrend;
}

/** Of more whole particles than these some are drawn: each attribute is resampled a thousand times. */
const mostRows = 20_000;

/** Severe is damage above these, and the most damaged share. */
const thresholds = [0.1];
const shares = [0.2];
/** µm */
const slice = 10;

/** Columns besides the published ones that stand among the correlations. */
const besides = ["Coverage", "Native void fraction", "Coordination", "Mean stoichiometry", "Radial stoichiometry rise"];

/** Rows of particles that no face of the picture cuts; all when every one is cut. */
export function wholeRows(table: ParticleTable): ParticleTable {
  const touches = table.columns.get("Touches edge");
  const kept = touches ? [...touches.keys()].filter((k) => touches[k] === 0) : [];
  if (kept.length === 0) return table;
  const columns = new Map(
    table.names.map((name) => {
      const column = columnOf(table, name);
      return [name, Float64Array.from(kept, (k) => column[k])] as const;
    }),
  );
  return { rows: kept.length, names: table.names, columns };
}

/** Rows drawn at random, in their order; the same ones each time. */
function someRows(table: ParticleTable, count: number): ParticleTable {
  const rows = shuffled(table.rows, draws(0, "rows")).slice(0, count).sort();
  const columns = table.names.map((name) => {
    const values = columnOf(table, name);
    return [name, Float64Array.from(rows, (row) => values[row] ?? Number.NaN)] as const;
  });
  return { rows: count, names: table.names, columns: new Map(columns) };
}

/** Distributions, correlations, damage in space and depth, detachment and size. */
export function particleFindings(
  all: ParticleTable,
  settings: FindingsSettings = usualFindings,
  most = mostRows,
): ParticleFindings {
  const whole = wholeRows(all);
  const many = whole.rows > most;
  const table = many ? someRows(whole, most) : whole;
  const { resamples, seed } = settings;
  const radius = table.columns.get("Particle radius [um]");
  const detachment = table.columns.get("Detachment");
  return {
    settings,
    particles: table.rows,
    ...(many && { drawnFrom: whole.rows }),
    attributes: table.rows < 3 ? [] : attributeSummaries(table, resamples, seed),
    correlations: correlationsOf(table),
    leakage: leakageOf(table),
    damage: many ? null : damageFindings(table, settings),
    detachment: radius && detachment ? sizeRelation(radius, detachment, resamples, seed) : null,
  };
}

function correlationsOf(table: ParticleTable): Correlations {
  const telling = new Set(tellingColumns(table));
  const published = tableS1.map(({ physical, paper }) => (telling.has(physical) ? physical : paper));
  const names = [...published, ...besides].filter((name) => telling.has(name));
  const columns = names.map((name) => columnOf(table, name));
  return {
    names,
    groups: names.map((name) => columnRole(name.replace(" (paper)", "")).role),
    rho: columns.map((a) => columns.map((b) => knownCorrelation(a, b))),
  };
}

function leakageOf(table: ParticleTable): Leakage | null {
  const telling = tellingColumns(table);
  const target = ["Damage (paper)", "Crack share"].find((name) => telling.includes(name));
  if (target === undefined) return null;
  const damage = columnOf(table, target);
  const others = telling.filter((name) => damageQuantity(name) === undefined);
  return { target, attributes: others.map((name) => ({ name, rho: knownCorrelation(columnOf(table, name), damage) })) };
}

/** Over the rows where both are known; null with fewer than four. */
function knownCorrelation(a: Float64Array, b: Float64Array): number | null {
  const known = [...a.keys()].filter((k) => Number.isFinite(a[k]) && Number.isFinite(b[k]));
  if (known.length < 4) return null;
  const of = (column: Float64Array) => Float64Array.from(known, (k) => column[k]);
  return rankCorrelation(of(a), of(b)).r;
}

/** @returns null where damage does not vary or too few particles are known */
function damageFindings(table: ParticleTable, settings: FindingsSettings): DamageFindings | null {
  const column = ["Crack share", "Damage (paper)"].find((name) => tellingColumns(table).includes(name));
  if (column === undefined) return null;
  const known = [...columnOf(table, column).keys()].filter((k) => Number.isFinite(columnOf(table, column)[k]));
  if (known.length < 12) return null;
  const of = (name: string) => Float64Array.from(known, (k) => columnOf(table, name)[k]);
  const damage = of(column);
  const varying = ["x [um]", "y [um]", "z [um]"].filter((name) => new Set(of(name)).size > 1);
  if (varying.length < 2) return null;
  const axes = varying.map(of);
  const places = placesOf(axes);
  const graph = nearestOf(places, 6);
  return {
    column,
    particles: known.length,
    nearestOfAll: meanNearest(graph),
    moran: moranTest(damage, graph, settings),
    severe: severeDefinitions(damage).map((each) =>
      severeFindings(places, damage, graph, each, { ...settings, thresholds, shares }),
    ),
    along: varying[varying.length - 1],
    depth: depthTrend(axes[axes.length - 1], damage, slice, settings.seed),
  };
}

function severeDefinitions(damage: Float64Array) {
  const named = [
    ...thresholds.map((threshold) => ({ definition: `damage above ${threshold}`, threshold })),
    ...shares.map((share) => ({
      definition: `the ${Math.round(100 * share)} % most damaged`,
      threshold: quantile(damage, 1 - share),
    })),
  ];
  return named.filter(({ threshold }) => damage.filter((value) => value > threshold).length >= 3);
}

function moranTest(damage: Float64Array, graph: ReturnType<typeof nearestOf>, settings: FindingsSettings) {
  return againstRandomLabels(
    damage,
    (marks, into) => {
      into[0] = moran(marks, graph);
    },
    1,
    settings.permutations,
    settings.seed,
  )[0];
}

function meanNearest({ distance, each }: { readonly distance: Float64Array; readonly each: number }): number {
  let sum = 0;
  for (let k = 0; k < distance.length; k += each) sum += distance[k];
  return sum / (distance.length / each);
}
