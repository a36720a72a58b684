import { sections } from "../coordinates/coordinates.js";
import { fill } from "./fill.js";
import type { Geometry, MeshSettings } from "./geometry.js";
import { type Body, toOrder } from "./second-order.js";
import { gradedSize, largestInside } from "./size-field.js";
import { directions, inRange, mirroredPlace, surfaceNodesOf, surfaceRange } from "./surface-nodes.js";
import { sectorOutline } from "./tile-outline.js";
import { type Tiling, unfold } from "./tiling.js";

/**
 * The mesh of one particle about its centre, in m, to be moved to each particle of its radius.
 * Nodes: surface vertices counter-clockwise, inner vertices, then (second order) surface and inner midsides.
 * One quarter is meshed and mirrored, so that the whole is bitwise symmetric about both axes.
 */
export function particleTemplate(kind: Geometry["kind"], radius: number, settings: MeshSettings): Body {
  const n = surfaceNodesOf(radius, settings.interfaceSize);
  const range = surfaceRange(kind, n);
  const scaled = radius / settings.interfaceSize;
  const sizing = {
    growth: settings.growth,
    largest: largestInside(settings) / settings.interfaceSize,
  };
  const outline = sectorOutline({ x: 0, y: 0, radius: scaled, nodes: n }, !sections[kind].revolved, (r) =>
    gradedSize(sizing, scaled - r),
  );
  const quarter = fill(outline);
  const points = quarter.points.map((v) => (v === scaled ? radius : v * settings.interfaceSize));
  const mesh = unfold({ ...quarter, points }, aroundCentre(kind, radius), range.nodes, (point, column, row) => {
    const k = point < outline.surface.length ? outline.surface[point] : -1;
    return k < 0 ? -1 : inRange(range, mirroredPlace(k, n, column === 1, row === 1), n);
  });
  const direction = directions(n);
  for (let s = 0; s < range.nodes; s++) {
    const k = (s + range.first + n) % n;
    mesh.points[2 * s] = radius * direction[2 * k];
    mesh.points[2 * s + 1] = radius * direction[2 * k + 1];
  }
  return toOrder(settings.order, mesh, surfaceFacets(kind, radius, n));
}

/** The facets of a particle about its centre: ends in template numbering, middles on the true circle, in m. */
export function surfaceFacets(
  kind: Geometry["kind"],
  radius: number,
  n: number,
): { ends: Int32Array; middles: Float64Array } {
  const range = surfaceRange(kind, n);
  const half = directions(2 * n);
  const ends = new Int32Array(2 * range.facets);
  const middles = new Float64Array(2 * range.facets);
  for (let f = 0; f < range.facets; f++) {
    ends.set([f, (f + 1) % range.nodes], 2 * f);
    const k = 2 * ((f + range.first + n) % n) + 1;
    middles.set([radius * half[2 * k], radius * half[2 * k + 1]], 2 * f);
  }
  return { ends, middles };
}

/** Mirror lines through the centre; the upper half and, when plane, the right half are images. */
function aroundCentre(kind: Geometry["kind"], radius: number): Tiling {
  const plane = !sections[kind].revolved;
  return {
    width: plane ? 2 * radius : radius,
    height: 2 * radius,
    columns: plane ? 2 : 1,
    rows: 2,
    originColumn: plane ? 1 : 0,
    originRow: 1,
  };
}
