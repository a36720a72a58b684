import type { Mesh } from "./mesh.js";

/** Lengths in which coordinates may be written, over m. */
export const lengthUnits = { m: 1, um: 1e6 } as const;

export type LengthUnit = keyof typeof lengthUnits;

/** The mesh with its coordinates in another unit. */
export function inUnit(mesh: Mesh, unit: LengthUnit): Mesh {
  return { ...mesh, nodes: mesh.nodes.map((coordinate) => coordinate * lengthUnits[unit]) };
}

/**
 * The mesh on which a run conducts: the particles' cells as they are, the carbon/binder's split along the border between its two
 * kinds. The nodes of the mesh come first, those of split cells after them; facets stay those of the mesh, also where a cell behind
 * them is split.
 */
export function withConductorCells(mesh: Mesh): Mesh {
  const { conductor, particles, nodesPerCell } = mesh;
  if (!conductor)
    throw new RangeError("Exporting the conductor's cells: found a mesh without them; mesh the scenario's geometry.");
  const kept = Array.from(mesh.region.keys()).filter((cell) => mesh.region[cell] < particles);
  const own = kept.flatMap((cell) => [...mesh.cells.subarray(cell * nodesPerCell, (cell + 1) * nodesPerCell)]);
  return {
    ...mesh,
    nodes: conductor.nodes,
    cells: Int32Array.of(...own, ...conductor.cells),
    region: Int32Array.from([
      ...kept.map((cell) => mesh.region[cell]),
      ...Array.from(conductor.binder, (b) => particles + b),
    ]),
  };
}
