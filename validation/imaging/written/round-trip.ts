import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPicture } from "../../../src/imaging/volume/files.js";
import { Unreadable } from "../../../src/imaging/volume/unreadable.js";
import { closing, type IndependentWriter, prelude, type WrittenFile } from "./writer.js";

/** What came of reading files that another program wrote. */
export interface RoundTrip {
  /** Read with every voxel, the shape and the voxel size equal. */
  equal: number;
  /** Refused as they must be or may be, by the pattern of the refusal. */
  readonly refused: Map<string, number>;
  /** Anything else: what was found, and how the file was made. */
  readonly faults: string[];
}

/** Files of one format, written by one process of Python, and read. @throws Error when Python fails */
export async function roundTrip(
  python: string,
  writer: IndependentWriter,
  count: number,
  seed: number,
): Promise<RoundTrip> {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-written-"));
  try {
    const script = `${prelude}${writer.script}${closing}`;
    const { status, stderr } = spawnSync(python, ["-", folder, String(count), String(seed)], { input: script });
    if (status !== 0)
      throw new Error(`Writing ${writer.name}: Python ended with ${status}: ${String(stderr).slice(-600)}`);
    const result: RoundTrip = { equal: 0, refused: new Map(), faults: [] };
    for (const line of readFileSync(join(folder, "files.jsonl"), "utf8").trim().split("\n")) {
      await readBack(folder, JSON.parse(line), result);
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readBack(folder: string, file: WrittenFile, result: RoundTrip): Promise<void> {
  const fault = (found: string) => result.faults.push(`${file.open}: ${found} (${file.made})`);
  const pattern = file.refused ?? file.may;
  try {
    const { data, shape, voxelSize } = await readPicture(join(folder, file.open), file.reading);
    if (file.refused !== null) fault(`read; a refusal with "${file.refused}" is due`);
    else if (shape.join() !== file.shape.join())
      fault(`shape ${shape.join(" × ")} instead of ${file.shape.join(" × ")}`);
    else if (!sameSize(voxelSize, file.voxelSize)) fault(`voxel size ${voxelSize} instead of ${file.voxelSize}`);
    else {
      const bytes = readFileSync(join(folder, `${file.open}.expected`));
      const due = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      const other = data.findIndex(
        (value, k) => value !== (data instanceof Float32Array ? Math.fround(due[k] as number) : due[k]),
      );
      if (other >= 0) fault(`voxel ${other} is ${data[other]} instead of ${due[other]}`);
      else result.equal++;
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const proper = error instanceof Unreadable && pattern !== null && new RegExp(pattern, "i").test(message);
    if (proper) result.refused.set(pattern, (result.refused.get(pattern) ?? 0) + 1);
    else fault(message.slice(-300));
  }
}

function sameSize(found: readonly number[] | null, due: readonly number[] | null): boolean {
  if (found === null || due === null) return found === due;
  return due.every((edge, k) => Math.abs((found[k] as number) - edge) <= 1e-6 * edge);
}
