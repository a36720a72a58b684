import type { TopLevelSpec } from "vega-lite";
import { cellFields, nodeFields } from "../../result/field-columns.js";
import { rounded } from "../../words/numbers.js";
import { type Contact, contactBands } from "../field/contact.js";
import {
  backdrop,
  drawTriangles,
  emptyRaster,
  nothing,
  pngUri,
  quantise,
  type Raster,
  schemePalette,
} from "../field/raster.js";
import { boundsOf, type Extent, extentOf, type Snapshot } from "../field/snapshot.js";
import { cellTriangles } from "../field/triangles.js";
import { fineness, map, mapSize } from "./map.js";
import { quantitative } from "./theme.js";

/** A field that is drawn: its name in the file, and how it is shown. */
export interface Quantity {
  readonly name: string;
  readonly title: string;
  /** Shown value = stored value × this. */
  readonly factor: number;
  readonly scheme: string;
  readonly where: "node" | "cell" | "surface";
  /** Cell values elsewhere are left out. */
  readonly within: "particles" | "binder" | "both";
  /** Shown less its largest value at the same moment. */
  readonly fromLargest: boolean;
  /** The colours begin at zero. */
  readonly fromZero: boolean;
  /** Zero in the middle of the colours. */
  readonly signed: boolean;
}

const base = { factor: 1, where: "node", within: "both", signed: false, fromZero: false, fromLargest: false } as const;

/** Stress in stiff particles is hundreds of times that in soft carbon/binder: each gets its own colours. */
const stresses = (["particles", "binder"] as const).flatMap((within): Quantity[] => {
  const place = within === "particles" ? "in particles" : "in carbon/binder";
  const stress = { ...base, factor: 1e-6, where: "cell", within } as const;
  return [
    {
      ...stress,
      name: cellFields.hydrostaticStress.name,
      title: `Hydrostatic stress ${place} (MPa)`,
      scheme: "blueorange",
      signed: true,
    },
    {
      ...stress,
      name: cellFields.vonMisesStress.name,
      title: `Von Mises stress ${place} (MPa)`,
      scheme: "inferno",
      fromZero: true,
    },
  ];
});

const surface = { ...base, where: "surface", scheme: "plasma", fromZero: true } as const;

export const quantities: readonly Quantity[] = [
  { ...base, name: nodeFields.stoichiometry.name, title: "Stoichiometry c/cₘₐₓ", scheme: "viridis" },
  {
    ...base,
    name: nodeFields.potential.name,
    title: "Potential below the collector (mV)",
    factor: 1e3,
    scheme: "cividis",
    fromLargest: true,
  },
  ...stresses,
  { ...surface, name: nodeFields.opening.name, title: "Opening (nm)", factor: 1e9 },
  { ...surface, name: nodeFields.damage.name, title: "Damage D" },
];

/**
 * Range of a quantity over several moments, so that they share their colours; null where it is nowhere known.
 * Stresses leave out the last half per cent at either end: single cells at corners would flatten the rest.
 */
export function domainOf(quantity: Quantity, snapshots: readonly Snapshot[]): readonly [number, number] | null {
  const outside = quantity.where === "cell" ? 0.005 : 0;
  const bounds = snapshots.flatMap((snapshot) => {
    const known = (shown(quantity, snapshot) ?? new Float64Array(0)).filter((value) => !Number.isNaN(value)).sort();
    const at = (share: number) => known[Math.round(share * (known.length - 1))];
    return known.length === 0 ? [] : [at(outside), at(1 - outside)];
  });
  if (bounds.length === 0) return null;
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
  if (quantity.signed) return [-Math.max(-low, high), Math.max(-low, high)];
  return quantity.fromZero ? [Math.min(0, low), high] : [low, high];
}

/** One field at one moment, as a picture with axes in µm and its colours explained. */
export function fieldMap(
  quantity: Quantity,
  snapshot: Snapshot,
  contact: Contact,
  domain: readonly [number, number],
  axes: readonly [string, string],
): TopLevelSpec {
  const extent = extentOf(snapshot);
  const raster = emptyRaster(extent, mapSize(extent).width * fineness);
  draw(quantity, snapshot, contact, raster, extent);
  const [index, palette] = [quantise(raster, domain), schemePalette(quantity.scheme)];
  if (quantity.where === "surface") underlay(snapshot, raster, extent, index);
  const legend = {
    data: { values: [{ value: domain[0] }] },
    mark: { type: "point", opacity: 0 },
    encoding: {
      color: {
        field: "value",
        type: quantitative,
        title: quantity.title,
        scale: { domain: domain.map((value) => rounded(value)), scheme: quantity.scheme },
        legend: { titleOrient: "top", tickCount: 4, gradientLength: 200, titleLimit: 330 },
      },
    },
  };
  const uri = pngUri(index, raster.width, raster.height, palette);
  return map(`Picture: ${quantity.title} at ${snapshot.time.toPrecision(4)} s.`, extent, uri, axes, [legend]);
}

/** The values as shown, in the unit of the title, NaN where left out; undefined where the file does not hold them. */
function shown(quantity: Quantity, snapshot: Snapshot): Float64Array | undefined {
  const { name, where, within, factor, fromLargest } = quantity;
  const stored = (where === "cell" ? snapshot.cell : snapshot.point).get(name);
  const offset = fromLargest && stored ? (boundsOf(stored)?.[1] ?? 0) : 0;
  const leftOut = (k: number) =>
    where === "cell" && within !== "both" && snapshot.region[k] < snapshot.particles !== (within === "particles");
  return stored?.map((value, k) => (leftOut(k) ? Number.NaN : (value - offset) * factor));
}

function draw(quantity: Quantity, snapshot: Snapshot, contact: Contact, raster: Raster, extent: Extent): void {
  const values = shown(quantity, snapshot);
  if (values === undefined) return;
  if (quantity.where !== "surface") {
    const byCell = quantity.where === "cell";
    drawTriangles(
      raster,
      extent,
      cellTriangles(snapshot, (cell, node) => values[byCell ? cell : node]),
    );
    return;
  }
  const thickness = (6 * fineness * extent.width) / raster.width;
  drawTriangles(
    raster,
    extent,
    contactBands(snapshot, contact, thickness, (_, node) => values[node]),
  );
}

/** Particles in a faint grey under what lives on their surfaces only. */
function underlay(snapshot: Snapshot, raster: Raster, extent: Extent, index: Uint8Array): void {
  const shape = emptyRaster(extent, raster.width);
  const inside = (cell: number) => (snapshot.region[cell] < snapshot.particles ? 1 : Number.NaN);
  drawTriangles(shape, extent, cellTriangles(snapshot, inside));
  for (let k = 0; k < index.length; k++) if (index[k] === nothing && !Number.isNaN(shape.value[k])) index[k] = backdrop;
}
