import { type SectionKind, type StressState, sections, stressStates } from "../fem/coordinates/coordinates.js";
import type { Circle } from "../fem/mesh/geometry.js";
import { type Side, sides } from "../fem/mesh/mesh.js";
import { type Arrangement, lattice, stack } from "../network/arrangement.js";
import { sideFaced } from "./coverage/facing.js";
import { nominalCoverage } from "./coverage/nominal.js";
import { type CoveragePattern, highArcs, onePatch } from "./coverage/pattern.js";
import { checkMeshLimits } from "./network/limits.js";
import { asNetwork, diskPacking, resolvePacked } from "./network/resolve.js";
import { note, type Reading } from "./reading.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

/** Particles in their places, with their coverage. */
export type Placed = Pick<Scenario, "geometry" | "nominalCoverage" | "network">;

/** Places and covers the particles. `radius` stands in where the file gives none. */
export function resolveGeometry(file: ScenarioFile, reading: Reading, radius: number | undefined): Placed | undefined {
  if (!placedOnce(file.geometry, reading)) return undefined;
  if (file.fidelity === "network") {
    if (file.geometry.packing ?? file.geometry.table) return resolvePacked(file, reading);
    const placed = resolveCircles(file, reading, radius);
    return placed && asNetwork(file, placed, reading);
  }
  checkMeshLimits(file, reading);
  for (const way of ["packing", "table"] as const) {
    if (file.geometry[way] === undefined) continue;
    note(reading, ["geometry", way], { allowed: "lattice, stack or particles; or the key fidelity: network" });
    return undefined;
  }
  return resolveCircles(file, reading, radius);
}

const ways = ["lattice", "stack", "particles", "packing", "table"] as const;

function placedOnce(geometry: GeometryFile, reading: Reading): boolean {
  const given = ways.filter((way) => geometry[way] !== undefined);
  if (given.length === 1) return true;
  const allowed = "exactly one out of: lattice, stack, particles (with box), packing, table";
  note(reading, ["geometry"], { found: `${given.length} of them`, allowed });
  return false;
}

function resolveCircles(file: ScenarioFile, reading: Reading, radius: number | undefined): Placed | undefined {
  const arrangement = arrange(file.geometry, reading, radius);
  const { collector, separator, mechanics } = boundary(file.geometry, reading);
  if (!arrangement) return undefined;
  checkPlaces(arrangement, file.geometry.kind, reading);
  checkSupports(mechanics, file.geometry.kind, reading);
  const { width, height, circles } = arrangement;
  const own = circles.map((_, index) => file.geometry.particles?.[index]?.coverage);
  const disks = !sections[file.geometry.kind].revolved ? diskPacking({ width, height, particles: circles }) : null;
  const coverage = nominalCoverage(file, own, disks, reading);
  const pattern = coveragePattern(file, collector, separator, reading);
  const particles: Circle[] = circles.map((circle, index) => ({
    ...circle,
    high: highArcs(file.geometry.kind, pattern, coverage[index] ?? 0, file.seed + index),
  }));
  return {
    geometry: {
      kind: file.geometry.kind,
      stressState: stressStateOf(file, reading),
      width,
      height,
      particles,
      collector,
      separator,
      mechanics,
    },
    nominalCoverage: coverage,
    network: null,
  };
}

type GeometryFile = ScenarioFile["geometry"];

/** As given; without, disks on a mesh may lengthen along their depth and those of a network, whose law is one of plane strain, not. */
function stressStateOf({ geometry, fidelity }: ScenarioFile, reading: Reading): StressState | null {
  const path = ["geometry", "stressState"];
  const { kind, stressState } = geometry;
  if (sections[kind].revolved) {
    if (stressState !== undefined)
      note(reading, path, { allowed: "nothing beside kind axisymmetric: it is for disks" });
    return null;
  }
  if (fidelity !== "network") return stressState ?? stressStates[0];
  if (stressState === "generalised-plane-strain")
    note(reading, path, {
      allowed: "plane-strain with fidelity network: its tractions are those of disks in plane strain",
    });
  return "plane-strain";
}

function arrange(geometry: GeometryFile, reading: Reading, spare: number | undefined): Arrangement | undefined {
  if (geometry.lattice) return arrangeLattice(geometry.lattice, geometry.kind, reading, spare);
  if (geometry.stack) return arrangeStack(geometry.stack, geometry.kind, reading, spare);
  return arrangeExplicit(geometry, reading, spare);
}

function radiusOf(given: number | undefined, path: readonly PropertyKey[], reading: Reading, spare?: number) {
  const radius = given ?? spare;
  if (radius === undefined)
    note(reading, path, { found: "nothing", allowed: 'a length with its unit, such as "5 um"' });
  return radius;
}

function arrangeLattice(
  { columns, rows, radius, clearance }: NonNullable<GeometryFile["lattice"]>,
  kind: SectionKind,
  reading: Reading,
  spare: number | undefined,
): Arrangement | undefined {
  if (sections[kind].revolved) {
    note(reading, ["geometry", "lattice"], { allowed: "a stack or particles on the axis, when axisymmetric" });
    return undefined;
  }
  const size = radiusOf(radius, ["geometry", "lattice", "radius"], reading, spare);
  if (columns * rows > 10_000)
    note(reading, ["geometry", "lattice"], {
      found: `${columns * rows} particles`,
      allowed: "at most 10000 particles",
    });
  return size === undefined || columns * rows > 10_000 ? undefined : lattice(columns, rows, size, clearance);
}

function arrangeStack(
  { count, radius, clearance }: NonNullable<GeometryFile["stack"]>,
  kind: SectionKind,
  reading: Reading,
  spare: number | undefined,
): Arrangement | undefined {
  if (!sections[kind].revolved) note(reading, ["geometry", "stack"], { allowed: "a lattice or particles, when plane" });
  const size = radiusOf(radius, ["geometry", "stack", "radius"], reading, spare);
  return size === undefined ? undefined : stack(count, size, clearance);
}

function arrangeExplicit(geometry: GeometryFile, reading: Reading, spare: number | undefined): Arrangement | undefined {
  if (!geometry.box) {
    note(reading, ["geometry", "box"], { allowed: "a mapping with keys out of: width, height" });
    return undefined;
  }
  const circles = geometry.particles!.map((particle, index) => {
    const path = ["geometry", "particles", index];
    if (particle.x === undefined && !sections[geometry.kind].revolved)
      note(reading, [...path, "x"], { allowed: "a length with its unit" });
    return {
      x: particle.x ?? 0,
      y: particle.y,
      radius: radiusOf(particle.radius, [...path, "radius"], reading, spare) ?? 0,
    };
  });
  return { ...geometry.box, circles };
}

function boundary(geometry: GeometryFile, reading: Reading) {
  const plane = !sections[geometry.kind].revolved;
  const collector: Side = geometry.collector ?? (plane ? "bottom" : "right");
  const separator: Side = geometry.separator ?? "top";
  if (collector === separator) {
    note(reading, ["geometry", "separator"], { found: separator, allowed: "another side than the collector's" });
  }
  for (const [key, side] of [
    ["collector", collector],
    ["separator", separator],
  ] as const) {
    if (!plane && side === "left")
      note(reading, ["geometry", key], { allowed: "bottom | right | top: left is the axis" });
  }
  const usual = plane
    ? { bottom: "roller", right: "roller", top: "free", left: "roller" }
    : { bottom: "roller", right: "free", top: "roller", left: "roller" };
  const mechanics = { ...usual, ...defined(geometry.mechanics) } as Scenario["geometry"]["mechanics"];
  return { collector, separator, mechanics };
}

function defined(given: object | undefined): object {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
}

function checkSupports(mechanics: Scenario["geometry"]["mechanics"], kind: SectionKind, reading: Reading): void {
  const fixed = sides.some((side) => mechanics[side] === "fixed");
  const across = mechanics.left !== "free" || mechanics.right !== "free";
  const along = mechanics.bottom !== "free" || mechanics.top !== "free";
  const path = ["geometry", "mechanics"];
  if (sections[kind].revolved && mechanics.left !== "roller") {
    note(reading, [...path, "left"], { allowed: "roller: left is the axis of symmetry" });
  }
  if (!fixed && !(across && along)) {
    const allowed =
      "a roller left or right and one at the bottom or top, or one side fixed, so that the body cannot float";
    note(reading, path, { found: JSON.stringify(mechanics), allowed });
  }
}

function checkPlaces({ width, height, circles }: Arrangement, kind: SectionKind, reading: Reading): void {
  const path = (index: number) => [
    "geometry",
    reading.located.places.has("geometry/particles") ? "particles" : "lattice",
    index,
  ];
  for (const [index, { x, y, radius }] of circles.entries()) {
    const axis = sections[kind].revolved;
    if (axis && x !== 0)
      note(reading, [...path(index), "x"], { allowed: "0 m: when axisymmetric, particles sit on the axis" });
    const inside = y - radius > 0 && y + radius < height && x + radius < width && (axis || x - radius > 0);
    if (!inside) {
      const found = `a particle at (${x}, ${y}) m of radius ${radius} m`;
      note(reading, path(index), {
        found,
        allowed: `particles that do not touch the walls of the box, ${width} m by ${height} m`,
      });
    }
  }
  for (const [one, other] of overlaps(circles)) {
    note(reading, path(other), {
      found: `an overlap with particle ${one + 1}`,
      allowed: "particles that do not touch",
    });
  }
}

/** Pairs of touching circles, found by a sweep along y. */
function overlaps(circles: Arrangement["circles"]): [number, number][] {
  const order = circles.map((_, index) => index).sort((a, b) => circles[a].y - circles[b].y);
  const largest = circles.reduce((most, { radius }) => Math.max(most, radius), 0);
  const pairs: [number, number][] = [];
  for (const [rank, a] of order.entries()) {
    for (let next = rank + 1; next < order.length; next++) {
      const b = order[next];
      const [p, q] = [circles[a], circles[b]];
      if (q.y - p.y > 2 * largest) break;
      if (Math.hypot(p.x - q.x, p.y - q.y) <= p.radius + q.radius) pairs.push([Math.min(a, b), Math.max(a, b)]);
      if (pairs.length >= 10) return pairs;
    }
  }
  return pairs;
}

function coveragePattern(file: ScenarioFile, collector: Side, separator: Side, reading: Reading): CoveragePattern {
  const { pattern, facing, patches } = file.coverage;
  const side = sideFaced(facing, { collector, separator }) ?? collector;
  if (sections[file.geometry.kind].revolved && side === "left") {
    note(reading, ["coverage", "facing"], { allowed: "bottom | right | top: left is the axis" });
  }
  if (sections[file.geometry.kind].revolved && pattern !== onePatch) {
    note(reading, ["coverage", "pattern"], {
      allowed: `${onePatch}: on spheres, carbon/binder lies in one band or cap`,
    });
  }
  return { pattern, facing: side, patches };
}
