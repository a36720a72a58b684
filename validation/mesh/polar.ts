import type { Mesh } from "../../src/fem/mesh/mesh.js";

/**
 * A quarter of a round particle in a concentric shell: x ≥ 0, y ≥ 0, centre at the origin. In plane strain the quarter
 * of a disk, about the axis x = 0 the upper half of a sphere; either way `left` and `bottom` are lines of symmetry.
 * The outer circle is the side `right`. Lengths in m.
 */
export interface PolarGeometry {
  readonly order: 1 | 2;
  readonly radius: number;
  /** Radius of the outer circle. */
  readonly outer: number;
  /** Edges on the quarter circle of the particle; sets the size everywhere. */
  readonly segments: number;
  /** One body: the core is high-conductivity carbon/binder, the shell low, and there is neither particle nor interface. */
  readonly bonded?: boolean;
}

interface Ring {
  readonly radius: number;
  readonly segments: number;
}

/** Nodes in polar coordinates `[node][2]` r, θ, and cells. */
interface Sector {
  readonly places: number[];
  readonly cells: number[];
}

/** The mesh of the quarter; second order with all midside nodes on circles and rays. */
export function polarMesh(geometry: PolarGeometry): Mesh {
  const { segments, order, bonded } = geometry;
  const core = coreRings(geometry);
  const shell = shellRings(geometry);
  const whole: Sector = { places: [], cells: [] };
  const coreStarts = addRings(whole, core);
  const coreCells = whole.cells.length / 3;
  const surface = coreStarts[coreStarts.length - 1];
  const shellStarts = addRings(whole, shell, bonded ? surface : undefined);
  const cells = order === 1 ? whole.cells : secondOrder(whole);
  const nodesPerCell = order === 1 ? 3 : 6;
  const particles = bonded ? 0 : 1;
  const inner = arc(cells, nodesPerCell, surface, segments, [0, coreCells]);
  const outside = arc(cells, nodesPerCell, shellStarts[0], segments, [coreCells, cells.length / nodesPerCell]);
  return {
    dimension: 2,
    order,
    nodes: Float64Array.from(whole.places, (_, k) => cartesian(whole.places, k)),
    nodesPerCell,
    cells: Int32Array.from(cells),
    region: Int32Array.from({ length: cells.length / nodesPerCell }, (_, cell) => (cell < coreCells ? 0 : 1)),
    particles,
    contact: {
      nodesPerFacet: order + 1,
      particleNodes: Int32Array.from(bonded ? [] : inner),
      binderNodes: Int32Array.from(bonded ? [] : outside),
      particle: new Int32Array(bonded ? 0 : segments),
      binder: new Int32Array(bonded ? 0 : segments),
    },
    boundary: outline(whole.places, cells, nodesPerCell, geometry.outer),
  };
}

/** Ring k of the core has k edges a quarter, so that cells keep their shape towards the centre. */
function coreRings({ radius, segments }: PolarGeometry): Ring[] {
  return Array.from({ length: segments + 1 }, (_, k) => ({ radius: (radius * k) / segments, segments: k }));
}

/** Rings of the shell grow with their radius, so that cells keep their shape outwards. */
function shellRings({ radius, outer, segments }: PolarGeometry): Ring[] {
  const ratio = outer / radius;
  const count = Math.max(2, Math.ceil((Math.log(ratio) * segments * 2) / Math.PI));
  const at = (k: number): number => (k === 0 ? radius : k === count ? outer : radius * ratio ** (k / count));
  return Array.from({ length: count + 1 }, (_, k) => ({ radius: at(k), segments }));
}

/** Append rings and the cells between them; the first ring may be one that is there. Returns each ring's first node. */
function addRings({ places, cells }: Sector, rings: readonly Ring[], first?: number): number[] {
  const starts = rings.map(({ radius, segments }, k) => {
    if (k === 0 && first !== undefined) return first;
    const start = places.length / 2;
    for (let j = 0; j <= segments; j++) places.push(radius, segments === 0 ? 0 : (Math.PI / 2) * (j / segments));
    return start;
  });
  for (let k = 0; k + 1 < rings.length; k++) {
    const [a, b] = [starts[k], starts[k + 1]];
    for (let j = 0; j < rings[k + 1].segments; j++) cells.push(a + j, b + j, b + j + 1);
    for (let j = 0; j < rings[k].segments; j++) cells.push(a + j, b + j + 1, a + j + 1);
  }
  return starts;
}

/** Six-node cells; midside nodes are appended, halfway in r and θ. A body's nodes are never another's. */
function secondOrder({ places, cells }: Sector): number[] {
  const seen = new Map<string, number>();
  const between = (a: number, b: number): number => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const found = seen.get(key);
    if (found !== undefined) return found;
    const theta = (node: number, other: number): number => places[2 * (places[2 * node] === 0 ? other : node) + 1];
    const node = places.length / 2;
    places.push((places[2 * a] + places[2 * b]) / 2, (theta(a, b) + theta(b, a)) / 2);
    seen.set(key, node);
    return node;
  };
  const out: number[] = [];
  for (let c = 0; c < cells.length; c += 3) {
    const [i, j, k] = cells.slice(c, c + 3);
    out.push(i, j, k, between(i, j), between(j, k), between(k, i));
  }
  return out;
}

/** x or y of a node; exactly zero on the lines of symmetry. */
function cartesian(places: readonly number[], k: number): number {
  const r = places[k & ~1];
  const theta = places[k | 1];
  if (k & 1) return r * Math.sin(theta);
  return theta === Math.PI / 2 ? 0 : r * Math.cos(theta);
}

/** Facets `[facet][2 or 3]` along the ring whose first node is `start`, in the cells of one body. */
function arc(
  cells: readonly number[],
  nodesPerCell: number,
  start: number,
  segments: number,
  [from, to]: readonly [number, number],
): number[] {
  const middle = new Map<number, number>();
  for (let cell = from; cell < to; cell++) {
    for (let e = 0; e < 3; e++) {
      const a = cells[cell * nodesPerCell + e];
      const b = cells[cell * nodesPerCell + ((e + 1) % 3)];
      if (Math.abs(a - b) === 1) middle.set(Math.min(a, b), cells[cell * nodesPerCell + 3 + e]);
    }
  }
  return Array.from({ length: segments }, (_, j) => [start + j, start + j + 1, middle.get(start + j)!]).flatMap(
    (facet) => facet.slice(0, nodesPerCell === 3 ? 2 : 3),
  );
}

/** The edges on the two lines of symmetry and on the outer circle. */
function outline(places: readonly number[], cells: readonly number[], nodesPerCell: number, outer: number) {
  const on = [
    (node: number) => places[2 * node + 1] === 0 || places[2 * node] === 0,
    (node: number) => places[2 * node] === outer,
    () => false,
    (node: number) => places[2 * node + 1] === Math.PI / 2 || places[2 * node] === 0,
  ];
  const nodes: number[] = [];
  const side: number[] = [];
  for (let c = 0; c < cells.length; c += nodesPerCell) {
    for (let e = 0; e < 3; e++) {
      const a = cells[c + e];
      const b = cells[c + ((e + 1) % 3)];
      const found = on.findIndex((lies) => lies(a) && lies(b));
      if (found < 0) continue;
      side.push(found);
      nodes.push(a, b);
      if (nodesPerCell === 6) nodes.push(cells[c + 3 + e]);
    }
  }
  return { nodesPerFacet: nodesPerCell === 6 ? 3 : 2, nodes: Int32Array.from(nodes), side: Int32Array.from(side) };
}
