import type { Inferred, VegardLaw, VegardSettings } from "./infer.js";

/** How far measured and modelled strain are apart in one particle. */
export interface ParticleRecord {
  readonly name: string;
  /** Pixels inside, those whose composition was filled in, those with a measurement that counts. */
  readonly pixels: { readonly inside: number; readonly filled: number; readonly used: number };
  /** Root mean square of measured strain, and of what the law leaves. */
  readonly strain: number;
  readonly residual: number;
  /** TIFF with composition, and xx, yy, xy of measured, modelled and residual strain. */
  readonly maps: string;
}

/** `vegard.json`. */
export interface VegardRecord extends VegardLaw {
  readonly version: string;
  readonly title: string;
  /** µm; null when nothing says it. */
  readonly pixelSize: number | null;
  readonly particles: readonly ParticleRecord[];
  /** rad, of each particle: its first crystal axis from x towards y. */
  readonly angles: readonly number[];
  readonly alignments: readonly object[];
  /** With made-up maps the law that they have: factors of X, X², X³ of each component. */
  readonly truth: readonly (readonly number[])[] | null;
  readonly settings: VegardSettings;
}

/** @param models of each particle, `[xx, yy, xy][pixel]` */
export function vegardRecord(
  { law, particles }: Inferred,
  models: readonly Float64Array[],
  rest: Pick<VegardRecord, "version" | "title" | "pixelSize" | "alignments" | "truth" | "settings">,
): VegardRecord {
  return {
    ...law,
    ...rest,
    angles: particles.map(({ maps }) => maps.angle),
    particles: particles.map(({ maps, rows, pixels }, k) => {
      const mean = (of: (row: number) => number) =>
        Math.sqrt(rows.reduce((sum, row) => sum + of(row) ** 2, 0) / rows.length);
      return {
        name: maps.name,
        pixels,
        strain: mean((row) => maps.strain[row]),
        residual: mean((row) => maps.strain[row] - models[k][row]),
        maps: mapsFile(k),
      };
    }),
  };
}

export function mapsFile(particle: number): string {
  return `maps-${particle + 1}.tif`;
}
