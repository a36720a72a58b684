import type { Mesh } from "../../src/fem/mesh/mesh.js";

/** Slabs of carbon/binder from the collector (`bottom`) up to a slab of particle; all in one dimension. */
export interface Column {
  /** From the collector upwards: thickness in m and class, 0 high or 1 low. */
  readonly layers: readonly { readonly thickness: number; readonly binder: 0 | 1 }[];
}

/**
 * Columns side by side that share nothing but the collector: branches of a circuit. First order; every column has the
 * same width, and a particle of its own.
 */
export interface ColumnsGeometry {
  readonly columns: readonly Column[];
  /** m */
  readonly width: number;
  readonly particleThickness: number;
  /** Cells across a column, and along each layer and particle. */
  readonly across: number;
  readonly along: number;
}

interface Growing {
  readonly nodes: number[];
  readonly cells: number[];
  readonly region: number[];
}

/** The mesh: each column's binder below, its particle above, an interface of coincident nodes between. */
export function columnsMesh({ columns, width, particleThickness, across, along }: ColumnsGeometry): Mesh {
  const all: Growing = { nodes: [], cells: [], region: [] };
  const collector: number[] = [];
  const particleNodes: number[] = [];
  const binderNodes: number[] = [];
  const classes: number[] = [];
  columns.forEach(({ layers }, k) => {
    const heights = [0];
    const row: number[] = [];
    for (const { thickness, binder } of layers) append(heights, row, thickness, along, columns.length + binder);
    const from = 1.5 * k * width;
    const base = addSlab(all, from, width, across, heights, row);
    const top = heights[heights.length - 1];
    const particle = [top];
    const own: number[] = [];
    append(particle, own, particleThickness, along, k);
    const contact = addSlab(all, from, width, across, particle, own);
    const binderTop = base + (heights.length - 1) * (across + 1);
    for (let j = 0; j < across; j++) {
      collector.push(base + j, base + j + 1);
      particleNodes.push(contact + j, contact + j + 1);
      binderNodes.push(binderTop + j, binderTop + j + 1);
      classes.push(layers[layers.length - 1].binder);
    }
  });
  return {
    dimension: 2,
    order: 1,
    nodes: Float64Array.from(all.nodes),
    nodesPerCell: 3,
    cells: Int32Array.from(all.cells),
    region: Int32Array.from(all.region),
    particles: columns.length,
    contact: {
      nodesPerFacet: 2,
      particleNodes: Int32Array.from(particleNodes),
      binderNodes: Int32Array.from(binderNodes),
      particle: Int32Array.from(classes, (_, facet) => Math.floor(facet / across)),
      binder: Int32Array.from(classes),
    },
    boundary: { nodesPerFacet: 2, nodes: Int32Array.from(collector), side: new Int32Array(collector.length / 2) },
  };
}

/** Continue the heights of node rows by `count` rows over `thickness`, with the region of each row of cells. */
function append(heights: number[], row: number[], thickness: number, count: number, region: number): void {
  const from = heights[heights.length - 1];
  for (let k = 1; k <= count; k++) {
    heights.push(from + (thickness * k) / count);
    row.push(region);
  }
}

/** Add a rectangle of cells; returns its lower left node. */
function addSlab(
  { nodes, cells, region }: Growing,
  from: number,
  width: number,
  across: number,
  heights: readonly number[],
  rows: readonly number[],
): number {
  const start = nodes.length / 2;
  for (const y of heights) for (let i = 0; i <= across; i++) nodes.push(from + (width * i) / across, y);
  rows.forEach((own, j) => {
    for (let i = 0; i < across; i++) {
      const a = start + j * (across + 1) + i;
      const b = a + across + 1;
      // Diagonals alternate, so that no direction is preferred.
      cells.push(...((i + j) % 2 === 0 ? [a, a + 1, b + 1, a, b + 1, b] : [a, a + 1, b, a + 1, b + 1, b]));
      region.push(own, own);
    }
  });
  return start;
}
