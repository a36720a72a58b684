import { binderBody } from "./binder-body.js";
import { outerFacets } from "./boundary-facets.js";
import { conductorOf } from "./conductor.js";
import { labelBinder } from "./coverage.js";
import type { Geometry, MeshSettings } from "./geometry.js";
import { checkGeometry } from "./geometry-check.js";
import type { Mesh } from "./mesh.js";
import { particleTemplate } from "./particle-template.js";
import { cellAngles } from "./quality.js";
import type { Body } from "./second-order.js";

/**
 * A conforming mesh of particles in carbon/binder; lengths in m.
 * Nodes: each particle's in the order of the template of its radius, then the carbon/binder's.
 * @throws RangeError for sizes or particles that cannot be meshed, naming them; MeshTooPoor for angles below 20°.
 */
export function meshCircles(geometry: Geometry, settings: MeshSettings): Mesh {
  checkGeometry(geometry, settings);
  const binder = binderBody(geometry, settings);
  const templates = new Map<number, Body>();
  const bodies = geometry.particles.map(({ x, y, radius }) => {
    const template = templates.get(radius) ?? particleTemplate(geometry.kind, radius, settings);
    templates.set(radius, template);
    return { ...template, nodes: template.nodes.map((v, i) => v + (i % 2 === 0 ? x : y)) };
  });
  const mesh = join(geometry, settings.order, bodies, binder);
  refusePoorAngles(mesh);
  return mesh;
}

/** A mesh whose smallest angle is below the bound that the solver relies on. */
export class MeshTooPoor extends Error {
  override readonly name = "MeshTooPoor";
  constructor(
    /** Degrees. */
    readonly angle: number,
    /** m, a vertex of the triangle. */
    readonly x: number,
    readonly y: number,
  ) {
    super(
      `Meshing the particles: the smallest angle is ${angle.toFixed(1)}° near (${(x * 1e6).toPrecision(4)}, ${(y * 1e6).toPrecision(4)}) µm; ` +
        `at least ${leastAngle}° is needed; make interfaceSize smaller or move the particles there.`,
    );
  }
}

/** Degrees. */
export const leastAngle = 20;

function refusePoorAngles(mesh: Mesh): void {
  const angles = cellAngles(mesh);
  const worst = angles.reduce((least, angle, c) => (angle < angles[least] ? c : least), 0);
  if (angles[worst] >= leastAngle) return;
  const node = mesh.cells[worst * mesh.nodesPerCell];
  throw new MeshTooPoor(angles[worst], mesh.nodes[2 * node], mesh.nodes[2 * node + 1]);
}

/** Numbers the bodies' nodes one after another and pairs their surfaces. */
function join(geometry: Geometry, order: 1 | 2, particles: readonly Body[], binder: Body): Mesh {
  const nodesPerCell = order === 1 ? 3 : 6;
  const nodesPerFacet = order === 1 ? 2 : 3;
  const all = [...particles, binder];
  const nodes = concatenate(all.map((body) => body.nodes));
  const starts = all.map((_, b) => all.slice(0, b).reduce((sum, body) => sum + body.nodes.length / 2, 0));
  const shifted = (list: Int32Array, b: number) => Array.from(list, (node) => node + starts[b]);
  const cells = Int32Array.from(all.flatMap((body, b) => shifted(body.cells, b)));
  const label = labelBinder(geometry, binder, nodesPerCell);
  const region = all.flatMap((body, b) => {
    const count = body.cells.length / nodesPerCell;
    return Array.from({ length: count }, (_, c) => (b < particles.length ? b : particles.length + label.cell[c]));
  });
  const contact = {
    nodesPerFacet,
    particleNodes: Int32Array.from(particles.flatMap((body, b) => shifted(body.facets, b))),
    binderNodes: Int32Array.from(shifted(binder.facets, particles.length)),
    particle: Int32Array.from(particles.flatMap((body, b) => new Array(body.facets.length / nodesPerFacet).fill(b))),
    binder: label.facet,
  };
  const boundary = outerFacets(geometry, nodes, cells, nodesPerCell);
  const mesh = {
    dimension: 2 as const,
    order,
    nodes,
    nodesPerCell,
    cells,
    region: Int32Array.from(region),
    particles: particles.length,
    contact,
    boundary,
  };
  return { ...mesh, conductor: conductorOf(mesh, geometry) };
}

function concatenate(lists: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}
