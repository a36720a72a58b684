import type { Dataset } from "h5wasm/node";
import { Unreadable } from "./unreadable.js";

type Module = Awaited<typeof import("h5wasm/node")["default"]["ready"]>;

/** The library that reads HDF5, and what it complains of. */
export interface Hdf5Library {
  readonly h5wasm: typeof import("h5wasm/node")["default"];
  readonly module: Module;
}

export async function hdf5Library(): Promise<Hdf5Library> {
  const h5wasm = (await import("h5wasm/node")).default;
  return { h5wasm, module: await h5wasm.ready };
}

/** Most of what the library complains of that is kept, characters. */
const longest = 65_536;

/**
 * Runs `work`, with what the library prints on the standard error kept instead: it tells of failures there alone, and
 * leaves whatever stood in memory for the numbers that it could not read.
 * @returns the innermost reason of the last failure, or null where there was none
 */
export function heard<T>(
  { module }: Hdf5Library,
  work: () => T,
): { readonly value: T; readonly complaint: string | null } {
  const files = module.FS as unknown as { write: (...args: unknown[]) => number };
  const write = files.write;
  let text = "";
  files.write = (...args) => {
    const [stream, buffer, offset, length] = args as [{ fd: number }, Uint8Array, number, number];
    if (stream.fd !== 2) return write(...args);
    if (text.length < longest)
      text += new TextDecoder().decode(
        new Uint8Array(buffer.buffer).slice(buffer.byteOffset + offset, buffer.byteOffset + offset + length),
      );
    return length;
  };
  try {
    const value = work();
    return { value, complaint: reasonIn(text) };
  } finally {
    files.write = write;
  }
}

function reasonIn(text: string): string | null {
  if (!text.includes("HDF5-DIAG")) return null;
  const reasons = [...text.matchAll(/^ +#\d+: .*?\(\): (.*)$/gm)].map(([, reason]) => reason as string);
  return reasons.find((reason) => reason.includes("filter '")) ?? reasons.at(-1) ?? "no reason given";
}

/**
 * Bytes of a block of an array, as little-endian words in the order of its axes, the last running fastest.
 * @param ranges first index and the one behind the last, an axis
 * @throws Unreadable when the library did not read them
 */
export function hdf5Block(
  path: string,
  library: Hdf5Library,
  set: Dataset,
  ranges: readonly (readonly [number, number])[],
): Uint8Array {
  const { module } = library;
  const counts = ranges.map(([from, to]) => to - from);
  const length = counts.reduce((all, count) => all * count, set.metadata.size);
  const memory = module as unknown as { _malloc(length: number): number; _free(at: number): void; HEAPU8: Uint8Array };
  const at = memory._malloc(length);
  if (at === 0) throw new Unreadable(path, `there is no memory for ${length} bytes of ${set.path}.`);
  try {
    const big = (values: readonly number[]) => values.map(BigInt);
    const [count, from, steps] = [big(counts), big(ranges.map(([start]) => start)), big(counts.map(() => 1))];
    const { value, complaint } = heard(library, () =>
      module.get_dataset_data(set.file_id, set.path, count, from, steps, BigInt(at)),
    );
    if (value < 0 || complaint !== null)
      throw new Unreadable(
        path,
        `${set.path} cannot be read (${complaint}); the file is damaged or needs what is not there.`,
      );
    return memory.HEAPU8.slice(at, at + length);
  } finally {
    memory._free(at);
  }
}
