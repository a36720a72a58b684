import type { Geometry, MeshSettings } from "../mesh/geometry.js";
import { estimateNodes } from "../mesh/geometry-check.js";

/** What the program and its report take besides; the shipped disks were measured at 305 MB in all. */
const processMegabytes = 270;

/** How large the finite-element model of a geometry is before it is meshed, to about a factor of two: the memory of the whole process. */
export function cathodeSize(geometry: Geometry, mesh: MeshSettings) {
  const nodes = Math.round(estimateNodes(geometry, mesh));
  const unknowns = 3 * nodes;
  const factorEntries = 12 * unknowns * Math.log2(Math.max(unknowns, 2));
  return { nodes, unknowns, memoryMegabytes: Math.ceil(processMegabytes + (factorEntries * 8 + unknowns * 400) / 1e6) };
}
