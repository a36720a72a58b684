import type { CompareSettings, Comparison } from "./compare.js";
import type { LikeColumns } from "./like-columns.js";
import type { MeasuredParticles, ParticleSettings } from "./measured-particles.js";
import { sameParticles } from "./same-particles.js";

/** What may make two tables differ without the particles differing. */
export interface Confounder {
  readonly name: string;
  /** One entry a table. */
  readonly values: readonly (string | number | null)[];
}

/** `compare.json`. */
export interface CompareRecord extends Omit<Comparison, "tables"> {
  readonly version: string;
  readonly column: string;
  /** The column of each table. */
  readonly columns: readonly string[];
  /** Sentences about what stands beside what. */
  readonly notes: readonly string[];
  readonly settings: CompareSettings & ParticleSettings;
  readonly tables: readonly (Comparison["tables"][number] & {
    readonly unit: string;
    readonly axes: readonly string[];
    readonly meanDiameter: number | null;
    readonly notes: readonly string[];
  })[];
  /** Spatial findings by table; null where places are not known. */
  readonly spatial: readonly unknown[];
  readonly confounders: readonly Confounder[];
}

/** What a table's neighbour `summary.json` tells of how it was measured. */
export interface Provenance {
  readonly voxelSize: string | null;
  readonly closing: string | null;
}

export function compareRecord(
  comparison: Comparison,
  particles: readonly MeasuredParticles[],
  provenance: readonly Provenance[],
  settings: CompareSettings & ParticleSettings,
  version: string,
  like: LikeColumns = { columns: particles.map(() => ({ name: settings.column, factor: 1 })), notes: [] },
): CompareRecord {
  const { tables, ...compared } = comparison;
  const of = (name: string, value: (each: MeasuredParticles, k: number) => string | number | null): Confounder => ({
    name,
    values: particles.map(value),
  });
  return {
    version,
    column: settings.column,
    columns: like.columns.map(({ name }) => name),
    notes: like.notes,
    settings,
    tables: tables.map((table, k) => {
      const { unit, axisNames, meanDiameter, notes } = particles[k];
      return { ...table, unit, axes: axisNames, meanDiameter, notes };
    }),
    ...compared,
    spatial: tables.map(({ spatial }) => spatial),
    confounders: [
      of("particles", ({ value }) => value.length),
      of("voxel size", (_, k) => provenance[k].voxelSize),
      of("closing radius", (_, k) => provenance[k].closing),
      of("share cut by the edge", ({ edgeShare }) => edgeShare),
      of("unit of length", ({ unit, axes }) => (axes.length === 0 ? null : unit)),
      of("mean diameter", ({ meanDiameter }) => meanDiameter),
      of("same particles as the table before", (each, k) =>
        k === 0 ? "first table" : sameParticles([particles[k - 1], each]) ? "yes" : "no",
      ),
      of("dimensions", ({ axes }) => (axes.length === 0 ? null : axes.length)),
    ],
  };
}
