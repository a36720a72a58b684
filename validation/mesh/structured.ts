import type { Mesh } from "../../src/fem/mesh/mesh.js";
import { toOrder } from "../../src/fem/mesh/second-order.js";

/** A straight layer across the box. */
export interface Layer {
  readonly body: "particle" | "high" | "low";
  /** m */
  readonly thickness: number;
  readonly rows: number;
}

/**
 * Layers stacked upwards from y = 0, or to the right from x = 0. Two layers of which one is a particle share an
 * interface of duplicated nodes, as particles in carbon/binder do; other layers share their nodes.
 */
export interface Stack {
  readonly order: 1 | 2;
  readonly towards: "up" | "right";
  /** m, along the layers. */
  readonly length: number;
  readonly columns: number;
  readonly layers: readonly Layer[];
  /** Share of a cell by which vertices inside the bodies are moved off the lattice; 0 to 0.3. */
  readonly distortion?: number;
  /** Where along the layers (m, of a facet's middle) an interface is bonded; everywhere when left out. */
  readonly bonded?: (along: number) => boolean;
}

interface Row {
  readonly y: number;
  readonly first: number;
}

/** The mesh of a stack: squares cut along alternating diagonals. Lengths in m. */
export function structuredMesh(stack: Stack): Mesh {
  const across = stack.towards === "right" ? [...stack.layers].reverse() : stack.layers;
  const { vertices, rowsOf, seams } = lattice(stack, across);
  const triangles: number[] = [];
  const region: number[] = [];
  const regions = regionsOf(stack.layers);
  across.forEach((layer, k) => {
    for (let row = 0; row < layer.rows; row++) {
      for (let i = 0; i < stack.columns; i++) {
        const [a, b] = [rowsOf[k][row].first + i, rowsOf[k][row + 1].first + i];
        const cut = (row + i) % 2 === 0;
        triangles.push(...(cut ? [a, a + 1, b + 1, a, b + 1, b] : [a, a + 1, b, a + 1, b + 1, b]));
        region.push(regions.get(layer)!, regions.get(layer)!);
      }
    }
  });
  const straight = { points: Float64Array.from(vertices), triangles: Int32Array.from(triangles) };
  const body = toOrder(stack.order, straight, { ends: new Int32Array(0), middles: new Float64Array(0) });
  const particles = stack.layers.filter(({ body: kind }) => kind === "particle").length;
  const mesh = {
    dimension: 2 as const,
    order: stack.order,
    nodes: body.nodes,
    nodesPerCell: stack.order === 1 ? 3 : 6,
    cells: body.cells,
    region: Int32Array.from(region),
    particles,
  };
  const contact = contactFacets(mesh, stack, across, seams, regions);
  if (stack.towards === "right") turn(mesh.nodes, across);
  return { ...mesh, contact, boundary: boundaryFacets(mesh, stack) };
}

/** Particles by number in the order given, then the carbon/binders. */
function regionsOf(layers: readonly Layer[]): Map<Layer, number> {
  const particles = layers.filter(({ body }) => body === "particle");
  return new Map(
    layers.map((layer) => {
      if (layer.body === "particle") return [layer, particles.indexOf(layer)];
      return [layer, particles.length + (layer.body === "high" ? 0 : 1)];
    }),
  );
}

/** Vertices row by row; `rowsOf[layer][row]`; `seams[layer]` is true where the layer's lower row is duplicated. */
function lattice(stack: Stack, across: readonly Layer[]) {
  const vertices: number[] = [];
  const rowsOf: Row[][] = [];
  const seams: boolean[] = [];
  let floor = 0;
  across.forEach((layer, k) => {
    const below = across[k - 1];
    const seam = below !== undefined && (below.body === "particle") !== (layer.body === "particle");
    seams.push(seam);
    const rows: Row[] = k > 0 && !seam ? [rowsOf[k - 1][below.rows]] : [];
    const last = k === across.length - 1;
    for (let row = rows.length; row <= layer.rows; row++) {
      rows.push({ y: floor + (layer.thickness * row) / layer.rows, first: vertices.length / 2 });
      const inside = row > 0 && (row < layer.rows || (!last && !bordersParticle(layer, across[k + 1])));
      addRow(stack, layer, rows[row].y, inside ? (stack.distortion ?? 0) : 0, vertices);
    }
    rowsOf.push(rows);
    floor += layer.thickness;
  });
  return { vertices, rowsOf, seams };
}

function bordersParticle(a: Layer, b: Layer): boolean {
  return (a.body === "particle") !== (b.body === "particle");
}

/** One row of vertices, those off the sides moved by the same numbers in every run. */
function addRow(stack: Stack, layer: Layer, y: number, distortion: number, vertices: number[]): void {
  const h = stack.length / stack.columns;
  const v = layer.thickness / layer.rows;
  for (let i = 0; i <= stack.columns; i++) {
    const moved = i > 0 && i < stack.columns ? distortion : 0;
    const [p, q] = [scatter(vertices.length), scatter(vertices.length + 1)];
    vertices.push((stack.length * i) / stack.columns + moved * h * p, y + moved * v * q);
  }
}

/** In (−1, 1), fixed for each n. */
function scatter(n: number): number {
  const x = Math.sin(12.9898 * (n + 1)) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

/** Turn by a quarter so that layers listed downwards stand from left to right. */
function turn(nodes: Float64Array, across: readonly Layer[]): void {
  const height = across.reduce((sum, { thickness }) => sum + thickness, 0);
  for (let k = 0; k < nodes.length; k += 2) [nodes[k], nodes[k + 1]] = [height - nodes[k + 1], nodes[k]];
}

type Bare = Omit<Mesh, "contact" | "boundary">;

/** Edges of cells `[edge][2 or 3]` that only one cell has, counter-clockwise about it, with that cell. */
function freeEdges(mesh: Bare): { nodes: number[]; cell: number }[] {
  const n = mesh.nodesPerCell;
  const count = mesh.nodes.length / 2;
  const seen = new Map<number, { nodes: number[]; cell: number } | null>();
  for (let cell = 0; cell < mesh.region.length; cell++) {
    for (let e = 0; e < 3; e++) {
      const [a, b] = [mesh.cells[cell * n + e], mesh.cells[cell * n + ((e + 1) % 3)]];
      const key = Math.min(a, b) * count + Math.max(a, b);
      const nodes = n === 6 ? [a, b, mesh.cells[cell * n + 3 + e]] : [a, b];
      seen.set(key, seen.has(key) ? null : { nodes, cell });
    }
  }
  return [...seen.values()].filter((edge) => edge !== null);
}

function contactFacets(
  mesh: Bare,
  stack: Stack,
  across: readonly Layer[],
  seams: readonly boolean[],
  regions: ReadonlyMap<Layer, number>,
): Mesh["contact"] {
  const levels = across.map((_, k) => across.slice(0, k).reduce((sum, { thickness }) => sum + thickness, 0));
  const at = (node: number, c: number): number => mesh.nodes[2 * node + c];
  const scale = stack.length / stack.columns / 1e6;
  const edges = freeEdges(mesh);
  const out = {
    particleNodes: [] as number[],
    binderNodes: [] as number[],
    particle: [] as number[],
    binder: [] as number[],
  };
  levels.forEach((y, k) => {
    if (!seams[k]) return;
    const here = edges.filter(({ nodes }) => nodes.every((node) => Math.abs(at(node, 1) - y) < scale));
    const [lower, upper] = [across[k - 1], across[k]];
    const particle = regions.get(lower.body === "particle" ? lower : upper)!;
    const binder = regions.get(lower.body === "particle" ? upper : lower)!;
    for (const { nodes, cell } of here.filter((edge) => mesh.region[edge.cell] === particle)) {
      const middle = (at(nodes[0], 0) + at(nodes[1], 0)) / 2;
      if (!(stack.bonded?.(middle) ?? true)) continue;
      const twin = here.find(
        (edge) => edge.cell !== cell && mesh.region[edge.cell] === binder && at(edge.nodes[1], 0) === at(nodes[0], 0),
      )!;
      out.particleNodes.push(...nodes);
      out.binderNodes.push(twin.nodes[1], twin.nodes[0], ...twin.nodes.slice(2));
      out.particle.push(particle);
      out.binder.push(binder - mesh.particles);
    }
  });
  return {
    nodesPerFacet: mesh.order + 1,
    particleNodes: Int32Array.from(out.particleNodes),
    binderNodes: Int32Array.from(out.binderNodes),
    particle: Int32Array.from(out.particle),
    binder: Int32Array.from(out.binder),
  };
}

function boundaryFacets(mesh: Bare, stack: Stack): Mesh["boundary"] {
  const thickness = stack.layers.reduce((sum, layer) => sum + layer.thickness, 0);
  const [width, height] = stack.towards === "up" ? [stack.length, thickness] : [thickness, stack.length];
  const near = (value: number, wall: number): boolean => Math.abs(value - wall) < 1e-9 * (width + height);
  const lies = [
    (node: number) => near(mesh.nodes[2 * node + 1], 0),
    (node: number) => near(mesh.nodes[2 * node], width),
    (node: number) => near(mesh.nodes[2 * node + 1], height),
    (node: number) => near(mesh.nodes[2 * node], 0),
  ];
  const found = freeEdges(mesh).flatMap(({ nodes }) => {
    const side = lies.findIndex((on) => nodes.every(on));
    return side < 0 ? [] : [{ nodes, side }];
  });
  return {
    nodesPerFacet: mesh.order + 1,
    nodes: Int32Array.from(found.flatMap(({ nodes }) => nodes)),
    side: Int32Array.from(found, ({ side }) => side),
  };
}
