import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mesh } from "../fem/mesh/mesh.js";
import type { Fields, Frame } from "../fem/model/frame.js";
import { writeAtomically } from "../folder/atomic-file.js";
import { onFile } from "../folder/machine-failure.js";
import { makeFolder } from "../folder/make-folder.js";
import type { Scenario } from "../scenario/scenario.js";

export interface FieldFile {
  /** s */
  readonly time: number;
  readonly file: string;
  readonly sha256: string;
}

/** Turns a mesh with named fields on its nodes and cells into a ParaView file. */
export type FieldEncoder = (
  mesh: Mesh,
  pointData: Readonly<Record<string, FieldColumn>>,
  cellData: Readonly<Record<string, FieldColumn>>,
) => string;

/** Numbers with their layout `[node or cell][components]`. */
export interface FieldColumn {
  readonly components: number;
  readonly values: Float64Array;
}

/** Writes `fields/*.vtu` and the collection `fields/fields.pvd` of all of them. */
export interface FieldFiles {
  write(file: string, time: number, mesh: Mesh, fields: Fields): void;
  readonly written: readonly FieldFile[];
}

/** @param written what an earlier session has left and this one goes on from. */
export function fieldFiles(folder: string, encode: FieldEncoder, written: readonly FieldFile[]): FieldFiles {
  const files = [...written];
  const own = join(folder, "fields");
  return {
    written: files,
    write(file, time, mesh, fields) {
      makeFolder(own);
      const text = encode(mesh, pointData(fields), cellData(fields));
      writeAtomically(join(own, file), text);
      files.push({ time, file, sha256: createHash("sha256").update(text).digest("hex") });
      writeAtomically(join(own, "fields.pvd"), collection(files));
    },
  };
}

/** @throws SyntaxError when a field file is not what a checkpoint belongs to; MachineFailure when there is none. */
export function checkFields(folder: string, fields: readonly FieldFile[]): void {
  for (const { file, sha256 } of fields) {
    const path = join(folder, "fields", file);
    const bytes = onFile("Resuming: reading", path, () => readFileSync(path));
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new SyntaxError(
        `Resuming: found ${path} changed since the checkpoint was written; put back what was there, or start the run anew without --resume.`,
      );
  }
}

function pointData(fields: Fields): Record<string, FieldColumn> {
  return {
    Stoichiometry: scalar(fields.stoichiometry),
    "Potential [V]": scalar(fields.potential),
    "Displacement [m]": { components: 2, values: fields.displacement },
    Damage: scalar(fields.damage),
    "Opening [m]": scalar(fields.opening),
    "Traction [Pa]": scalar(fields.traction),
    "Current density [A/m2]": scalar(fields.currentDensity),
  };
}

function cellData(fields: Fields): Record<string, FieldColumn> {
  return {
    "Hydrostatic stress [Pa]": scalar(fields.hydrostaticStress),
    "Von Mises stress [Pa]": scalar(fields.vonMisesStress),
    "Out-of-plane stress [Pa]": scalar(fields.outOfPlaneStress),
  };
}

function scalar(values: Float64Array): FieldColumn {
  return { components: 1, values };
}

function collection(files: readonly FieldFile[]): string {
  const sets = files.map(({ time, file }) => `    <DataSet timestep="${time}" file="${file}"/>\n`).join("");
  return `<?xml version="1.0"?>\n<VTKFile type="Collection" version="1.0">\n  <Collection>\n${sets}  </Collection>\n</VTKFile>\n`;
}

/**
 * Names the field file due after a frame, or null: ends of charge and discharge of the cycles asked for, and the
 * quarters of the first charge when the first cycle is among them.
 */
export function fieldDue(scenario: Scenario): (frame: Frame) => string | null {
  const cycles = new Set(scenario.outputs.fieldCycles);
  const first = scenario.protocol.steps[0];
  const duration = first ? expectedDuration(first) : Number.NaN;
  const seen = new Set<number>();
  return (frame) => {
    if (!cycles.has(frame.cycle)) return null;
    const name = `cycle-${String(frame.cycle).padStart(4, "0")}-${frame.verb}`;
    const moving = frame.verb === "charge" || frame.verb === "discharge";
    if (frame.ended !== null) return moving ? `${name}.vtu` : null;
    const quarter = Math.floor((4 * frame.time) / duration);
    const opening = frame.cycle === 1 && frame.protocolStep === 0 && frame.verb === "charge";
    if (!opening || quarter < 1 || quarter > 3 || seen.has(quarter)) return null;
    seen.add(quarter);
    return `${name}-quarter-${quarter}.vtu`;
  };
}

/** s, how long an instruction would take if only time and throughput ended it; a full window at most. */
export function expectedDuration({ rate = 1, until }: Scenario["protocol"]["steps"][number]): number {
  const window = until.throughput ?? 1;
  return Math.min(until.time ?? Number.POSITIVE_INFINITY, (3600 * window) / rate);
}
