import { readVtu, type VtuData } from "../../fem/mesh/vtu.js";
import { throwPassing } from "../../folder/machine-failure.js";
import { fileText } from "../../folder/read-file.js";
import type { FieldEntry } from "../../result/run-folder.js";
import type { Snapshot } from "./snapshot.js";

/**
 * The fields of one file.
 * @throws Error when the file is missing or broken, or holds another kind of mesh; MachineFailure for what passes
 */
export function readSnapshot({ path, time, cycle }: FieldEntry, particles: number): Snapshot {
  const text = listedText(path);
  const { points, connectivity, offsets, pointData, cellData } = readVtu(text);
  const nodesPerCell = connectivity.length / offsets.length;
  if (nodesPerCell !== 3 && nodesPerCell !== 6)
    throw new TypeError(`Reading fields: ${path} has ${nodesPerCell} nodes a cell; triangles have 3 or 6.`);
  return {
    time,
    cycle,
    nodes: points.filter((_, k) => k % 3 !== 2),
    nodesPerCell,
    cells: connectivity,
    region: cellData.Region?.values ?? new Float64Array(offsets.length),
    particles,
    point: scalars(pointData),
    cell: scalars(cellData),
  };
}

function listedText(path: string): string {
  try {
    return fileText(path);
  } catch (cause) {
    throwPassing("Reading", path, cause);
    throw new Error(`Reading fields: found no ${path}, which fields.pvd lists; copy the whole results folder.`, {
      cause,
    });
  }
}

function scalars(data: Readonly<Record<string, VtuData>>): Map<string, Float64Array> {
  const single = Object.entries(data).filter(([, { components }]) => components === 1);
  return new Map(single.map(([name, { values }]) => [name, values]));
}
