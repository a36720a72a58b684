import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../folder/atomic-file.js";
import { clearFolder } from "../folder/clear-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { writeJson } from "../folder/json-file.js";
import type { LearnRecord } from "../inference/learn/record.js";
import { csvRow } from "../table/csv-row.js";
import { columnNumbers } from "../table/separated.js";
import { learnFile } from "./result-files.js";
import { naming, resultJson, resultTable } from "./result-text.js";

/** SHAP values of a table, counted from 0. */
const shapFile = (k: number) => `shap-${k + 1}.csv`;

/** SHAP values of the particles of a table, and the attributes they are of. */
export interface ShapValues {
  /** [attribute] */
  readonly names: readonly string[];
  /** [particle] as its table numbers it */
  readonly particle: ArrayLike<number>;
  /** What the attributes' values add to. */
  readonly base: number;
  /** `[particle][attribute]` */
  readonly values: Float64Array;
  /** [attribute][particle] */
  readonly attributes: readonly ArrayLike<number>[];
}

const [particleColumn, baseColumn] = ["Particle", "Base"];
const shapColumn = (attribute: string) => `SHAP of ${attribute}`;
const attributeColumn = (attribute: string) =>
  [particleColumn, baseColumn].includes(attribute) ? `${attribute} (attribute)` : attribute;

/**
 * In place of what was learned earlier.
 * @param folder claimed
 * @param shap [table] null for a table that was not ranked
 * @throws MachineFailure
 */
export function writeLearned(folder: string, record: LearnRecord, shap: readonly (ShapValues | null)[]): void {
  clearFolder(folder, folderKinds.learn, learnFile);
  for (const [k, own] of shap.entries()) if (own) writeAtomically(join(folder, shapFile(k)), shapText(own));
  writeJson(join(folder, learnFile), record);
}

/** A row a particle. */
function shapText({ names, particle, base, values, attributes }: ShapValues): string {
  const lines = Array.from(particle, (number, k) => {
    const shap = values.subarray(k * names.length, (k + 1) * names.length);
    return csvRow([number, base, ...shap, ...attributes.map((column) => column[k])]);
  });
  const head = [particleColumn, baseColumn, ...names.map(shapColumn), ...names.map(attributeColumn)];
  return csvRow(head) + lines.join("");
}

/** A table of SHAP values, read. */
export interface ShapTable {
  /** SHAP values of an attribute, and the attribute. @throws RangeError */
  readonly valuesOf: (attribute: string) => Float64Array;
  readonly attribute: (attribute: string) => Float64Array;
}

/** @throws Error when a file is missing or broken; MachineFailure for what passes */
export function readLearned(folder: string): { record: LearnRecord; shap: readonly (ShapTable | null)[] } {
  const record = resultJson<LearnRecord>(join(folder, learnFile));
  return { record, shap: record.tables.map((_, k) => readShap(join(folder, shapFile(k)))) };
}

function readShap(path: string): ShapTable | null {
  if (!existsSync(path)) return null;
  const table = resultTable(path);
  const column = (name: string) => naming(path, () => columnNumbers(table, name));
  return {
    valuesOf: (attribute) => column(shapColumn(attribute)),
    attribute: (attribute) => column(attributeColumn(attribute)),
  };
}
