import { type SectionKind, sections } from "../coordinates/coordinates.js";
import { binders, type Mesh, nodeCount, type Side, sides } from "./mesh.js";

/** Which sides of the box carry current. */
export interface Electrodes {
  readonly collector: Side;
  readonly separator: Side;
}

/** Elements of one kind that carry one tag: a Gmsh entity and the physical group with the same tag. */
interface Group {
  readonly dimension: 1 | 2;
  readonly tag: number;
  readonly name: string;
  /** `[element][nodesPerElement]` */
  readonly nodes: number[];
}

/** Gmsh element types by dimension and order: 2- and 3-node lines, 3- and 6-node triangles. */
const elementType = { 1: { 1: 1, 2: 8 }, 2: { 1: 2, 2: 9 } } as const;

/** Versions of the format that are written: Gmsh's own, and the older one that many codes read. */
export const mshVersions = ["4.1", "2.2"] as const;

/** A version of Gmsh's format. */
export type MshVersion = (typeof mshVersions)[number];

/**
 * A mesh as Gmsh MSH ASCII of version 4.1 or 2.2, coordinates as they are (gmsh.info, "MSH file format"). Physical groups: `particle-1` …,
 * `binder-high`, `binder-low`; `collector`, `separator`, the other sides by `side-…` or `axis`; and by particle and
 * class both faces of the interface, `interface-particle-1-high` and `interface-binder-1-high`.
 */
export function writeMsh(mesh: Mesh, electrodes: Electrodes, kind: SectionKind, version: MshVersion = "4.1"): string {
  const groups = [...regionGroups(mesh), ...sideGroups(mesh, electrodes, kind), ...interfaceGroups(mesh)]
    .filter((group) => group.nodes.length > 0)
    .sort((p, q) => p.dimension - q.dimension);
  const names = groups.map((group) => `${group.dimension} ${group.tag} "${group.name}"`);
  const head = [
    `$MeshFormat\n${version} 0 8\n$EndMeshFormat`,
    section("PhysicalNames", [`${groups.length}`, ...names]),
  ];
  const body =
    version === "4.1"
      ? [
          section("Entities", entities(mesh, groups)),
          section("Nodes", nodeBlocks(mesh, groups)),
          section("Elements", elementBlocks(mesh, groups)),
        ]
      : [section("Nodes", nodeLines(mesh)), section("Elements", elementLines(mesh, groups))];
  return [...head, ...body, ""].join("\n");
}

/** Version 2.2: nodes by number from 1. */
function nodeLines({ nodes }: Mesh): string[] {
  const count = nodes.length / 2;
  const lines = Array.from({ length: count }, (_, node) => `${node + 1} ${nodes[2 * node]} ${nodes[2 * node + 1]} 0`);
  return [`${count}`, ...lines];
}

/** Version 2.2: elements with their physical group and entity, both the group's tag. */
function elementLines(mesh: Mesh, groups: readonly Group[]): string[] {
  const lines = groups.flatMap((group) =>
    elementsOf(mesh, group).map(
      (nodes) => `${elementType[group.dimension][mesh.order]} 2 ${group.tag} ${group.tag} ${nodes.join(" ")}`,
    ),
  );
  return [`${lines.length}`, ...lines.map((line, k) => `${k + 1} ${line}`)];
}

/** Node numbers from 1 of each element of a group. */
function elementsOf(mesh: Mesh, { dimension, nodes }: Group): number[][] {
  const n = mesh.order === 1 ? dimension + 1 : 3 * dimension;
  return Array.from({ length: nodes.length / n }, (_, e) => nodes.slice(e * n, (e + 1) * n).map((node) => node + 1));
}

function section(name: string, lines: readonly string[]): string {
  return `$${name}\n${lines.join("\n")}\n$End${name}`;
}

function regionGroups(mesh: Mesh): Group[] {
  const names = Array.from({ length: mesh.particles }, (_, p) => `particle-${p + 1}`);
  names.push(...binders.map((binder) => `binder-${binder}`));
  const groups = names.map((name, r): Group => ({ dimension: 2, tag: r + 1, name, nodes: [] }));
  mesh.region.forEach((region, c) => {
    groups[region].nodes.push(...mesh.cells.subarray(c * mesh.nodesPerCell, (c + 1) * mesh.nodesPerCell));
  });
  return groups;
}

function sideGroups({ boundary }: Mesh, electrodes: Electrodes, kind: SectionKind): Group[] {
  const groups = sides.map(
    (side, s): Group => ({ dimension: 1, tag: s + 1, name: sideName(side, electrodes, kind), nodes: [] }),
  );
  const n = boundary.nodesPerFacet;
  boundary.side.forEach((side, f) => {
    groups[side].nodes.push(...boundary.nodes.subarray(f * n, (f + 1) * n));
  });
  return groups;
}

function sideName(side: Side, { collector, separator }: Electrodes, kind: SectionKind): string {
  if (side === collector) return "collector";
  if (side === separator) return "separator";
  return sections[kind].revolved && side === "left" ? "axis" : `side-${side}`;
}

function interfaceGroups({ contact, particles }: Mesh): Group[] {
  const groups: Group[] = [];
  const first = sides.length + 1;
  for (let p = 0; p < particles; p++) {
    binders.forEach((binder, b) => {
      const tag = first + 2 * (binders.length * p + b);
      groups.push({ dimension: 1, tag, name: `interface-particle-${p + 1}-${binder}`, nodes: [] });
      groups.push({ dimension: 1, tag: tag + 1, name: `interface-binder-${p + 1}-${binder}`, nodes: [] });
    });
  }
  const n = contact.nodesPerFacet;
  contact.particle.forEach((particle, f) => {
    const at = 2 * (binders.length * particle + contact.binder[f]);
    groups[at].nodes.push(...contact.particleNodes.subarray(f * n, (f + 1) * n));
    groups[at + 1].nodes.push(...contact.binderNodes.subarray(f * n, (f + 1) * n));
  });
  return groups;
}

/** Curves and surfaces without bounding entities: the mesh is discrete. */
function entities(mesh: Mesh, groups: readonly Group[]): string[] {
  const curves = groups.filter((group) => group.dimension === 1);
  const surfaces = groups.filter((group) => group.dimension === 2);
  const line = (group: Group) => `${group.tag} ${box(mesh, group.nodes)} 1 ${group.tag} 0`;
  return [`0 ${curves.length} ${surfaces.length} 0`, ...curves.map(line), ...surfaces.map(line)];
}

function box(mesh: Mesh, nodes: readonly number[]): string {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const node of nodes) {
    for (let k = 0; k < 2; k++) {
      low[k] = Math.min(low[k], mesh.nodes[2 * node + k]);
      high[k] = Math.max(high[k], mesh.nodes[2 * node + k]);
    }
  }
  return `${low[0]} ${low[1]} 0 ${high[0]} ${high[1]} 0`;
}

/** Each node once, in the block of the first surface that has it; tags are node numbers from 1. */
function nodeBlocks(mesh: Mesh, groups: readonly Group[]): string[] {
  const written = new Uint8Array(nodeCount(mesh));
  const lines: string[] = [];
  const surfaces = groups.filter((group) => group.dimension === 2);
  for (const group of surfaces) {
    const own = Array.from(new Set(group.nodes)).filter((node) => written[node] === 0);
    for (const node of own) written[node] = 1;
    lines.push(`2 ${group.tag} 0 ${own.length}`);
    for (const node of own) lines.push(`${node + 1}`);
    for (const node of own) lines.push(`${mesh.nodes[2 * node]} ${mesh.nodes[2 * node + 1]} 0`);
  }
  return [`${surfaces.length} ${written.length} 1 ${written.length}`, ...lines];
}

function elementBlocks(mesh: Mesh, groups: readonly Group[]): string[] {
  const lines: string[] = [];
  let tag = 0;
  for (const group of groups) {
    const elements = elementsOf(mesh, group);
    lines.push(`${group.dimension} ${group.tag} ${elementType[group.dimension][mesh.order]} ${elements.length}`);
    for (const nodes of elements) lines.push(`${++tag} ${nodes.join(" ")}`);
  }
  return [`${groups.length} ${tag} 1 ${tag}`, ...lines];
}
