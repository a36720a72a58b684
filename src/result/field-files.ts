import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mesh } from "../fem/mesh/mesh.js";
import type { Fields, Frame } from "../fem/model/frame.js";
import { writeAtomically } from "../folder/atomic-file.js";
import { onFile } from "../folder/machine-failure.js";
import { makeFolder } from "../folder/make-folder.js";
import type { Scenario } from "../scenario/scenario.js";
import { type CollectionEntry, collectionFile, collectionText, fieldFileName } from "./field-collection.js";
import { cellFields, type FieldValues, fieldValues, nodeFields } from "./field-columns.js";
import { runFiles } from "./result-files.js";

export interface FieldFile extends CollectionEntry {
  readonly sha256: string;
}

/** Turns a mesh with named fields on its nodes and cells into a ParaView file. */
export type FieldEncoder = (
  mesh: Mesh,
  pointData: Readonly<Record<string, FieldValues>>,
  cellData: Readonly<Record<string, FieldValues>>,
) => string;

/** Writes `fields/*.vtu` and the collection `fields/fields.pvd` of all of them. */
export interface FieldFiles {
  write(file: string, time: number, mesh: Mesh, fields: Fields): void;
  readonly written: readonly FieldFile[];
}

/** @param written what an earlier session has left and this one goes on from. */
export function fieldFiles(folder: string, encode: FieldEncoder, written: readonly FieldFile[]): FieldFiles {
  const files = [...written];
  const own = join(folder, runFiles.fields);
  return {
    written: files,
    write(file, time, mesh, fields) {
      makeFolder(own);
      const text = encode(mesh, fieldValues(nodeFields, fields), fieldValues(cellFields, fields));
      writeAtomically(join(own, file), text);
      files.push({ time, file, sha256: createHash("sha256").update(text).digest("hex") });
      writeAtomically(join(own, collectionFile), collectionText(files));
    },
  };
}

/** @throws SyntaxError when a field file is not what a checkpoint belongs to; MachineFailure when there is none. */
export function checkFields(folder: string, fields: readonly FieldFile[]): void {
  for (const { file, sha256 } of fields) {
    const path = join(folder, runFiles.fields, file);
    const bytes = onFile("Resuming: reading", path, () => readFileSync(path));
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new SyntaxError(
        `Resuming: found ${path} changed since the checkpoint was written; put back what was there, or start the run anew without --resume.`,
      );
  }
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
    const moving = frame.verb === "charge" || frame.verb === "discharge";
    if (frame.ended !== null) return moving ? fieldFileName(frame) : null;
    const quarter = Math.floor((4 * frame.time) / duration);
    const opening = frame.cycle === 1 && frame.protocolStep === 0 && frame.verb === "charge";
    if (!opening || quarter < 1 || quarter > 3 || seen.has(quarter)) return null;
    seen.add(quarter);
    return fieldFileName(frame, quarter);
  };
}

/** s, how long an instruction would take if only time and throughput ended it; a full window at most. */
export function expectedDuration({ rate = 1, until }: Scenario["protocol"]["steps"][number]): number {
  const window = until.throughput ?? 1;
  return Math.min(until.time ?? Number.POSITIVE_INFINITY, (3600 * window) / rate);
}
