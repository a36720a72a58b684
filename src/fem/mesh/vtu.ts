import { fromBase64, toBase64 } from "./base64.js";
import { type Mesh, nodeCount } from "./mesh.js";

/** Numbers with their layout `[node or cell][components]`. */
export interface VtuData {
  readonly components: number;
  readonly values: Float64Array;
}

/** What a VTU file of our own writing holds; `points` has three coordinates, `data` keeps our components. */
export interface VtuContent {
  /** `[point][3]` m */
  readonly points: Float64Array;
  readonly connectivity: Int32Array;
  /** `[cell]` end of each cell's nodes. */
  readonly offsets: Int32Array;
  /** `[cell]` VTK cell type: 5 or 22. */
  readonly types: Uint8Array;
  readonly pointData: Readonly<Record<string, VtuData>>;
  readonly cellData: Readonly<Record<string, VtuData>>;
}

type Values = Float64Array | Int32Array | Uint8Array;
const typeNames = { Float64: Float64Array, Int32: Int32Array, UInt8: Uint8Array } as const;
type TypeName = keyof typeof typeNames;

/** VTK's types of the three- and six-node triangle; its six-node order is ours. */
const cellType = { 1: 5, 2: 22 } as const;

/**
 * A mesh with point and cell data as VTK XML (docs.vtk.org, "VTK XML formats"), inline base64 with 64-bit headers.
 * `Region` is written as cell data. Vectors of two components are padded with a zero.
 * @throws RangeError for data of the wrong length.
 */
export function writeVtu(
  mesh: Mesh,
  pointData: Readonly<Record<string, VtuData>>,
  cellData: Readonly<Record<string, VtuData>>,
): string {
  const points = nodeCount(mesh);
  const cells = mesh.region.length;
  const coordinates = padded({ components: 2, values: mesh.nodes });
  const offsets = Int32Array.from({ length: cells }, (_, c) => (c + 1) * mesh.nodesPerCell);
  return [
    '<?xml version="1.0"?>',
    '<VTKFile type="UnstructuredGrid" version="1.0" byte_order="LittleEndian" header_type="UInt64">',
    "<UnstructuredGrid>",
    `<Piece NumberOfPoints="${points}" NumberOfCells="${cells}">`,
    "<PointData>",
    ...Object.entries(pointData).map(([name, data]) => dataArray(name, checked(name, data, points, "nodes"))),
    "</PointData>",
    "<CellData>",
    array("Region", 1, mesh.region),
    ...Object.entries(cellData).map(([name, data]) => dataArray(name, checked(name, data, cells, "cells"))),
    "</CellData>",
    "<Points>",
    array("Points", 3, coordinates),
    "</Points>",
    "<Cells>",
    array("connectivity", 1, mesh.cells),
    array("offsets", 1, offsets),
    array("types", 1, new Uint8Array(cells).fill(cellType[mesh.order])),
    "</Cells>",
    "</Piece>",
    "</UnstructuredGrid>",
    "</VTKFile>",
    "",
  ].join("\n");
}

function checked(name: string, data: VtuData, count: number, what: string): VtuData {
  if (data.values.length === count * data.components) return data;
  throw new RangeError(
    `Writing a VTU file: "${name}" has ${data.values.length} numbers; ${count} ${what} of ${data.components} components need ${count * data.components}.`,
  );
}

function dataArray(name: string, data: VtuData): string {
  return data.components === 2 ? array(name, 3, padded(data), 2) : array(name, data.components, data.values);
}

function padded({ values }: VtuData): Float64Array {
  const out = new Float64Array((values.length / 2) * 3);
  for (let k = 0; k < values.length / 2; k++) out.set(values.subarray(2 * k, 2 * k + 2), 3 * k);
  return out;
}

function array(name: string, components: number, values: Values, own = components): string {
  const type = values instanceof Float64Array ? "Float64" : values instanceof Int32Array ? "Int32" : "UInt8";
  const title = name.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const note = own === components ? "" : ` ownComponents="${own}"`;
  const head = `<DataArray type="${type}" Name="${title}" NumberOfComponents="${components}"${note} format="binary">`;
  return `${head}${encoded(values)}</DataArray>`;
}

/** Byte count (64 bits) and bytes, little-endian, as one base64 text. */
function encoded(values: Values): string {
  const width = values.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(8 + values.byteLength);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(values.byteLength), true);
  for (let k = 0, at = 8; k < values.length; k++, at += width) {
    if (width === 8) view.setFloat64(at, values[k], true);
    else if (width === 4) view.setInt32(at, values[k], true);
    else bytes[at] = values[k];
  }
  return toBase64(bytes);
}

/**
 * Reads a VTU file that `writeVtu` wrote.
 * @throws TypeError for other files.
 */
export function readVtu(text: string): VtuContent {
  if (!text.includes('header_type="UInt64"') || !text.includes('byte_order="LittleEndian"'))
    throw new TypeError(
      "Reading a VTU file: no inline binary with 64-bit headers found; only files of writeVtu are read.",
    );
  const part = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(text)?.[1] ?? "";
  const grid = { ...readArrays(part("Points")), ...readArrays(part("Cells")) };
  return {
    points: grid.Points.values as Float64Array,
    connectivity: grid.connectivity.values as Int32Array,
    offsets: grid.offsets.values as Int32Array,
    types: grid.types.values as Uint8Array,
    pointData: asNumbers(readArrays(part("PointData"))),
    cellData: asNumbers(readArrays(part("CellData"))),
  };
}

interface ReadArray {
  readonly components: number;
  readonly own: number;
  readonly values: Values;
}

function readArrays(xml: string): Record<string, ReadArray> {
  const found: Record<string, ReadArray> = {};
  for (const [, attributes, body] of xml.matchAll(/<DataArray ([^>]*)>([^<]*)<\/DataArray>/g)) {
    const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const components = Number(attribute("NumberOfComponents"));
    const title = attribute("Name") ?? "";
    const name = title
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&");
    const values = decoded(body, attribute("type") as TypeName);
    found[name] = { components, own: Number(attribute("ownComponents") ?? components), values };
  }
  return found;
}

function decoded(text: string, type: TypeName): Values {
  if (!(type in typeNames))
    throw new TypeError(`Reading a VTU file: data of type ${type}; known are ${Object.keys(typeNames).join(", ")}.`);
  const bytes = fromBase64(text);
  const view = new DataView(bytes.buffer);
  const length = Number(view.getBigUint64(0, true));
  const width = typeNames[type].BYTES_PER_ELEMENT;
  const values = new typeNames[type](length / width);
  for (let k = 0, at = 8; k < values.length; k++, at += width) {
    values[k] = width === 8 ? view.getFloat64(at, true) : width === 4 ? view.getInt32(at, true) : bytes[at];
  }
  return values;
}

/** Drops the padding of two-component vectors. */
function asNumbers(arrays: Record<string, ReadArray>): Record<string, VtuData> {
  const unpadded = ({ components, own, values }: ReadArray): VtuData => {
    const kept = new Float64Array((values.length / components) * own);
    for (let k = 0; k < kept.length; k++) kept[k] = values[Math.floor(k / own) * components + (k % own)];
    return { components: own, values: kept };
  };
  return Object.fromEntries(Object.entries(arrays).map(([name, read]) => [name, unpadded(read)]));
}
