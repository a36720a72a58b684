import type { ContactPoints } from "../assembly/contact-points.js";
import type { ParticleContact } from "../law/surface/surface.js";
import type { Mesh, Side } from "../mesh/mesh.js";
import { nodeCount, sides } from "../mesh/mesh.js";

/**
 * Numbering of the electrochemical unknowns: stoichiometry on the particles, electronic potential on the carbon/binder and,
 * where electrons pass contacts, in the particles, ionic potential in the carbon/binder when the electrolyte is resolved, and
 * the collector's one potential, last.
 */
export interface ElectrochemicalUnknowns {
  readonly count: number;
  /** `[node]` unknown of s; -1 off the particles. */
  readonly lithium: Int32Array;
  /** `[node]` unknown of φ, also on the conductor's own nodes; the collector's share the last one; -1 off the carbon/binder. */
  readonly potential: Int32Array;
  /**
   * `[node]` unknowns of which φ_p is the sum: a level, that of one node of each particle or, where particles do not conduct,
   * of each node of the surface; and what the others of a resolved particle have above it. -1 where there is none.
   */
  readonly level: Int32Array;
  readonly inside: Int32Array;
  /** `[node]` unknown of φ_e; -1 on the separator (its reference) and where not resolved. */
  readonly ionic: Int32Array;
  /** The collector's potential V. */
  readonly voltage: number;
  /** Unknowns of s are [0, lithiumCount). */
  readonly lithiumCount: number;
  /** `[unknown of s]` its particle. */
  readonly owner: Int32Array;
  /** Unknowns of φ but the collector's, and levels of φ_p, are [lithiumCount, potentialEnd). */
  readonly potentialEnd: number;
  /** Unknowns that many places share: the levels of particles that conduct, and the collector's potential. */
  readonly shared: readonly number[];
  /** `[unknown][dimension]` m, for the ordering. */
  readonly place: Float64Array;
  /** `[point]` unknowns at each interface point; ionic -1 where absent. */
  readonly pointLithium: Int32Array;
  readonly pointPotential: Int32Array;
  /** The two of which φ_p is the sum, -1 where absent. */
  readonly pointParticle: readonly Int32Array[];
  readonly pointIonic: Int32Array;
}

/** Nodes of the boundary facets on a side. */
export function sideNodes(mesh: Mesh, side: Side): Set<number> {
  const out = new Set<number>();
  const n = mesh.boundary.nodesPerFacet;
  mesh.boundary.side.forEach((tag, facet) => {
    if (sides[tag] !== side) return;
    for (let k = 0; k < n; k++) out.add(mesh.boundary.nodes[facet * n + k]);
  });
  return out;
}

export function electrochemicalUnknowns(
  mesh: Mesh,
  points: ContactPoints,
  ends: {
    readonly collector: Side;
    readonly separator: Side;
    readonly resolveElectrolyte: boolean;
    /** Null where particles take part in no conduction. */
    readonly conduction: ParticleContact["conduction"] | null;
  },
): ElectrochemicalUnknowns {
  const body = bodyOf(mesh);
  const inParticle = (node: number): boolean => body[node] >= 0 && body[node] < mesh.particles;
  const inBinder = (node: number): boolean => body[node] === mesh.particles;
  const collector = withAdded(sideNodes(mesh, ends.collector), mesh);
  const separator = sideNodes(mesh, ends.separator);
  const numbers = numbering({ nodes: mesh.conductor?.nodes ?? mesh.nodes, dimension: mesh.dimension });
  const own = nodeCount(mesh);

  const lithium = numbers.of(inParticle, own);
  const lithiumCount = numbers.count();
  const potential = numbers.of((node) => (node >= own || inBinder(node)) && !collector.has(node));
  const { levelOf, levels, shared, deviates } = electronNumbers(ends.conduction, body, {
    particles: mesh.particles,
    points,
  });
  const firstLevel = numbers.at(middles(mesh, levelOf, levels));
  const level = levelOf.map((k) => (k < 0 ? -1 : firstLevel + k));
  const potentialEnd = numbers.count();
  const inside = numbers.of(deviates, own);
  const ionic = numbers.of((node) => ends.resolveElectrolyte && inBinder(node) && !separator.has(node), own);
  const voltage = numbers.at(new Float64Array(mesh.dimension));
  for (const node of collector) potential[node] = voltage;
  return {
    count: numbers.count(),
    lithium,
    potential,
    level,
    inside,
    ionic,
    voltage,
    lithiumCount,
    owner: body.filter((_, node) => inParticle(node)),
    potentialEnd,
    shared: [...(shared ? Array.from({ length: levels }, (_, k) => firstLevel + k) : []), voltage],
    place: numbers.place(),
    pointLithium: points.particleNode.map((node) => lithium[node]),
    pointPotential: points.binderNode.map((node) => potential[node]),
    pointParticle: [level, inside].map((unknown) => points.particleNode.map((node) => unknown[node])),
    pointIonic: points.binderNode.map((node) => ionic[node]),
  };
}

/** Numbers one after another, and where each lives. */
interface Numbering {
  count(): number;
  /** `[unknown][dimension]` m */
  place(): Float64Array;
  /** `[node]` a number for each chosen node of the first `among`, by default of all; -1 for the others. */
  of(chosen: (node: number) => boolean, among?: number): Int32Array;
  /** Numbers for these places, `[place][dimension]` m; returns the first. */
  at(places: Float64Array): number;
}

function numbering({ nodes, dimension }: Pick<Mesh, "nodes" | "dimension">): Numbering {
  const place: number[] = [];
  const count = (): number => place.length / dimension;
  const at = (places: Float64Array): number => {
    const first = count();
    for (const coordinate of places) place.push(coordinate);
    return first;
  };
  return {
    count,
    place: () => Float64Array.from(place),
    of: (chosen, among = nodeCount({ nodes, dimension })) =>
      Int32Array.from({ length: among }, (_, node) =>
        chosen(node) ? at(nodes.subarray(dimension * node, dimension * (node + 1))) : -1,
      ),
    at,
  };
}

/** What the potential of particles is numbered by: the level of each node, and which have one of their own above it. */
interface ElectronNumbers {
  /** `[node]` the level's number, -1 where there is none. */
  readonly levelOf: Int32Array;
  readonly levels: number;
  /** Whether particles share their level, so that it couples many places. */
  readonly shared: boolean;
  readonly deviates: (node: number) => boolean;
}

function electronNumbers(
  conduction: ParticleContact["conduction"] | null,
  body: Int32Array,
  { particles, points }: { readonly particles: number; readonly points: ContactPoints },
): ElectronNumbers {
  const still = (): boolean => false;
  if (conduction === null) return { levelOf: body.map(() => -1), levels: 0, shared: false, deviates: still };
  if (conduction === "none") {
    const levelOf = body.map(() => -1);
    points.particleNode.forEach((node, p) => {
      levelOf[node] = p;
    });
    return { levelOf, levels: points.count, shared: false, deviates: still };
  }
  const levelOf = body.map((k) => (k < particles ? k : -1));
  const pinned = new Set(Array.from({ length: particles }, (_, k) => levelOf.indexOf(k)));
  const resolved = conduction !== "equipotential";
  return {
    levelOf,
    levels: particles,
    shared: true,
    deviates: (node) => resolved && levelOf[node] >= 0 && !pinned.has(node),
  };
}

/** `[level][dimension]` m, the middle of its nodes. */
function middles({ nodes, dimension }: Mesh, levelOf: Int32Array, levels: number): Float64Array {
  const [sums, counts] = [new Float64Array(dimension * levels), new Float64Array(levels)];
  levelOf.forEach((level, node) => {
    if (level < 0) return;
    for (let axis = 0; axis < dimension; axis++) sums[dimension * level + axis] += nodes[dimension * node + axis];
    counts[level]++;
  });
  return sums.map((sum, k) => sum / counts[Math.floor(k / dimension)]);
}

/** The nodes of a side and those the conductor adds between them. */
function withAdded(side: Set<number>, mesh: Mesh): Set<number> {
  mesh.conductor?.parents.forEach((parent, k, parents) => {
    if (k % 2 === 0 && side.has(parent) && side.has(parents[k + 1])) side.add(nodeCount(mesh) + k / 2);
  });
  return side;
}

/** `[node]` its particle, or how many particles there are on carbon/binder; -1 in no cell. */
function bodyOf(mesh: Mesh): Int32Array {
  const { region, particles, cells, nodesPerCell } = mesh;
  const body = new Int32Array(nodeCount(mesh)).fill(-1);
  region.forEach((k, cell) => {
    for (let a = 0; a < nodesPerCell; a++) body[cells[cell * nodesPerCell + a]] = Math.min(k, particles);
  });
  return body;
}
