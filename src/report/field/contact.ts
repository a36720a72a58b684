import type { Snapshot } from "./snapshot.js";
import type { Triangles } from "./triangles.js";

/** The particles' surfaces found in a snapshot: the edges of particle cells in the same place as an edge of carbon/binder. */
export interface Contact {
  /** `[facet]` */
  readonly particle: Int32Array;
  /** `[facet]` 0 high-, 1 low-conductivity carbon/binder behind it. */
  readonly binder: Int32Array;
  /** `[facet][2]` nodes of the particle at the ends, counter-clockwise about it. */
  readonly ends: Int32Array;
  /** `[particle][2]` m, middle of the surface nodes' box; on the axis for half disks. */
  readonly centre: Float64Array;
  /** Half disks on the axis of an axisymmetric body. */
  readonly half: boolean;
}

/** Edges 01, 12, 20 of a cell. */
const edges = [
  [0, 1],
  [1, 2],
  [2, 0],
] as const;

export function contactOf(snapshot: Snapshot): Contact {
  const { cells, nodesPerCell, region, particles, nodes } = snapshot;
  const inner: (readonly [number, number, number])[] = [];
  const outer = new Map<string, number>();
  for (let cell = 0; cell < region.length; cell++)
    for (const [a, b] of edges) {
      const [p, q] = [cells[cell * nodesPerCell + a], cells[cell * nodesPerCell + b]];
      if (region[cell] < particles) inner.push([region[cell], p, q]);
      else outer.set(placeKey(nodes, q, p), region[cell] - particles);
    }
  const facets = inner.flatMap(([particle, p, q]) => {
    const binder = outer.get(placeKey(nodes, p, q));
    return binder === undefined ? [] : [{ particle, binder, p, q }];
  });
  return {
    particle: Int32Array.from(facets, ({ particle }) => particle),
    binder: Int32Array.from(facets, ({ binder }) => binder),
    ends: Int32Array.from(facets.flatMap(({ p, q }) => [p, q])),
    ...centresOf(snapshot, facets),
  };
}

/** Angle of a node about its particle's centre, degrees counter-clockwise from +x: in [0, 360), for half disks in [−90, 90]. */
export function angleOf(snapshot: Snapshot, contact: Contact, particle: number, node: number): number {
  const dx = snapshot.nodes[2 * node] - contact.centre[2 * particle];
  const dy = snapshot.nodes[2 * node + 1] - contact.centre[2 * particle + 1];
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  return angle < 0 && !contact.half ? angle + 360 : angle;
}

/** The surfaces as bands of a given thickness (m), with values at the facets' ends. */
export function contactBands(
  snapshot: Snapshot,
  contact: Contact,
  thickness: number,
  valueAt: (facet: number, node: number) => number,
): Triangles {
  const count = contact.particle.length;
  const [xy, value] = [new Float64Array(count * 12), new Float64Array(count * 6)];
  for (let f = 0; f < count; f++) {
    const [p, q] = [contact.ends[2 * f], contact.ends[2 * f + 1]];
    const at = (node: number, side: number) =>
      outward(snapshot, contact, contact.particle[f], node, (side * thickness) / 2);
    const corners = [at(p, -1), at(p, 1), at(q, 1), at(p, -1), at(q, 1), at(q, -1)];
    xy.set(corners.flat(), 12 * f);
    const [vp, vq] = [valueAt(f, p), valueAt(f, q)];
    value.set([vp, vp, vq, vp, vq, vq], 6 * f);
  }
  return { xy, value };
}

function outward(snapshot: Snapshot, contact: Contact, particle: number, node: number, by: number): [number, number] {
  const [x, y] = [snapshot.nodes[2 * node], snapshot.nodes[2 * node + 1]];
  const [dx, dy] = [x - contact.centre[2 * particle], y - contact.centre[2 * particle + 1]];
  const length = Math.hypot(dx, dy) || 1;
  return [x + (by * dx) / length, y + (by * dy) / length];
}

/** Coincident nodes share a key: places rounded to a picometre. */
function placeKey(nodes: Float64Array, a: number, b: number): string {
  const key = (node: number) => `${Math.round(nodes[2 * node] * 1e12)},${Math.round(nodes[2 * node + 1] * 1e12)}`;
  return `${key(a)};${key(b)}`;
}

function centresOf(
  { nodes, particles }: Snapshot,
  facets: readonly { readonly particle: number; readonly p: number; readonly q: number }[],
): Pick<Contact, "centre" | "half"> {
  const box = Array.from({ length: particles }, () => [Infinity, -Infinity, Infinity, -Infinity] as number[]);
  for (const { particle, p, q } of facets)
    for (const node of [p, q]) {
      const [x, y, b] = [nodes[2 * node], nodes[2 * node + 1], box[particle]];
      b[0] = Math.min(b[0], x);
      b[1] = Math.max(b[1], x);
      b[2] = Math.min(b[2], y);
      b[3] = Math.max(b[3], y);
    }
  const half = box.some(([left, right, bottom, top]) => (right - left) / (top - bottom) < 0.75);
  const middles = box.flatMap(([left, right, bottom, top]) => [half ? left : (left + right) / 2, (bottom + top) / 2]);
  return { centre: Float64Array.from(middles), half };
}
