import type { TopLevelSpec } from "vega-lite";
import { type Contact, contactBands } from "../field/contact.js";
import { drawTriangles, emptyRaster, pngUri, quantise, type Raster, schemePalette } from "../field/raster.js";
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
  /** Zero in the middle of the colours. */
  readonly signed: boolean;
}

export const quantities: readonly Quantity[] = [
  { name: "Stoichiometry", title: "Stoichiometry c/c_max", factor: 1, scheme: "viridis", where: "node", signed: false },
  { name: "Potential [V]", title: "Potential (V)", factor: 1, scheme: "cividis", where: "node", signed: false },
  {
    name: "Hydrostatic stress [Pa]",
    title: "Hydrostatic stress (MPa)",
    factor: 1e-6,
    scheme: "blueorange",
    where: "cell",
    signed: true,
  },
  {
    name: "Von Mises stress [Pa]",
    title: "Von Mises stress (MPa)",
    factor: 1e-6,
    scheme: "inferno",
    where: "cell",
    signed: false,
  },
  { name: "Opening [m]", title: "Opening (nm)", factor: 1e9, scheme: "plasma", where: "surface", signed: false },
  { name: "Damage", title: "Damage D", factor: 1, scheme: "plasma", where: "surface", signed: false },
];

/** Range of a quantity over several moments, so that they share their colours; null where it is nowhere known. */
export function domainOf(quantity: Quantity, snapshots: readonly Snapshot[]): readonly [number, number] | null {
  const bounds = snapshots.flatMap((snapshot) => boundsOf(stored(quantity, snapshot) ?? []) ?? []);
  if (bounds.length === 0) return null;
  const [low, high] = [Math.min(...bounds) * quantity.factor, Math.max(...bounds) * quantity.factor];
  if (quantity.signed) return [-Math.max(-low, high), Math.max(-low, high)];
  return quantity.where === "surface" || quantity.scheme === "inferno" ? [Math.min(0, low), high] : [low, high];
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
  if (quantity.where === "surface") underlay(snapshot, raster, extent, index, palette);
  const legend = {
    data: { values: [{ value: domain[0] }] },
    mark: { type: "point", opacity: 0 },
    encoding: {
      color: {
        field: "value",
        type: quantitative,
        title: quantity.title,
        scale: { domain: domain.map((value) => Number(value.toPrecision(4))), scheme: quantity.scheme },
        legend: { titleOrient: "top", tickCount: 4, gradientLength: 200, titleLimit: 220 },
      },
    },
  };
  const uri = pngUri(index, raster.width, raster.height, palette);
  return map(`Picture: ${quantity.title} at ${snapshot.time.toPrecision(4)} s.`, extent, uri, axes, [legend]);
}

function stored({ name, where }: Quantity, snapshot: Snapshot): Float64Array | undefined {
  return (where === "cell" ? snapshot.cell : snapshot.point).get(name);
}

function draw(quantity: Quantity, snapshot: Snapshot, contact: Contact, raster: Raster, extent: Extent): void {
  const values = stored(quantity, snapshot)!;
  const scaled = (k: number) => values[k]! * quantity.factor;
  if (quantity.where !== "surface") {
    const byCell = quantity.where === "cell";
    drawTriangles(
      raster,
      extent,
      cellTriangles(snapshot, (cell, node) => scaled(byCell ? cell : node)),
    );
    return;
  }
  const thickness = (6 * fineness * extent.width) / raster.width;
  drawTriangles(
    raster,
    extent,
    contactBands(snapshot, contact, thickness, (_, node) => scaled(node)),
  );
}

/** Particles in a faint grey under what lives on their surfaces only; takes the last colour. */
function underlay(snapshot: Snapshot, raster: Raster, extent: Extent, index: Uint8Array, palette: number[][]): void {
  const shape = emptyRaster(extent, raster.width);
  drawTriangles(
    shape,
    extent,
    cellTriangles(snapshot, (cell) => (snapshot.region[cell]! < snapshot.particles ? 1 : Number.NaN)),
  );
  palette[255] = [128, 136, 146, 50];
  for (let k = 0; k < index.length; k++) {
    if (index[k] === 255) index[k] = 254;
    if (index[k] === 0 && !Number.isNaN(shape.value[k]!)) index[k] = 255;
  }
}
