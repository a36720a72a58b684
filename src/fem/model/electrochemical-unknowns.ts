import type { ContactPoints } from "../assembly/contact-points.js";
import type { Mesh, Side } from "../mesh/mesh.js";
import { sides } from "../mesh/mesh.js";

/**
 * Numbering of the electrochemical unknowns: stoichiometry on the particles, electronic potential on the
 * carbon/binder, ionic potential there when the electrolyte is resolved, and the collector's one potential, last.
 */
export interface ElectrochemicalUnknowns {
  readonly count: number;
  /** `[node]` unknown of s; -1 off the particles. */
  readonly lithium: Int32Array;
  /** `[node]` unknown of φ, also on the conductor's own nodes; the collector's share the last one; -1 off the carbon/binder. */
  readonly potential: Int32Array;
  /** `[node]` unknown of φ_e; -1 on the separator (its reference) and where not resolved. */
  readonly ionic: Int32Array;
  /** The collector's potential V. */
  readonly voltage: number;
  /** Unknowns of s are [0, lithiumCount). */
  readonly lithiumCount: number;
  /** `[unknown of s]` its particle. */
  readonly owner: Int32Array;
  /** Unknowns of φ but the collector's are [lithiumCount, potentialEnd). */
  readonly potentialEnd: number;
  /** `[unknown][2]` m, for the ordering. */
  readonly place: Float64Array;
  /** `[point]` unknowns at each interface point; ionic -1 where absent. */
  readonly pointLithium: Int32Array;
  readonly pointPotential: Int32Array;
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
  ends: { readonly collector: Side; readonly separator: Side; readonly resolveElectrolyte: boolean },
): ElectrochemicalUnknowns {
  const nodes = mesh.conductor?.nodes ?? mesh.nodes;
  const { particle, binder } = bodyNodes(mesh);
  const collector = withAdded(sideNodes(mesh, ends.collector), mesh);
  const separator = sideNodes(mesh, ends.separator);
  const place: number[] = [];
  let count = 0;
  const number = (which: (node: number) => boolean, among = mesh.nodes.length / 2): Int32Array =>
    Int32Array.from({ length: among }, (_, node) => {
      if (!which(node)) return -1;
      place.push(nodes[2 * node], nodes[2 * node + 1]);
      return count++;
    });
  const lithium = number((node) => particle[node] === 1);
  const lithiumCount = count;
  const added = mesh.nodes.length / 2;
  const conducts = (node: number): boolean => node >= added || binder[node] === 1;
  const potential = number((node) => conducts(node) && !collector.has(node), nodes.length / 2);
  const potentialEnd = count;
  const ionic = number((node) => ends.resolveElectrolyte && binder[node] === 1 && !separator.has(node));
  const voltage = count++;
  place.push(0, 0);
  for (const node of collector) potential[node] = voltage;
  return {
    count,
    lithium,
    potential,
    ionic,
    voltage,
    lithiumCount,
    owner: owners(mesh, lithium, lithiumCount),
    potentialEnd,
    place: Float64Array.from(place),
    pointLithium: points.particleNode.map((node) => lithium[node]),
    pointPotential: points.binderNode.map((node) => potential[node]),
    pointIonic: points.binderNode.map((node) => ionic[node]),
  };
}

function owners(mesh: Mesh, lithium: Int32Array, lithiumCount: number): Int32Array {
  const owner = new Int32Array(lithiumCount);
  mesh.region.forEach((region, cell) => {
    if (region >= mesh.particles) return;
    for (let k = 0; k < mesh.nodesPerCell; k++) owner[lithium[mesh.cells[cell * mesh.nodesPerCell + k]]] = region;
  });
  return owner;
}

/** The nodes of a side and those the conductor adds between them. */
function withAdded(side: Set<number>, { conductor, nodes }: Mesh): Set<number> {
  conductor?.parents.forEach((parent, k, parents) => {
    if (k % 2 === 0 && side.has(parent) && side.has(parents[k + 1])) side.add(nodes.length / 2 + k / 2);
  });
  return side;
}

/** Which nodes belong to particles and which to carbon/binder. */
function bodyNodes(mesh: Mesh): { particle: Uint8Array; binder: Uint8Array } {
  const particle = new Uint8Array(mesh.nodes.length / 2);
  const binder = new Uint8Array(mesh.nodes.length / 2);
  const n = mesh.nodesPerCell;
  mesh.region.forEach((region, cell) => {
    const body = region < mesh.particles ? particle : binder;
    for (let k = 0; k < n; k++) body[mesh.cells[cell * n + k]] = 1;
  });
  return { particle, binder };
}
