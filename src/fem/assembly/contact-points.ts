import type { Space } from "./assemble.js";

/**
 * Zero-thickness interface elements, integrated at their own nodes: one point a pair of coincident nodes.
 * The weight of a point is the integral of its shape function over the particle's surface, so the weights sum to
 * the surface as meshed. Quadrature at the nodes keeps the tractions of a stiff interface free of oscillation
 * (Schellekens & de Borst, Int. J. Numer. Methods Eng. 36 (1993) 43–66).
 */
export interface ContactPoints {
  readonly count: number;
  /** `[point]` nodes of the mesh. */
  readonly particleNode: Int32Array;
  readonly binderNode: Int32Array;
  /** `[point]` the particle. */
  readonly particle: Int32Array;
  /** `[point]` m² (m per m of depth). */
  readonly weight: Float64Array;
  /** `[point]` share of the weight that touches high-conductivity carbon/binder. */
  readonly high: Float64Array;
  /** `[point][2]` unit normal out of the particle; the tangent is the normal turned counter-clockwise. */
  readonly normal: Float64Array;
}

export function contactPoints(space: Space): ContactPoints {
  const { mesh } = space;
  const { binderNodes, particleNodes } = mesh.contact;
  const index = new Map<number, number>();
  for (const node of particleNodes) if (!index.has(node)) index.set(node, index.size);
  const count = index.size;
  const points: ContactPoints = {
    count,
    particleNode: Int32Array.from(index.keys()),
    binderNode: new Int32Array(count),
    particle: new Int32Array(count),
    weight: new Float64Array(count),
    high: new Float64Array(count),
    normal: new Float64Array(2 * count),
  };
  particleNodes.forEach((node, k) => {
    points.binderNode[index.get(node)!] = binderNodes[k];
  });
  const n = mesh.contact.nodesPerFacet;
  for (let facet = 0; facet < mesh.contact.particle.length; facet++) {
    const at = Array.from(particleNodes.subarray(facet * n, facet * n + n), (node) => index.get(node)!);
    addFacet(space, facet, at, points);
  }
  finish(space, points);
  return points;
}

/** Add a facet's weights and (length-weighted) normals to its points. */
function addFacet(space: Space, facet: number, at: readonly number[], points: ContactPoints): void {
  const { mesh, coordinates } = space;
  const line = space.element.facet;
  const n = line.nodes;
  const nodes = Array.from(mesh.contact.particleNodes.subarray(facet * n, facet * n + n));
  const combine = (shape: Float64Array, row: number, component: number): number =>
    nodes.reduce((sum, node, k) => sum + shape[row * n + k] * mesh.nodes[mesh.dimension * node + component], 0);
  for (let q = 0; q < line.points.length; q++) {
    const speed = Math.hypot(combine(line.gradient, q, 0), combine(line.gradient, q, 1));
    const w = line.weights[q] * speed * coordinates.measure(combine(line.value, q, 0));
    for (let k = 0; k < n; k++) {
      points.weight[at[k]] += w * line.value[q * n + k];
      if (mesh.contact.binder[facet] === 0) points.high[at[k]] += w * line.value[q * n + k];
    }
  }
  for (let k = 0; k < n; k++) {
    points.particle[at[k]] = mesh.contact.particle[facet];
    // Counter-clockwise about the particle, the outward normal is the tangent turned clockwise.
    points.normal[2 * at[k]] += combine(line.nodalGradient, k, 1);
    points.normal[2 * at[k] + 1] -= combine(line.nodalGradient, k, 0);
  }
}

/** Normalise; where the axis of symmetry cuts the surface, the normal lies along the axis. */
function finish({ mesh, coordinates }: Space, points: ContactPoints): void {
  for (let p = 0; p < points.count; p++) {
    if (coordinates.revolved && mesh.nodes[2 * points.particleNode[p]] === 0) points.normal[2 * p] = 0;
    const length = Math.hypot(points.normal[2 * p], points.normal[2 * p + 1]);
    points.normal[2 * p] /= length;
    points.normal[2 * p + 1] /= length;
    points.high[p] = points.weight[p] > 0 ? points.high[p] / points.weight[p] : 0;
  }
}
