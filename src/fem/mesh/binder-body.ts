import { square } from "../../elementary/elementary.js";
import { sections } from "../coordinates/coordinates.js";
import type { Triangulation } from "./delaunay.js";
import { fill } from "./fill.js";
import type { Geometry, MeshSettings } from "./geometry.js";
import { SurfaceLocator } from "./locator.js";
import { surfaceFacets } from "./particle-template.js";
import { type Body, type CurvedFacets, toOrder } from "./second-order.js";
import { binderSize } from "./size-field.js";
import { directions, inRange, mirroredPlace, surfaceNodesOf, surfaceRange } from "./surface-nodes.js";
import { binderOutline, type TileCircle } from "./tile-outline.js";
import { findTiling, placeInTile, type Tiling, unfold } from "./tiling.js";

/**
 * The carbon/binder around the particles: one tile of the geometry's mirror symmetry is meshed and unfolded.
 * Nodes: surface vertices particle by particle in template order, the others, then midsides. Facets likewise.
 */
export function binderBody(geometry: Geometry, settings: MeshSettings): Body {
  const tiling = findTiling(geometry);
  const circles = circlesOfFirstTile(geometry, tiling, settings.interfaceSize);
  const outline = outlineOfFirstTile(geometry, settings, tiling, circles);
  const tile = inMetres(fill(outline), tiling, settings.interfaceSize);
  const owner = particlesOfTiles(geometry, tiling, circles, settings.interfaceSize);
  const offsets = surfaceOffsets(geometry, settings);
  const mesh = unfold(tile, tiling, offsets[offsets.length - 1], (point, column, row) => {
    const k = point < outline.surface.length ? outline.surface[point] : -1;
    if (k < 0) return -1;
    const circle = outline.hole[point];
    const n = circles[circle].nodes;
    const place = mirroredPlace(k, n, column % 2 === 1, row % 2 === 1);
    const particle = owner[(row * tiling.columns + column) * circles.length + circle];
    return offsets[particle] + inRange(surfaceRange(geometry.kind, n), place, n);
  });
  return toOrder(settings.order, mesh, placeSurfaces(geometry, settings, offsets, mesh.points));
}

/** First surface vertex of each particle, and their number in all. */
function surfaceOffsets(geometry: Geometry, settings: MeshSettings): Int32Array {
  const offsets = new Int32Array(geometry.particles.length + 1);
  geometry.particles.forEach((particle, p) => {
    const n = surfaceNodesOf(particle.radius, settings.interfaceSize);
    offsets[p + 1] = offsets[p] + surfaceRange(geometry.kind, n).nodes;
  });
  return offsets;
}

/** Circles that reach into the lower left tile, lengths in interface sizes, centres snapped to the tile's sides. */
function circlesOfFirstTile(geometry: Geometry, tiling: Tiling, unit: number): TileCircle[] {
  const width = tiling.width / tiling.columns;
  const height = tiling.height / tiling.rows;
  const snap = (t: number, length: number, whole: number) => {
    if (Math.abs(t) <= 1e-9 * whole) return 0;
    return Math.abs(t - length) <= 1e-9 * whole ? length / unit : t / unit;
  };
  return geometry.particles
    .filter((p) => p.x - p.radius < width * (1 - 1e-9) && p.y - p.radius < height * (1 - 1e-9))
    .map((p) => ({
      x: snap(p.x, width, tiling.width),
      y: snap(p.y, height, tiling.height),
      radius: p.radius / unit,
      nodes: surfaceNodesOf(p.radius, unit),
    }));
}

function outlineOfFirstTile(
  geometry: Geometry,
  settings: MeshSettings,
  tiling: Tiling,
  circles: readonly TileCircle[],
) {
  const unit = settings.interfaceSize;
  const width = geometry.width / unit;
  const height = geometry.height / unit;
  const disks = geometry.particles.map((p) => ({ x: p.x / unit, y: p.y / unit, radius: p.radius / unit }));
  const locator = new SurfaceLocator(disks, width, height);
  const axis = sections[geometry.kind].revolved;
  const wall = (x: number, y: number) => Math.max(0, Math.min(axis ? width : x, width - x, y, height - y));
  const sizing = { growth: settings.growth, largest: settings.largestSize / unit };
  const size = binderSize(locator, sizing, wall);
  const tileWidth = tiling.width / tiling.columns / unit;
  return binderOutline(circles, tileWidth, tiling.height / tiling.rows / unit, locator, size);
}

/** Points of the tile in m, those on its sides exactly on the grid lines. */
function inMetres(tile: Triangulation, tiling: Tiling, unit: number): Triangulation {
  const lengths = [tiling.width / tiling.columns, tiling.height / tiling.rows];
  const points = tile.points.map((v, i) => (v === lengths[i % 2] / unit ? lengths[i % 2] : v * unit));
  return { points, triangles: tile.triangles };
}

/** `[row][column][circle]` which particle a circle of the first tile is, seen in each tile. */
function particlesOfTiles(
  geometry: Geometry,
  tiling: Tiling,
  circles: readonly TileCircle[],
  unit: number,
): Int32Array {
  const { particles } = geometry;
  const owner = new Int32Array(tiling.rows * tiling.columns * circles.length);
  const sides = [tiling.width / tiling.columns, tiling.height / tiling.rows];
  const back = (t: number, side: number) => (t === side / unit ? side : t * unit);
  for (let at = 0; at < owner.length; at++) {
    const circle = circles[at % circles.length];
    const place = Math.floor(at / circles.length);
    const column = place % tiling.columns;
    const row = (place - column) / tiling.columns;
    const [x, y] = placeInTile(back(circle.x, sides[0]), back(circle.y, sides[1]), column, row, tiling);
    const distance = particles.map((p) => square(p.x - x) + square(p.y - y));
    owner[at] = distance.indexOf(Math.min(...distance));
  }
  return owner;
}

/** Puts surface vertices where the particles have theirs; the facets of all particles, one after another. */
function placeSurfaces(
  geometry: Geometry,
  settings: MeshSettings,
  offsets: Int32Array,
  points: Float64Array,
): CurvedFacets {
  const ends: number[] = [];
  const middles: number[] = [];
  geometry.particles.forEach((particle, p) => {
    const n = surfaceNodesOf(particle.radius, settings.interfaceSize);
    const range = surfaceRange(geometry.kind, n);
    const direction = directions(n);
    for (let s = 0; s < range.nodes; s++) {
      const k = (s + range.first + n) % n;
      points[2 * (offsets[p] + s)] = particle.x + particle.radius * direction[2 * k];
      points[2 * (offsets[p] + s) + 1] = particle.y + particle.radius * direction[2 * k + 1];
    }
    const facets = surfaceFacets(geometry.kind, particle.radius, n);
    for (const end of facets.ends) ends.push(offsets[p] + end);
    facets.middles.forEach((v, i) => {
      middles.push(v + (i % 2 === 0 ? particle.x : particle.y));
    });
  });
  return { ends: Int32Array.from(ends), middles: Float64Array.from(middles) };
}
