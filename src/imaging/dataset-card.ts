import type { VoxelSize } from "./volume/volume.js";

/** What a tomogram is of, for every result made from it. */
export interface DatasetCard {
  readonly sample: string;
  readonly chemistry: string;
  readonly cycling: "pristine" | "unknown" | CycledState;
  /** µm, z, y, x; null where the card does not say. */
  readonly voxelSize: VoxelSize | null;
  readonly source: string;
  readonly licence: string;
  readonly kind?: "grey" | "phases";
  readonly instrument?: string;
  readonly doi?: string;
  readonly notes?: string;
}

/** What an electrode went through, in the card's own words. */
export interface CycledState {
  readonly cycles: number;
  readonly charge?: string;
  readonly discharge?: string;
  readonly temperature?: string;
  readonly notes?: string;
}

/** The card as pairs of a name and words, for tables and headers. */
export function cardWords(card: DatasetCard): (readonly [string, string])[] {
  const { voxelSize } = card;
  const words: (readonly [string, string | undefined])[] = [
    ["Sample", card.sample],
    ["Chemistry", card.chemistry],
    ["Cycling", cyclingWords(card.cycling)],
    ["Voxel size", voxelSize === null ? undefined : `${voxelSizeWords(voxelSize)}`],
    ["Kind", card.kind],
    ["Instrument", card.instrument],
    ["Source", card.source],
    ["DOI", card.doi],
    ["Licence", card.licence],
    ["Notes", card.notes],
  ];
  return words.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}

function cyclingWords(cycling: DatasetCard["cycling"]): string {
  if (typeof cycling === "string") return cycling;
  const { cycles, charge, discharge, temperature, notes } = cycling;
  const parts = [charge && `charged at ${charge}`, discharge && `discharged at ${discharge}`, temperature, notes];
  return [`${cycles} cycles`, ...parts.filter((part) => part)].join(", ");
}

/** `0.398 um`, or three edges for z, y, x. */
export function voxelSizeWords([dz, dy, dx]: VoxelSize): string {
  return dz === dy && dy === dx ? `${dx} um` : `${dz} × ${dy} × ${dx} um (z, y, x)`;
}

/** Whether two voxel sizes are one, but for rounding in a header. */
export function sameVoxelSize(a: VoxelSize, b: VoxelSize): boolean {
  return a.every((edge, axis) => Math.abs(edge - b[axis]) <= 1e-3 * edge);
}
