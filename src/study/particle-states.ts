import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readCycleStates } from "../result/cycle-states.js";
import { disk } from "../scenario/disk.js";
import { type ParticleTable, readParticleTable } from "../table/particle-table.js";
import { InputRefused } from "./input-refused.js";

/** Bytes; larger tables are refused. */
const largestTable = 200_000_000;

/** A particle table as a command was given it. */
export interface ParticleState {
  /** Short, and unlike that of any other state of the command. */
  readonly name: string;
  /** As given on the command line. */
  readonly path: string;
  readonly table: ParticleTable;
}

/**
 * The tables that paths name: a CSV file, or a results folder. With cycles, each path that is a run, its folder or the
 * `particles.csv` in it, gives one table a cycle; the others give their own.
 * @throws InputRefused with the name of the file for whatever cannot be read.
 */
export function readStates(paths: readonly string[], cycles: readonly number[] = []): ParticleState[] {
  const names = stateNames(paths);
  const runs = paths.map((path) => (cycles.length === 0 ? undefined : runFolder(path)));
  if (cycles.length > 0 && runs.every((run) => run === undefined))
    throw new InputRefused(
      `--cycle: found no run among ${paths.join(", ")}; give a folder that "synchrode run" wrote.`,
    );
  return paths.flatMap((path, k) => {
    const folder = runs[k];
    if (folder === undefined) return [{ name: names[k], path, table: readTable(path) }];
    return tellingFile(path, () => readCycleStates(folder, cycles)).map(({ cycle, table }) => ({
      name: paths.length === 1 ? `cycle ${cycle}` : `${names[k]}, cycle ${cycle}`,
      path,
      table,
    }));
  });
}

/** The folder of a run: the path itself, or the one that the path's `particles.csv` lies in. */
function runFolder(path: string): string | undefined {
  const folder = isFolder(path) ? path : basename(path) === "particles.csv" ? dirname(path) : undefined;
  if (folder === undefined || !existsSync(join(folder, "manifest.json"))) return undefined;
  return folder;
}

/** A particle table by its path, or in a results folder. */
export function readTable(path: string): ParticleTable {
  const file = tableFile(path);
  if (!existsSync(file))
    throw new InputRefused(`Reading a particle table: found no ${file}; give a CSV file or a results folder.`);
  return tellingFile(file, () => readParticleTable(disk.bytes(file, largestTable, "a particle table")));
}

/** The file of a particle table, given by its path or by the folder in which it is. */
export function tableFile(path: string): string {
  return isFolder(path) ? join(path, "particles.csv") : path;
}

/** Bad input is told with the name of its file. @throws InputRefused */
export function tellingFile<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw namingFile(file, error);
  }
}

/** What to throw instead of an error about a file. */
export function namingFile(file: string, error: unknown): unknown {
  if (error instanceof RangeError || error instanceof SyntaxError) return new InputRefused(`${file}: ${error.message}`);
  return error;
}

/** Short names that differ: the file's, or its folder's where files are called alike. */
function stateNames(paths: readonly string[]): string[] {
  const bare = (path: string) => basename(resolve(path)).replace(/\.csv$/i, "");
  const names = paths.map((path) => (bare(path) === "particles" ? bare(dirname(resolve(path))) : bare(path)));
  return names.map((name, k) => (names.filter((other) => other === name).length > 1 ? `${k + 1}: ${name}` : name));
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
